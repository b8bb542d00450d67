using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Documents;

namespace XilinIngest.Dashboard.Report;

/// <summary>The report as an official document: the paragraph by sections, the signature, and the table of indicators.</summary>
internal static class ReportDocument
{
    /// <summary>西林街道2022年1—9月主要指标完成情况.</summary>
    public static string Title(AnnualReport report, CatalogueUnit unit, Lang lang)
    {
        var (year, month) = (report.Period[..4], int.Parse(report.Period[5..], CultureInfo.InvariantCulture));
        var until = month switch { 12 => "", 1 => "1月", _ => $"1—{month}月" };
        return lang.T($"{unit.NameZh}{year}年{until}主要指标完成情况", $"{unit.NameEn}: main indicators, {year}, up to {report.Period}");
    }

    /// <param name="report">The report.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="unit">The unit of the report, which signs it.</param>
    /// <param name="now">The time of the services.</param>
    /// <param name="lang">The reader's language.</param>
    public static OfficialDocument Build(AnnualReport report, CatalogueView catalogue, CatalogueUnit unit, DateTimeOffset now, Lang lang)
    {
        var today = now.ToOffset(TimeSpan.FromHours(8));
        return new(
            Title(report, unit, lang), [.. lang.T(report.ParagraphZh, report.ParagraphEn).Split('\n').Select(line => Split(line, lang))],
            Table(report, catalogue, lang), lang.T(unit.NameZh, unit.NameEn),
            lang.T($"{today.Year}年{today.Month}月{today.Day}日", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    // A line of the Chinese paragraph begins with its section and a full stop.
    private static OfficialParagraph Split(string line, Lang lang) =>
        !lang.English && line.IndexOf('。', StringComparison.Ordinal) is >= 0 and var end
            ? new(line[..(end + 1)], line[(end + 1)..]) : new("", line);

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
                row.Target is null ? "" : FigureFormat.Target(row, catalogue.Indicator(row.Indicator), lang),
                FigureFormat.Colour(row.Colour, lang), row.Rank is null ? "" : $"{row.Rank}/{row.Ranked}",
            ]),
        ]);
}
