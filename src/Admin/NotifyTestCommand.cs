using System.CommandLine;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Admin;

/// <summary>Sends one test notice by a channel, and prints the answer.</summary>
internal static class NotifyTestCommand
{
    public static Command Create()
    {
        var channel = new Argument<string>("channel") { Description = "The name of the channel, as in Channels__<name>__Kind." };
        var to = new Option<string[]>("--to")
        {
            Description = "Who gets the mail; of a channel of the kind mail alone.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        to.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>().FirstOrDefault(address => !IsAddress(address)) is { } wrong)
            {
                result.AddError($"--to takes mail addresses, not '{wrong}'.");
            }
        });
        var language = new Option<string>("--lang")
        {
            Description = "zh or en: the language of the notice and of what is printed.",
            DefaultValueFactory = _ => "zh",
        };
        language.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("test",
            """
            Send one test notice by a channel now, marked as a test, and print the answer. The channel's settings are those of the notifier:
            in the environment, or files in Secrets__Folder. Nothing is recorded.

            Examples:
              Secrets__Folder=/etc/xilin/xilin-notifier xilin-admin notify test duty
              xilin-admin notify test mail --to duty@xilin.example --lang en
            """)
        {
            channel, to, language,
        };
        command.SetAction((result, cancellation) => RunAsync(
            new ServiceConsole(result.GetValue(language) == "en"), result.GetRequiredValue(channel), result.GetRequiredValue(to),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, string name, string[] to, CancellationToken cancellationToken)
    {
        var settings = new StartupOptions(new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().Build());
        var channels = settings.Channels();
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        if (!channels.TryGetValue(name, out var channel))
        {
            var known = channels.Count == 0 ? "–" : string.Join(", ", channels.Keys.Order(StringComparer.Ordinal));
            return console.Fail(
                $"设置中没有渠道 {name}；现有：{known}。请核对名称，并让 Secrets__Folder 和环境变量与通知服务的相同。",
                $"The settings have no channel {name}; there are: {known}. Check the name, and let Secrets__Folder and the environment be "
                + "those of the notifier.");
        }

        if (channel.FindKind() == ChannelKind.Mail && to.Length == 0)
        {
            return console.Fail($"渠道 {name} 发送邮件，请用 --to 写明收件人。", $"Channel {name} sends mail: name who gets it with --to.");
        }

        var clock = TimeProvider.System;
        using var http = new HttpSending();
        var notice = TestNotice.Create(name, console.IsEnglish, clock.GetUtcNow());
        var answer = await ChannelFactory.Create(name, channel, http, _ => to, clock).SendAsync([notice], cancellationToken);
        if (answer.Outcome != DeliveryOutcome.Accepted)
        {
            var (zh, en) = answer.Outcome == DeliveryOutcome.Refused ? ("被拒收", "refused") : ("未送达", "failed");
            return console.Fail($"✗ {name}：测试通知{zh}：{answer.Text}", $"✗ {name}: the test notice {en}: {answer.Text}");
        }

        console.WriteLine($"✓ {name}：已接收：{answer.Text}（编号 {notice.Id}）", $"✓ {name}: accepted: {answer.Text} (id {notice.Id})");
        return 0;
    }

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;
}
