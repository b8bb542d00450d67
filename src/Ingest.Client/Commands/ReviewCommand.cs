using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin review approve | return | list</c></summary>
internal static class ReviewCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output) => new("review", output.Text(
        "报表的审核。例：xilin review list --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080",
        "Reviews reports. Example: xilin review list --unit 320404004000 --period 2022-07 --server http://127.0.0.1:5080"))
    {
        BuildDecision(options, output, "approve", isReturn: false, output.Text(
            "审核通过台账某号的报表。需“审核”权限。例：xilin review approve 17 --unit 320404004201 --period 2022-07",
            "Approves the report in a ledger row. Takes the right 'review'. Example: xilin review approve 17 --unit 320404004201 "
            + "--period 2022-07")),
        BuildDecision(options, output, "return", isReturn: true, output.Text(
            "审核退回：其数据不再计入，直至重报。例：xilin review return 17 --unit 320404004201 --period 2022-07 --reason 本月数与台账不符，请核实后重报",
            "Returns the report in a ledger row: it counts no more until it is replaced. Example: xilin review return 17 "
            + "--unit 320404004201 --period 2022-07 --reason \"The month does not match the books\"")),
        BuildList(options, output),
    };

    private static Command BuildDecision(GlobalOptions options, ConsoleOutput output, string name, bool isReturn, string description)
    {
        var row = new Argument<long>("row")
        {
            Description = output.Text("报表的台账号，见回执或 review list。", "The report's ledger row: see its receipt, or review list."),
        };
        var (unit, period) = (UnitOption(output), PeriodOption(output));
        var reason = new Option<string?>("--reason")
        {
            Required = isReturn,
            HelpName = "TEXT",
            Description = output.Text("理由（5 字以上），填报单位可见。", "Why (5 characters or more); the office reads it."),
        };
        var command = new Command(name, description) { row, unit, period, reason };
        command.SetAction((result, cancellation) =>
        {
            var body = new JsonObject
            {
                ["unit"] = result.GetValue(unit),
                ["period"] = result.GetValue(period),
                ["decision"] = name,
            };
            if (result.GetValue(reason) is { } why)
            {
                body["reason"] = why;
            }

            return ServiceMessages.SendAsync(
                options.Read(result, TransportMode.Server),
                string.Create(CultureInfo.InvariantCulture, $"api/submissions/{result.GetValue(row)}/review"), body, output, cancellation);
        });
        return command;
    }

    private static Command BuildList(GlobalOptions options, ConsoleOutput output)
    {
        var (unit, period) = (UnitOption(output), PeriodOption(output));
        var command = new Command("list", output.Text(
            "某单位以下哪些报表待审、审核通过或审核退回及理由。例：xilin review list --unit 320404004000 --period 2022-07",
            "Which reports at and below a unit wait, are approved or are returned, and why. Example: xilin review list --unit 320404004000 "
            + "--period 2022-07")) { unit, period };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(() => ListAsync(
            options.Read(result, TransportMode.Server),
            $"api/reviews?unit={Uri.EscapeDataString(result.GetValue(unit)!)}&period={Uri.EscapeDataString(result.GetValue(period)!)}",
            output, cancellation)));
        return command;
    }

    private static async Task<int> ListAsync(
        ClientSettings settings, string question, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        var month = await service.GetJsonAsync(question, cancellationToken);
        var (approved, all) = (month.GetProperty("approved").GetInt32(), month.GetProperty("toApprove").GetInt32());
        output.WriteLine(
            $"{TerminalText.Of(month, "unit")} {TerminalText.Of(month, "period")}：{approved}/{all} 审核通过",
            $"{TerminalText.Of(month, "unit")} {TerminalText.Of(month, "period")}: {approved} of {all} approved");
        foreach (var report in month.GetProperty("reports").EnumerateArray())
        {
            foreach (var row in report.GetProperty("rows").EnumerateArray())
            {
                var (zh, en) = row.GetProperty("state").GetString() switch
                {
                    "approved" => ("审核通过", "approved"),
                    "returned" => ("审核退回", "returned"),
                    _ => ("待审", "waits"),
                };
                var why = row.TryGetProperty("review", out var review) && review.ValueKind == JsonValueKind.Object
                    ? TerminalText.Of(review, "reason") : "";
                var (unit, sequence) = (TerminalText.Of(report, "unit"), row.GetProperty("sequence").GetInt64());
                output.WriteLine(
                    $"  {unit} {TerminalText.Of(report, "nameZh")} 台账第 {sequence} 号 {zh} {why}",
                    $"  {unit} {TerminalText.Of(report, "nameEn")} ledger row {sequence} {en} {why}");
            }
        }

        return ExitCodes.Accepted;
    }

    private static Option<string> UnitOption(ConsoleOutput output) => new("--unit")
    {
        Required = true,
        HelpName = "CODE",
        Description = output.Text("单位代码。", "The unit's code."),
    };

    private static Option<string> PeriodOption(ConsoleOutput output) =>
        new("--period") { Required = true, HelpName = "MONTH", Description = output.Text("月份。", "The month.") };
}
