using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Documents;

namespace XilinIngest.Dashboard.Report;

/// <summary>The report as an official document: its parts, the signature, and the table of indicators.</summary>
internal static class ReportDocument
{
    /// <summary>西林街道2022年1—9月主要指标完成情况.</summary>
    public static string Title(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var (year, month) = (report.Period[..4], int.Parse(report.Period[5..], CultureInfo.InvariantCulture));
        var until = month switch { 12 => "", 1 => "1月", _ => $"1—{month}月" };
        return lang.T($"{unit.NameZh}{year}年{until}主要指标完成情况", $"{unit.NameEn}: main indicators, {year}, up to {report.Period}");
    }

    /// <param name="answer">The report.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="unit">The unit of the report.</param>
    /// <param name="letterhead">The letterhead, and who signs.</param>
    /// <param name="now">The time of the services.</param>
    /// <param name="lang">The reader's language.</param>
    public static OfficialDocument Build(
        ReportAnswer answer, CatalogueView catalogue, CatalogueUnit unit, ReportLetterhead letterhead, DateTimeOffset now,
        Lang lang) => new(
            Title(answer.Report, unit, lang),
            [.. ReportText.Build(answer, catalogue, unit, lang).SelectMany(part => part.Sections
                .SelectMany(section => section.Paragraphs).Select(paragraph => new OfficialParagraph(paragraph.Heading, paragraph.Text))
                .Prepend(new OfficialParagraph(part.Heading, "", IsPart: true)))],
            Table(answer.Report, catalogue, lang), Signature(unit, letterhead, lang), Date(answer.Texts, now, lang), letterhead.Letterhead);

    /// <summary>Who signs: the unit of the report, if no one else is named.</summary>
    public static string Signature(CatalogueUnit unit, ReportLetterhead letterhead, Lang lang) =>
        letterhead.Signature ?? lang.T(unit.NameZh, unit.NameEn);

    /// <summary>The date below the signature, that of the release or today's: 2023年1月12日.</summary>
    public static string Date(ReportTexts texts, DateTimeOffset now, Lang lang)
    {
        var day = (texts.ReleasedAt ?? now).ToOffset(TimeSpan.FromHours(8));
        return lang.T($"{day.Year}年{day.Month}月{day.Day}日", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>The table as a file of figures: numbers in their printed units, rounded once.</summary>
    public static ExportTable Figures(AnnualReport report, CatalogueView catalogue, CatalogueUnit unit, Lang lang) => new(
        Title(report, unit, lang),
        [
            lang.T("指标", "Indicator"), lang.T("计量单位", "Unit of measure"), lang.T("完成数", "Figure"),
            lang.T("参与对比", "Compared"), lang.T("同期基数", "Base"), lang.T("口径", "Basis"),
            lang.T("未计入单位", "Units left out"), lang.T("同比", "Growth"), lang.T("同比单位", "Unit of growth"),
            lang.T("目标", "Target"), lang.T("评价", "Colour"), lang.T("位次", "Rank"), lang.T("参加排名", "Ranked"),
            lang.T("已报", "Reported"), lang.T("应报", "Expected"), lang.T("状态", "State"),
        ],
        [
            .. report.Rows.Where(row => row.AmountZh is not null).Select(row => (IReadOnlyList<object?>)
            [
                lang.T(row.NameZh, row.NameEn), lang.T(row.UnitZh, row.UnitEn), FigureOf(row, catalogue, lang),
                row.Comparison?.Current, row.Base, row.Comparison is { } compared ? ComparisonFormat.Basis(compared.Basis, lang) : "",
                ComparisonFormat.LeftOut(row.Comparison?.LeftOut, lang),
                row.Growth is { } growth ? growth : lang.T(row.GrowthZh ?? "", row.GrowthEn ?? ""),
                row.Growth is null ? "" : row.GrowthUnit == GrowthUnits.Points ? lang.T("个百分点", "pp") : "%",
                TargetOf(row, catalogue, lang),
                FigureFormat.Colour(row.Colour, lang), row.Rank, row.Rank is null ? null : row.Ranked, row.Reported, row.Expected,
                FigureFormat.State(row.State, lang),
            ]),
        ]);

    // A stage is words, and what the report's text cuts down is exact in a file.
    private static object? FigureOf(ReportRow row, CatalogueView catalogue, Lang lang) =>
        catalogue.Indicator(row.Indicator) is { Stages.Count: > 0 } ? FigureFormat.Amount(row, lang) : row.Uncut ?? row.YearToDate;

    private static ExportTable Table(AnnualReport report, CatalogueView catalogue, Lang lang) => new(
        lang.T("主要指标表", "Main indicators"),
        [
            lang.T("指标", "Indicator"), lang.T("完成数", "Figure"), lang.T("同比", "Growth"), lang.T("目标", "Target"),
            lang.T("评价", "Colour"), lang.T("排名", "Rank"),
        ],
        [
            .. report.Rows.Where(row => row.AmountZh is not null).Select(row => (IReadOnlyList<object?>)
            [
                lang.T(row.NameZh, row.NameEn), FigureFormat.Amount(row, lang),
                FigureFormat.Growth(row, lang) is var growth && growth != FigureFormat.NoFigure ? growth : "",
                TargetOf(row, catalogue, lang),
                FigureFormat.Colour(row.Colour, lang), row.Rank is null ? "" : $"{row.Rank}/{row.Ranked}",
            ]),
        ]);

    private static string TargetOf(ReportRow row, CatalogueView catalogue, Lang lang) =>
        row.Target is null ? "" : FigureFormat.Target(row, catalogue.Indicator(row.Indicator), lang);
}
