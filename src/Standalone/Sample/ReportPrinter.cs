using System.Globalization;
using Spectre.Console;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Standalone;

/// <summary>Prints the report, its table, the top three and the alerts, in one language.</summary>
internal static class ReportPrinter
{
    public static void Print(AnnualReport report, Unit unit, IReadOnlyList<StandingAlert> alerts, ReceiptCounter receipts, Say say)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width of its own; the table needs this much to keep a row on a line.
            AnsiConsole.Profile.Width = 140;
        }

        Heading(say.Text($"{unit.NameZh} {report.Period[..4]} 年", $"{unit.NameEn}, {report.Period[..4]}"));
        Console.WriteLine(say.Text(report.ParagraphZh, report.ParagraphEn));
        AnsiConsole.WriteLine();
        AnsiConsole.Write(Table(report, say));

        Heading(say.Text("增幅的基数与口径", "What the growth was computed from"));
        foreach (var row in report.Rows.Where(row => row.Comparison is not null))
        {
            say.Line($"  {row.NameZh}：{row.ComparisonZh}", $"  {row.NameEn}: {row.ComparisonEn}");
        }

        var top = report.Rows.Where(row => report.TopThree.Contains(row.Indicator)).ToList();
        Heading(say.Text("增幅居全区前三的指标", "Growth rates in the district's top three"));
        foreach (var row in top)
        {
            say.Line($"  {row.NameZh}:增幅 {Rate(row.Growth, row.Kind, say)},全区第 {row.Rank} 位(共 {row.Ranked} 个)", $"  {row.NameEn}: {Rate(row.Growth, row.Kind, say)}, rank {row.Rank} of {row.Ranked}");
        }

        Heading(say.Text($"现有预警 {alerts.Count} 条", $"{alerts.Count} standing alerts"));
        foreach (var alert in alerts)
        {
            var silenced = alert.SilencedBy is null ? "" : say.Text("(上级已预警,静默)", " (silenced: its parent has the same alert)");
            var sign = (alert.Colour, say.English) switch { ("red", false) => "红", ("amber", false) => "黄", (var colour, _) => colour };
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [{(alert.Colour == "red" ? "red" : "yellow")}]■ {sign}[/] {say.Text(alert.ReasonZh, alert.ReasonEn)} {say.Text($"自 {alert.Since} 起。", $"Since {alert.Since}.")}{silenced}");
        }

        Heading(say.Text("报送", "Submissions"));
        say.Line($"  {receipts.Count} 份报表均有回执:拒收 {receipts.Refused.Count} 份,有疑问并已说明 {receipts.Explained.Count} 份;台账共 {receipts.LastSequence} 号。",
            $"  {receipts.Count} submissions, each with its receipt: {receipts.Refused.Count} refused, {receipts.Explained.Count} questioned and explained; the ledger has {receipts.LastSequence} rows.");
        foreach (var receipt in receipts.Refused.Take(5))
        {
            say.Line($"  拒收 {receipt.Unit} {receipt.Period}:{receipt.Findings[0].MessageZh}", $"  refused {receipt.Unit} {receipt.Period}: {receipt.Findings[0].MessageEn}");
        }
    }

    private static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
    }

    private static Table Table(AnnualReport report, Say say)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(say.Text("指标", "Indicator"));
        foreach (var heading in new[]
        {
            say.Text("累计", "YTD"), say.Text("上年同期", "Base"), say.Text("增幅", "Growth"), say.Text("目标", "Target"),
            say.Text("颜色", "Colour"), say.Text("全区位次", "Rank"), say.Text("已报", "Reported"),
        })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var row in report.Rows)
        {
            var english = say.English ? EnglishScale.Of(row) : null;
            string Figure(decimal? value) => value is not { } figure ? "–" : english?.Number(figure) ?? Number(figure, row.Decimals);
            table.AddRow(
                Markup.Escape(say.Text(row.NameZh, row.NameEn)),
                Markup.Escape($"{Figure(row.YearToDate)} {english?.Unit ?? row.UnitZh}"),
                Figure(row.Base),
                row is { GrowthZh: { } zh, GrowthEn: { } en } ? Markup.Escape(say.Text(zh, en)) : Rate(row.Growth, row.Kind, say),
                row.Target is { } target ? row.TargetKind == "growth" ? target.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) + Of(row.Kind, say) : Figure(target) : "–",
                Colour(row.Colour, say),
                row.Rank is null ? "–" : $"{row.Rank}/{row.Ranked}",
                $"{row.Reported}/{row.Expected}");
        }

        return table;
    }

    private static string Colour(string? colour, Say say) => colour switch
    {
        "red" => $"[red]■ {say.Text("红", "red")}[/]",
        "amber" => $"[yellow]■ {say.Text("黄", "amber")}[/]",
        "green" => $"[green]■ {say.Text("绿", "green")}[/]",
        _ => "–",
    };

    private static string Number(decimal value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Rate(decimal? value, string kind, Say say) =>
        value is { } growth ? growth.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + Of(kind, say) : "–";

    // A rate grows by percentage points.
    private static string Of(string kind, Say say) => kind == nameof(IndicatorKind.Rate) ? say.Text("个百分点", " pp") : "%";
}
