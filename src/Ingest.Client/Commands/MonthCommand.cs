using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin month close | reopen | show</c></summary>
internal static class MonthCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output) => new("month", output.Text(
        "月份的关账与重开。例：xilin month close 2022-07 --server http://127.0.0.1:5080",
        "Closes and reopens months. Example: xilin month close 2022-07 --server http://127.0.0.1:5080"))
    {
        BuildClose(options, output), BuildReopen(options, output), BuildShow(options, output),
    };

    private static Command BuildClose(GlobalOptions options, ConsoleOutput output)
    {
        var (month, reason) = (MonthArgument(output), ReasonOption(output));
        var command = new Command("close", output.Text(
            "关账：此后只接受写明理由的更正；有单位未报齐的须写理由。需“关账”权限。例：xilin month close 2022-07 --reason 三家企业停报，由街道核定",
            "Closes a month: from then on only corrections with a reason are taken; a reason is needed while units are missing. Takes the "
            + "right 'close'. Example: xilin month close 2022-07 --reason \"Three firms have shut down\"")) { month, reason };
        command.SetAction((result, cancellation) => ServiceMessages.SendAsync(
            options.Read(result, TransportMode.Server), $"api/months/{Uri.EscapeDataString(result.GetRequiredValue(month))}/close",
            WithReason(new JsonObject(), result.GetValue(reason)), output, cancellation));
        return command;
    }

    private static Command BuildReopen(GlobalOptions options, ConsoleOutput output)
    {
        var (month, reason) = (MonthArgument(output), ReasonOption(output));
        reason.Required = true;
        var until = new Option<string?>("--until")
        {
            HelpName = "TIME",
            Description = output.Text("到何时自动关账，如 2022-09-30T18:00:00+08:00；不写则到再次关账为止。",
                "When it closes again by itself, such as 2022-09-30T18:00:00+08:00; else when it is closed again."),
        };
        var command = new Command("reopen", output.Text(
            "重开已关账或锁定的月份。需“关账”权限。例：xilin month reopen 2022-07 --reason 补报漏报的两家企业",
            "Reopens a month that is closed or locked. Takes the right 'close'. Example: xilin month reopen 2022-07 --reason \"Two reports "
            + "were left out\"")) { month, reason, until };
        command.SetAction((result, cancellation) =>
        {
            var body = WithReason(new JsonObject(), result.GetValue(reason));
            if (result.GetValue(until) is { } time)
            {
                body["until"] = time;
            }

            return ServiceMessages.SendAsync(
                options.Read(result, TransportMode.Server),
                $"api/months/{Uri.EscapeDataString(result.GetRequiredValue(month))}/reopen", body, output, cancellation);
        });
        return command;
    }

    private static Command BuildShow(GlobalOptions options, ConsoleOutput output)
    {
        var year = new Argument<int>("year") { Description = output.Text("年份，如 2022。", "The year, such as 2022.") };
        var command = new Command("show", output.Text(
            "一年各月是否已关账、何时、为何。例：xilin month show 2022 --server http://127.0.0.1:5080",
            "Which months of a year are closed, since when and why. Example: xilin month show 2022 --server http://127.0.0.1:5080"))
        { year };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(() => ShowAsync(
            options.Read(result, TransportMode.Server), result.GetValue(year), output, cancellation)));
        return command;
    }

    private static async Task<int> ShowAsync(ClientSettings settings, int year, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        var months = await service.GetJsonAsync(string.Create(CultureInfo.InvariantCulture, $"api/months?year={year}"), cancellationToken);
        foreach (var month in months.EnumerateArray())
        {
            var state = month.GetProperty("state").GetString();
            var (zh, en) = state switch
            {
                "notOpen" => ("尚未开报", "not open yet"),
                "open" => ("填报中", "open"),
                "reopened" => ("已重开", "reopened"),
                "closed" => ("已关账", "closed"),
                "locked" => ("已锁定", "locked"),
                _ => (TerminalText.Of(month, "state"), TerminalText.Of(month, "state")),
            };
            var period = TerminalText.Of(month, "period");
            output.WriteLine($"{period} {zh}", $"{period} {en}");
            WriteWaiting(month, output);
            foreach (var change in month.GetProperty("history").EnumerateArray())
            {
                var isClosing = change.GetProperty("transition").GetString() == "closed";
                var tail = $"{TerminalText.Of(change, "at")} {TerminalText.Of(change, "by")} {TerminalText.Of(change, "reason")}";
                output.WriteLine(
                    $"  台账第 {change.GetProperty("sequence")} 号 {(isClosing ? "关账" : "重开")} {tail}",
                    $"  ledger row {change.GetProperty("sequence")} {(isClosing ? "closed" : "reopened")} {tail}");
            }
        }

        return ExitCodes.Accepted;
    }

    // Whose reports keep a closed month from being final.
    private static void WriteWaiting(JsonElement month, ConsoleOutput output)
    {
        if (!month.TryGetProperty("waitsForCount", out var count) || count.GetInt32() == 0)
        {
            return;
        }

        output.WriteLine($"  尚待 {count} 个单位的报表审核通过，方为定案并发布：", $"  final and released once the reports of {count} units are approved:");
        foreach (var report in month.GetProperty("waitsFor").EnumerateArray())
        {
            var isReturned = TerminalText.Of(report, "state") == "returned";
            var head = $"    {TerminalText.Of(report, "period")} {TerminalText.Of(report, "unit")}";
            output.WriteLine(
                $"{head} {TerminalText.Of(report, "nameZh")} {(isReturned ? "审核退回" : "待审")}",
                $"{head} {TerminalText.Of(report, "nameEn")} {(isReturned ? "returned" : "waits")}");
        }
    }

    private static JsonObject WithReason(JsonObject body, string? reason)
    {
        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return body;
    }

    private static Argument<string> MonthArgument(ConsoleOutput output) =>
        new("month") { Description = output.Text("月份，如 2022-07。", "The month, such as 2022-07.") };

    private static Option<string?> ReasonOption(ConsoleOutput output) => new("--reason")
    {
        HelpName = "TEXT",
        Description = output.Text("理由（5 字以上）。", "Why (5 characters or more)."),
    };
}
