using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin report YEAR</c></summary>
internal static class ReportCommand
{
    public static Command Build(Options options, Say say)
    {
        var year = new Argument<int>("YEAR") { Description = say.Text("年份。", "The year.") };
        var unit = new Option<string?>("--unit") { HelpName = "CODE", Description = say.Text("单位代码(默认:街道)。", "The unit's code (default: the street).") };
        var month = new Option<int?>("--month") { HelpName = "MONTH", Description = say.Text("累计到几月(默认:有数的最后一月)。", "Up to which month (default: the last with figures).") };
        var command = new Command("report", say.Text("一年的报告:段落、各指标、前三。例:xilin report 2022 --server http://127.0.0.1:5080", "A year's report: paragraph, indicators, top three. Example: xilin report 2022 --server http://127.0.0.1:5080")) { year, unit, month };
        command.SetAction((result, cancellation) => Service.GuardAsync(() => RunAsync(options.Read(result, Way.Server), result.GetValue(year), result.GetValue(unit), result.GetValue(month), say, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, int year, string? unit, int? month, Say say, CancellationToken cancellationToken)
    {
        using var service = settings.Http();
        var query = string.Join('&', new[] { unit is null ? null : $"unit={Uri.EscapeDataString(unit)}", month is null ? null : string.Create(CultureInfo.InvariantCulture, $"month={month}") }.OfType<string>());
        var report = await service.AskAsync(string.Create(CultureInfo.InvariantCulture, $"api/report/{year}?{query}"), cancellationToken);
        say.Paragraph(report.GetProperty("paragraphZh").GetString()!, report.GetProperty("paragraphEn").GetString()!);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 140;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(say.Text("指标", "Indicator"));
        foreach (var heading in new[] { say.Text("累计", "YTD"), say.Text("上年同期", "Base"), say.Text("增幅", "Growth"), say.Text("位次", "Rank"), say.Text("已报", "Reported") })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var row in report.GetProperty("rows").EnumerateArray())
        {
            var growth = Text(row, say.Text("growthZh", "growthEn")) ?? (Number(row, "growth") is { } rate ? rate.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + (Text(row, "kind") == "Rate" ? say.Text("个百分点", " pp") : "%") : "–");
            table.AddRow(
                Markup.Escape(Text(row, say.Text("nameZh", "nameEn"))!), Markup.Escape($"{Printed(row, "yearToDate")} {Text(row, say.Text("unitZh", "unitEn"))}"), Printed(row, "base"), Markup.Escape(growth),
                Number(row, "rank") is { } rank ? $"{rank}/{Number(row, "ranked")}" : "–", $"{row.GetProperty("reported")}/{row.GetProperty("expected")}");
        }

        AnsiConsole.Write(table);
        say.Line("增幅的基数与口径：", "What the growth was computed from:");
        foreach (var row in report.GetProperty("rows").EnumerateArray().Where(row => Text(row, "comparisonZh") is not null))
        {
            say.Line($"  {Text(row, "nameZh")}：{Text(row, "comparisonZh")}", $"  {Text(row, "nameEn")}: {Text(row, "comparisonEn")}");
        }

        return Exit.Accepted;
    }

    private static string Printed(JsonElement row, string name) =>
        Number(row, name)?.ToString("N" + row.GetProperty("decimals").GetInt32().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? "–";

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var text) && text.GetString() is { } said ? Harmless.Line(said) : null;

    private static decimal? Number(JsonElement row, string name) => row.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal() : null;
}
