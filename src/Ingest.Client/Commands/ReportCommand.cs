using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin report YEAR</c></summary>
internal static class ReportCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var year = new Argument<int>("YEAR") { Description = output.Text("年份。", "The year.") };
        var unit = new Option<string?>("--unit")
        {
            HelpName = "CODE",
            Description = output.Text("单位代码（默认：街道）。", "The unit's code (default: the street).")
        };
        var month = new Option<int?>("--month")
        {
            HelpName = "MONTH",
            Description = output.Text("累计到几月（默认：有数的最后一月）。", "Up to which month (default: the last with figures).")
        };
        var command = new Command("report",
                output.Text("一年的报告：段落、各指标、前三。例：xilin report 2022 --server http://127.0.0.1:5080",
                    "A year's report: paragraph, indicators, top three. Example: xilin report 2022 --server http://127.0.0.1:5080")) { year,
                    unit, month };
        command.SetAction(
            (result, cancellation) =>
                ServiceRequests.TranslateFaultsAsync(
                    () => RunAsync(options.Read(result, TransportMode.Server), result.GetValue(year), result.GetValue(unit),
                        result.GetValue(month), output, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, int year, string? unit, int? month, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        var query = string.Join('&',
            new[] { unit is null ? null : $"unit={Uri.EscapeDataString(unit)}",
                month is null ? null : string.Create(CultureInfo.InvariantCulture, $"month={month}") }.OfType<string>());
        var report = await service.GetJsonAsync(string.Create(CultureInfo.InvariantCulture, $"api/report/{year}?{query}"),
            cancellationToken);
        output.WriteParagraph(report.GetProperty("paragraphZh").GetString()!, report.GetProperty("paragraphEn").GetString()!);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 140;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(output.Text("指标", "Indicator"));
        foreach (var heading in new[] { output.Text("累计", "YTD"), output.Text("上年同期", "Base"), output.Text("增幅", "Growth"),
            output.Text("位次", "Rank"), output.Text("已报", "Reported") })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var row in report.GetProperty("rows").EnumerateArray())
        {
            var scale = output.IsEnglish ? ScaleOf(row) : null;
            var growth = Text(row, output.Text("growthZh", "growthEn"))
                ?? (Number(row, "growth") is { } rate
                    ? rate.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)
                    + (Text(row, "growthUnit") == GrowthUnits.Points ? output.Text("个百分点", " pp") : "%") : "–");
            table.AddRow(
                Markup.Escape(Text(row, output.Text("nameZh", "nameEn"))!),
                Number(row, "yearToDate") is { } amount
                    ? Markup.Escape(Amount(row, amount, scale)) : "–",
                Number(row, "base") is { } @base ? Base(row, @base, scale) : "–",
                Markup.Escape(growth),
                Number(row, "rank") is { } rank ? $"{rank}/{Number(row, "ranked")}" : "–",
                $"{row.GetProperty("reported")}/{row.GetProperty("expected")}");
        }

        AnsiConsole.Write(table);
        output.WriteLine("增幅的基数与口径：", "What the growth was computed from:");
        foreach (var row in report.GetProperty("rows").EnumerateArray().Where(row => Text(row, "comparisonZh") is not null))
        {
            output.WriteLine($"  {Text(row, "nameZh")}：{Text(row, "comparisonZh")}",
                $"  {Text(row, "nameEn")}: {Text(row, "comparisonEn")}");
        }

        return ExitCodes.Accepted;
    }

    // One scale for the figures of a row, as the report itself has.
    private static EnglishScale ScaleOf(JsonElement row) =>
        EnglishScale.For(Text(row, "unitEn")!, row.GetProperty("decimals").GetInt32(), Number(row, "yearToDate"), Number(row, "base"));

    // A service older than the client does not have the base in English.
    private static string Base(JsonElement row, decimal figure, EnglishScale? scale) => scale is null
        ? Printed(figure, row.GetProperty("decimals").GetInt32()) : Text(row, "baseEn") ?? scale.Number(figure);

    // Nor does it say whether a figure is cut down.
    private static string Amount(JsonElement row, decimal figure, EnglishScale? scale)
    {
        var isCutDown = row.TryGetProperty("isCutDown", out var cut) && cut.ValueKind == JsonValueKind.True;
        return scale is null
            ? Printed(figure, row.GetProperty("decimals").GetInt32()) + ReportedFigure.UnitZh(Text(row, "unitZh")!, isCutDown)
            : Text(row, "amountEn") ?? (isCutDown ? "over " : "") + scale.Amount(figure);
    }

    private static string Printed(decimal figure, int decimals) =>
        figure.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var text) && text.GetString() is { } said ? TerminalText.ToSingleLine(said) : null;

    private static decimal? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal() : null;
}
