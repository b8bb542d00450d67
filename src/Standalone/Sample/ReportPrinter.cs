using System.Globalization;
using Spectre.Console;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Standalone;

/// <summary>Prints the report, its table, the top three and the alerts, in one language.</summary>
internal static class ReportPrinter
{
    public static void Print(
        AnnualReport report, Unit unit, IReadOnlyList<CurrentAlert> alerts, ReceiptCounter receipts, ServiceConsole console)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width; at this width each row of the table is one line. English names are longer.
            AnsiConsole.Profile.Width = console.IsEnglish ? 220 : 140;
        }

        PrintHeading(console.Localize($"{unit.NameZh}{report.Period[..4]}年", $"{unit.NameEn}, {report.Period[..4]}"));
        Console.WriteLine(console.Localize(report.ParagraphZh, report.ParagraphEn));
        AnsiConsole.WriteLine();
        AnsiConsole.Write(BuildTable(report, console));

        PrintHeading(console.Localize("增幅的基数与口径", "What the growth was computed from"));
        foreach (var row in report.Rows.Where(row => row.Comparison is not null))
        {
            console.WriteLine($"  {row.NameZh}：{row.ComparisonZh}", $"  {row.NameEn}: {row.ComparisonEn}");
        }

        var top = report.Rows.Where(row => report.TopThree.Contains(row.Indicator)).ToList();
        PrintHeading(console.Localize("增幅居全区前三的指标", "Growth rates in the district's top three"));
        foreach (var row in top)
        {
            console.WriteLine($"  {row.NameZh}：增幅{FormatRate(row.Growth, row.GrowthUnit, console)}，居全区第{row.Rank}位（共{row.Ranked}个）",
                $"  {row.NameEn}: {FormatRate(row.Growth, row.GrowthUnit, console)}, rank {row.Rank} of {row.Ranked}");
        }

        PrintHeading(console.Localize($"现有预警 {alerts.Count} 条", $"{alerts.Count} standing alerts"));
        foreach (var alert in alerts)
        {
            var silenced = alert.SilencedBy is null ? "" : console.Localize("（上级已预警，静默）", " (silenced: its parent has the same alert)");
            var sign = alert.Colour == TargetColour.Red ? console.Localize("红", "red") : console.Localize("黄", "amber");
            var colour = alert.Colour == TargetColour.Red ? "red" : "yellow";
            var reason = console.Localize(
                $"{alert.ReasonZh}自{Period.Parse(alert.Since).NameZh}起。", $"{alert.ReasonEn} Since {alert.Since}.");

            // The sentence is written without the library, which would break a line without blanks after the sign.
            AnsiConsole.Markup($"  [{colour}]■ {sign}[/] ");
            Console.WriteLine(reason + silenced);
        }

        PrintHeading(console.Localize("报送", "Submissions"));
        console.WriteLine(
            $"  {receipts.Count} 份报表均有回执：退回 {receipts.Refused.Count} 份，有疑问并已说明 {receipts.Explained.Count} 份；台账共 {receipts.Rows} 号。",
            $"  {receipts.Count} submissions, each with its receipt: {receipts.Refused.Count} refused, {receipts.Explained.Count} "
            + $"questioned and explained; the ledger has {receipts.Rows} rows.");
        foreach (var receipt in receipts.Refused.Take(5))
        {
            console.WriteLine($"  已退回 {receipt.Unit} {receipt.Period}：{receipt.Findings[0].MessageZh}",
                $"  refused {receipt.Unit} {receipt.Period}: {receipt.Findings[0].MessageEn}");
        }
    }

    private static void PrintHeading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
    }

    private static Table BuildTable(AnnualReport report, ServiceConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(console.Localize("指标", "Indicator"));
        foreach (var heading in new[]
        {
            console.Localize("累计", "YTD"), console.Localize("上年同期", "Base"), console.Localize("增幅", "Growth"),
            console.Localize("目标", "Target"),
            console.Localize("颜色", "Colour"), console.Localize("全区位次", "Rank"), console.Localize("已报", "Reported"),
        })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var row in report.Rows)
        {
            var english = console.IsEnglish ? ReportScale.For(row) : null;
            string Figure(decimal? value) => value is not { } one ? "–" : english?.Number(one) ?? FormatNumber(one, row.Decimals);
            table.AddRow(
                Markup.Escape(console.Localize(row.NameZh, row.NameEn)),
                row.YearToDate is { } figure
                    ? Markup.Escape(english is null ? FormatAmount(row, figure) : row.AmountEn ?? "–") : "–",
                english is null ? Figure(row.Base) : row.BaseEn ?? "–",
                row is { GrowthZh: { } zh, GrowthEn: { } en }
                    ? Markup.Escape(console.Localize(zh, en)) : FormatRate(row.Growth, row.GrowthUnit, console),
                row.Target is { } target
                    ? row.TargetKind == TargetType.Growth
                        ? target.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) + RateUnit(row.GrowthUnit, console)
                            : Figure(target) : "–",
                ColourMarkup(row.Colour, console),
                row.Rank is null ? "–" : $"{row.Rank}/{row.Ranked}",
                $"{row.Reported}/{row.Expected}");
        }

        return table;
    }

    private static string FormatAmount(ReportRow row, decimal figure) =>
        FormatNumber(figure, row.Decimals) + ReportedFigure.UnitZh(row.UnitZh, row.IsCutDown);

    private static string ColourMarkup(TargetColour? colour, ServiceConsole console) => colour switch
    {
        TargetColour.Red => $"[red]■ {console.Localize("红", "red")}[/]",
        TargetColour.Amber => $"[yellow]■ {console.Localize("黄", "amber")}[/]",
        TargetColour.Green => $"[green]■ {console.Localize("绿", "green")}[/]",
        _ => "–",
    };

    private static string FormatNumber(decimal value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string FormatRate(decimal? value, string unit, ServiceConsole console) =>
        value is { } growth ? growth.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + RateUnit(unit, console) : "–";

    private static string RateUnit(string unit, ServiceConsole console) =>
        unit == GrowthUnits.Points ? console.Localize("个百分点", " pp") : "%";
}
