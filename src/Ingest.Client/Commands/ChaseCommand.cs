using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin chase preview | send | list</c></summary>
internal static class ChaseCommand
{
    private const string Path = "api/reminders";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static Command Build(GlobalOptions options, ConsoleOutput output) => new(
        "chase",
        output.Text(
            "催报：提醒某单位及其下级中未报齐的单位。\n\n例：\n"
            + "  xilin chase preview --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080\n"
            + "  xilin chase send --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080\n"
            + "  xilin chase list --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080",
            "Remind the units at and below a unit that have not reported everything.\n\nExamples:\n"
            + "  xilin chase preview --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080\n"
            + "  xilin chase send --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080\n"
            + "  xilin chase list --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080"))
    {
        BuildPreview(options, output), BuildSend(options, output), BuildList(options, output),
    };

    private static Command BuildPreview(GlobalOptions options, ConsoleOutput output)
    {
        var (unit, period, only) = (Unit(output), Period(output), Only(output));
        var command = new Command(
            "preview",
            output.Text(
                "显示将发给谁、通过哪个渠道、什么内容；不发送。例：xilin chase preview --unit 320404004000 --period 2022-07",
                "Show who would get what by which channel; sends nothing. "
                + "Example: xilin chase preview --unit 320404004000 --period 2022-07"))
            { unit, period, only };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            var scope = new ReminderScope
            {
                Unit = result.GetRequiredValue(unit),
                Period = result.GetRequiredValue(period),
                Units = result.GetValue(only) is { Length: > 0 } units ? units : null,
            };
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            var preview = Read<ReminderPreview>(await service.PostJsonAsync($"{Path}/preview", scope, cancellation));
            if (preview.Reminders.Count == 0)
            {
                output.WriteLine("没有未报齐的单位。", "No unit is late.");
            }

            foreach (var reminder in preview.Reminders)
            {
                ReminderPrinter.Print(reminder, output);
            }

            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static Command BuildSend(GlobalOptions options, ConsoleOutput output)
    {
        var (unit, period, only) = (Unit(output), Period(output), Only(output));
        var again = new Option<bool>("--again")
        {
            Description = output.Text("12 小时内已催过的也再催。", "Also those that were reminded within the last twelve hours."),
        };
        var command = new Command(
            "send",
            output.Text(
                "立即催报。例：xilin chase send --unit 320404004000 --period 2022-07",
                "Remind now. Example: xilin chase send --unit 320404004000 --period 2022-07")) { unit, period, only, again };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            var request = new ReminderRequest
            {
                Id = Guid.NewGuid(),
                Unit = result.GetRequiredValue(unit),
                Period = result.GetRequiredValue(period),
                Units = result.GetValue(only) is { Length: > 0 } units ? units : null,
                Again = result.GetValue(again),
            };
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            var made = Read<ReminderResult>(await service.PostJsonAsync(Path, request, cancellation));
            foreach (var reminder in made.Reminders)
            {
                ReminderPrinter.Print(reminder, output);
            }

            foreach (var recent in made.Recent.Select(TerminalText.ToSingleLine))
            {
                output.WriteLine(
                    $"{recent}：12 小时内已催过，未再催；确需再催的加 --again。",
                    $"{recent}: reminded within twelve hours, and not again; add --again if it has to be.");
            }

            if (made.Reminders.Count + made.Recent.Count == 0)
            {
                output.WriteLine("没有未报齐的单位。", "No unit is late.");
            }

            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static Command BuildList(GlobalOptions options, ConsoleOutput output)
    {
        var (unit, period) = (Unit(output), Period(output));
        var command = new Command(
            "list",
            output.Text(
                "列出催过谁、何时、通过哪个渠道、现在是否已报齐。例：xilin chase list --unit 320404004000 --period 2022-07",
                "List who was reminded, when, by which channel, and whether they have reported since. "
                + "Example: xilin chase list --unit 320404004000 --period 2022-07")) { unit, period };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            var (of, month) = (Uri.EscapeDataString(result.GetRequiredValue(unit)), Uri.EscapeDataString(result.GetRequiredValue(period)));
            var reminders = Read<List<ReminderEntry>>(await service.GetJsonAsync($"{Path}?unit={of}&period={month}", cancellation));
            if (reminders.Count == 0)
            {
                output.WriteLine("本月还没有催过。", "No one has been reminded of this month yet.");
            }

            foreach (var reminder in reminders)
            {
                ReminderPrinter.Print(reminder, output);
            }

            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static Option<string> Unit(ConsoleOutput output) => new("--unit")
    {
        Required = true,
        HelpName = "CODE",
        Description = output.Text("单位代码，含其所有下级。", "The unit's code; all below it are meant too."),
    };

    private static Option<string> Period(ConsoleOutput output) => new("--period")
    {
        Required = true,
        HelpName = "MONTH",
        Description = output.Text("月份，如 2022-07。", "The month, such as 2022-07."),
    };

    private static Option<string[]> Only(ConsoleOutput output) => new("--only")
    {
        HelpName = "CODE",
        Description = output.Text("只催这一单位；可写多次。", "This unit alone; may be given several times."),
    };

    private static T Read<T>(JsonElement answer) => answer.Deserialize<T>(JsonSerializerOptions.Web) ?? throw new JsonException("null");

    /// <summary>A time as people read it, in China.</summary>
    internal static string Time(DateTimeOffset time) =>
        time.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
