using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using XilinIngest.Hosting;
using XilinIngest.Notifier;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;

namespace XilinIngest.Admin;

/// <summary>Puts notices that were sent or refused into the outbox again, with the same ids.</summary>
internal static class NotifyReplayCommand
{
    private const int MaxNotices = 200;
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static Command Create()
    {
        var ids = new Option<Guid[]>("--id")
        {
            Description = "The ids of notices.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var from = new Option<string?>("--from") { Description = "In place of ids: notices made from this time on." };
        var until = new Option<string?>("--until") { Description = "And before this one (default: now)." };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "The data folder of the one process (default: the database of ConnectionStrings__Notices).",
        };
        var yes = new Option<bool>("--yes") { Description = "Send them; without it they are only shown." };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("replay",
            """
            Send notices again, with the same ids and content: shows which, and does it with --yes. A receiver that keeps ids drops what it
            has. The notifier, if it runs, sends them within a second or two.

            Examples:
              xilin-admin notify replay --data /var/lib/xilin --id 01997f6c-2f0e-7cc1-9d1c-0d5f0a3f4b11
              xilin-admin notify replay --from 2026-09-08T08:00 --until 2026-09-08T12:00
              xilin-admin notify replay --from 2026-09-08 --yes
            """)
        {
            ids, from, until, data, yes, language,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ids) is { Length: > 0 } == result.GetValue(from) is not null)
            {
                result.AddError("Name notices by --id, or a time range by --from and --until.");
            }
        });
        foreach (var time in new[] { from, until })
        {
            time.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is { } text && ParseTime(text) is null)
                {
                    result.AddError($"{time.Name} takes a time such as 2026-09-08T08:00, in China's time, not '{text}'.");
                }
            });
        }

        command.SetAction(result => RunAsync(
            new ServiceConsole(result.GetValue(language) == "en"),
            new ReplayRequest(
                result.GetValue(ids) ?? [], ParseTime(result.GetValue(from)), ParseTime(result.GetValue(until)),
                result.GetValue(data)?.FullName, result.GetValue(yes))));
        return command;
    }

    private static Task<int> RunAsync(ServiceConsole console, ReplayRequest request)
    {
        var settings = new StartupOptions(new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().Build());
        var file = request.DataFolder is { } folder ? Path.Combine(folder, "notices.db") : null;
        if (file is not null && !File.Exists(file))
        {
            return Task.FromResult(console.Fail(
                $"{file} 不存在。请用 --data 指定通知服务的数据目录。", $"There is no {file}. Name the notifier's data folder with --data."));
        }

        var database = file is not null ? new Database(file) : settings.FindDatabase("Notices");
        return settings.ReportFaults(console)
            ? Task.FromResult(1)
            : console.RunGuardedAsync(database!.Name, file is not null ? "--data" : "ConnectionStrings__Notices", () =>
            {
                if (!NotifierRegistration.IsUpToDate(database))
                {
                    return Task.FromResult(console.Fail(
                        $"{database.Name} 不是本版本的通知库。请先升级：启动本版本的通知服务，数据库服务器上则运行 xilin-admin migrate。",
                        $"{database.Name} is not of this version. Upgrade it first: start the notifier of this version, or on a server run "
                        + "xilin-admin migrate."));
                }

                using var store = new NoticeStore(database);
                return Task.FromResult(Replay(console, request, store));
            });
    }

    private static int Replay(ServiceConsole console, ReplayRequest request, NoticeStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        var found = request.From is { } from
            ? store.FindNotices(from, request.Until ?? now, MaxNotices + 1)
            : [.. request.Ids.Distinct().Select(store.FindNotice).OfType<NoticeRow>()];
        if (found.Count > MaxNotices || found.Count < request.Ids.Distinct().Count() || found.Count == 0)
        {
            return found.Count > MaxNotices
                ? console.Fail($"超过 {MaxNotices} 条，请缩小时间范围。", $"These are more than {MaxNotices}; name a shorter time.")
                : console.Fail("没有找到所指的通知，什么都没有重发。", "Not all of these notices were found. Nothing is sent again.");
        }

        foreach (var notice in found)
        {
            Print(console, notice);
        }

        if (!request.IsConfirmed)
        {
            console.WriteLine(
                $"共 {found.Count} 条，尚未重发；加上 --yes 即重发。", $"{found.Count} notices, not sent again; add --yes to do it.");
            return 0;
        }

        var count = store.SendAgain(found);
        console.WriteLine(
            $"已将 {count} 条放回待发队列，由通知服务发送；结果见 /notices 页面。",
            $"{count} notices are in the outbox again, from where the notifier sends them; the page /notices shows the answers.");
        return 0;
    }

    private static void Print(ServiceConsole console, NoticeRow notice)
    {
        var time = NoticeTime.Parse(notice.CreatedAt).ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var state = notice.State switch
        {
            "sent" => console.Localize("已发送", "sent"),
            "refused" => console.Localize("被拒收", "refused"),
            _ => console.Localize("待发送，不变", "waits to be sent, and stays so"),
        };
        Console.WriteLine($"{notice.Id}  {time}  {notice.Route} → {notice.Channel}  {state}  {NoticeFormat.Read(notice.Content).Title}");
    }

    // A time without an offset is China's.
    private static DateTimeOffset? ParseTime(string? text) =>
        DateTime.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time)
            ? new DateTimeOffset(time, ChinaOffset) : null;

    private sealed record ReplayRequest(
        Guid[] Ids, DateTimeOffset? From, DateTimeOffset? Until, string? DataFolder, bool IsConfirmed);
}
