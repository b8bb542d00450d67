using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin silence add | list | end</c></summary>
internal static class SilenceCommand
{
    private const string Path = "api/silences";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static Command Build(GlobalOptions options, ConsoleOutput output) => new(
        "silence",
        output.Text(
            "静默：一段时间内不发某单位及其下级的预警通知。\n\n例：\n"
            + "  xilin silence add --unit 320404004000 --until 2026-10-08 --reason 国庆期间统一处置 --server http://127.0.0.1:5080\n"
            + "  xilin silence list --server http://127.0.0.1:5080\n  xilin silence end 3 --server http://127.0.0.1:5080",
            "Silences: no notices of the alerts of a unit and those below it, for a time.\n\nExamples:\n"
            + "  xilin silence add --unit 320404004000 --until 2026-10-08 --reason \"Handled together after the holiday\" "
            + "--server http://127.0.0.1:5080\n"
            + "  xilin silence list --server http://127.0.0.1:5080\n  xilin silence end 3 --server http://127.0.0.1:5080"))
    {
        BuildAdd(options, output), BuildList(options, output), BuildEnd(options, output),
    };

    private static Command BuildAdd(GlobalOptions options, ConsoleOutput output)
    {
        var unit = new Option<string>("--unit")
        {
            Required = true,
            HelpName = "CODE",
            Description = output.Text("单位代码，含其所有下级。", "The unit's code; all below it are silenced too."),
        };
        var indicator = new Option<string?>("--indicator")
        {
            HelpName = "CODE",
            Description = output.Text("指标代码（默认：全部指标）。", "The indicator's code (default: all)."),
        };
        var level = new Option<string>("--level")
        {
            DefaultValueFactory = _ => "red",
            Description = output.Text(
                "amber：只静默黄色预警，红色仍通知；red：全部静默。", "amber: hold amber alerts back, and tell red ones; red: hold all back."),
        };
        level.AcceptOnlyFromAmong("amber", "red");
        var until = new Option<string>("--until")
        {
            Required = true,
            HelpName = "TIME",
            Description = output.Text(
                "到何时为止，至多 90 天：2026-10-08（含当日，北京时间）或 2026-10-08T18:00:00+08:00。",
                "Until when, at most 90 days ahead: 2026-10-08 (that day included, in China) or 2026-10-08T18:00:00+08:00."),
        };
        var reason = new Option<string>("--reason")
        {
            Required = true,
            HelpName = "TEXT",
            Description = output.Text("理由，5 至 500 字。", "Why, 5 to 500 characters."),
        };
        var command = new Command(
            "add",
            output.Text(
                "新建静默。例：xilin silence add --unit 320404004000 --until 2026-10-08 --reason 国庆期间统一处置",
                "Make a silence. Example: xilin silence add --unit 320404004000 --until 2026-10-08 --reason \"After the holiday\""))
            { unit, indicator, level, until, reason };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            var request = new SilenceRequest
            {
                Id = Guid.NewGuid(),
                Unit = result.GetRequiredValue(unit),
                Indicator = result.GetValue(indicator),
                Level = result.GetValue(level) == "amber" ? TargetColour.Amber : TargetColour.Red,
                Until = ParseTime(result.GetRequiredValue(until)),
                Reason = result.GetRequiredValue(reason).Trim(),
            };
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            Print(await service.PostJsonAsync(Path, request, cancellation), output);
            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static Command BuildList(GlobalOptions options, ConsoleOutput output)
    {
        var all = new Option<bool>("--all") { Description = output.Text("也列出已结束的。", "Also those that are over.") };
        var command = new Command(
            "list", output.Text("列出静默。例：xilin silence list --all", "List silences. Example: xilin silence list --all")) { all };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            var silences = await service.GetJsonAsync(result.GetValue(all) ? $"{Path}?state=all&limit=500" : Path, cancellation);
            if (silences.GetArrayLength() == 0)
            {
                output.WriteLine("没有静默。", "There are no silences.");
            }

            foreach (var silence in silences.EnumerateArray())
            {
                Print(silence, output);
            }

            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static Command BuildEnd(GlobalOptions options, ConsoleOutput output)
    {
        var number = new Argument<long>("NUMBER") { Description = output.Text("静默的编号，见 list。", "The silence's number, which list shows.") };
        var command = new Command(
            "end", output.Text("提前结束静默，随即补发其间的变化。例：xilin silence end 3",
                "End a silence before its time; what changed meanwhile is told. Example: xilin silence end 3")) { number };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(async () =>
        {
            using var service = options.Read(result, TransportMode.Server).CreateHttpClient();
            var path = string.Create(CultureInfo.InvariantCulture, $"{Path}/{result.GetValue(number)}/end");
            Print(await service.PostJsonAsync<object?>(path, null, cancellation), output);
            return ExitCodes.Accepted;
        }));
        return command;
    }

    private static void Print(JsonElement answer, ConsoleOutput output)
    {
        var silence = answer.Deserialize<AlertSilence>(JsonSerializerOptions.Web) ?? throw new JsonException("null");
        var indicator = silence.Indicator is { } code ? TerminalText.ToSingleLine(code) : output.Text("全部指标", "all indicators");
        var (stateZh, stateEn) = silence switch
        {
            { Holds: true } => ("生效中", "holds"),
            { EndedAt: { } ended } => ($"{Time(ended)} 提前结束", $"ended {Time(ended)}"),
            _ => ("已到期", "over"),
        };
        var (levelZh, levelEn) = silence.Level == TargetColour.Amber ? ("，仅黄色", ", amber alone") : ("", "");
        var (byZh, byEn) = silence.By is { } by ? ($"，{TerminalText.ToSingleLine(by)}", $", by {TerminalText.ToSingleLine(by)}") : ("", "");
        var (what, reason) = ($"{TerminalText.ToSingleLine(silence.Unit)} {indicator}", TerminalText.ToSingleLine(silence.Reason));
        output.WriteLine(
            $"{silence.Number} {what}{levelZh}：至 {Time(silence.EndsAt)}，{stateZh}{byZh}，理由：{reason}",
            $"{silence.Number} {what}{levelEn}: until {Time(silence.EndsAt)}, {stateEn}{byEn}, reason: {reason}");
    }

    // A day ends with the day, in China.
    private static DateTimeOffset ParseTime(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), ChinaOffset).AddDays(1);
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CommandException(
                ExitCodes.Usage, "--until 请写成 2026-10-08 或 2026-10-08T18:00:00+08:00。",
                "Write --until as 2026-10-08 or 2026-10-08T18:00:00+08:00.");
    }

    private static string Time(DateTimeOffset time) =>
        time.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
