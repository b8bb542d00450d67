using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin explain</c></summary>
internal static class ExplainCommand
{
    private const int PageSize = 500;

    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var unit = new Option<string>("--unit")
        {
            Required = true,
            HelpName = "CODE",
            Description = output.Text("单位代码。", "The unit's code.")
        };
        var indicator = new Option<string>("--indicator")
        {
            Required = true,
            HelpName = "CODE",
            Description = output.Text("指标代码。", "The indicator's code.")
        };
        var period = new Option<string>("--period") { Required = true, HelpName = "MONTH", Description = output.Text("月份。", "The month.") };
        var command = new Command("explain", output.Text(
            "一个数由哪些报表组成。例：xilin explain --unit 320404004000 --indicator FIXED_ASSET_INVESTMENT --period 2022-07 --server "
            + "http://127.0.0.1:5080",
            "Which submissions a number is made of. Example: xilin explain --unit 320404004000 --indicator FIXED_ASSET_INVESTMENT "
            + "--period 2022-07 --server http://127.0.0.1:5080"))
            { unit, indicator, period };
        command.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(() => RunAsync(
            options.Read(result, TransportMode.Server),
            $"api/lineage?unit={Uri.EscapeDataString(result.GetValue(unit)!)}&indicator="
                + $"{Uri.EscapeDataString(result.GetValue(indicator)!)}&period={Uri.EscapeDataString(result.GetValue(period)!)}",
                output, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string question, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        for (var skip = 0; ; skip += PageSize)
        {
            var answer = await service.GetJsonAsync(string.Create(CultureInfo.InvariantCulture, $"{question}&skip={skip}&take={PageSize}"),
                cancellationToken);
            var count = answer.GetProperty("count").GetInt32();
            if (skip == 0)
            {
                var total = Figure(answer, "yearToDate");
                output.WriteLine(
                    $"{answer.GetProperty("unit")} {answer.GetProperty("indicator")} {answer.GetProperty("period")} 累计 {total}，"
                    + $"由 {count} 个数组成：",
                    $"{answer.GetProperty("unit")} {answer.GetProperty("indicator")} {answer.GetProperty("period")}: year to "
                    + $"date {total}, of {count} values:");
            }

            foreach (var part in answer.GetProperty("parts").EnumerateArray())
            {
                var role = part.GetProperty("role").GetString() == "base" ? output.Text("上年", "base   ") : output.Text("本年", "current");
                var figures = string.Join(' ',
                        new[] { ("value", output.Text("本月", "month")), ("yearToDate", output.Text("累计", "ytd")),
                            ("lastYear", output.Text("上年同期", "last year")), ("numerator", output.Text("分子", "numerator")),
                            ("denominator", output.Text("分母", "denominator")), ("date", output.Text("日期", "date")) }
                    .Where(field => part.TryGetProperty(field.Item1, out _)).Select(field => $"{field.Item2} {Figure(part, field.Item1)}"));
                var mark = part.TryGetProperty("isBackfilled", out var backfilled) && backfilled.GetBoolean()
                    ? output.Text("（补录）", " (backfilled)") : "";
                output.WriteLine(
                    $"  {role} {part.GetProperty("period")}{mark} {part.GetProperty("unit")} {part.GetProperty("name")} {figures} "
                    + $"台账第 {part.GetProperty("sequence")} 号，修订 {part.GetProperty("revision")}",
                    $"  {role} {part.GetProperty("period")}{mark} {part.GetProperty("unit")} {part.GetProperty("name")} {figures} ledger "
                    + $"row {part.GetProperty("sequence")}, revision {part.GetProperty("revision")}");
            }

            if (skip + PageSize >= count)
            {
                return ExitCodes.Accepted;
            }
        }
    }

    private static string Figure(JsonElement element, string name) =>
        element.TryGetProperty(name, out var figure) && figure.ValueKind != JsonValueKind.Null ? figure.ToString() : "–";
}
