using System.Globalization;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>The months of a year, and those of several years side by side, as files.</summary>
internal static class SeriesTables
{
    public static ExportTable Months(string name, IReadOnlyList<SeriesPoint> months, AmountFormat amounts, Lang lang)
    {
        var unit = lang.T($"（{amounts.Unit(lang)}）", $" ({amounts.Unit(lang)})");
        string[] headings =
        [
            lang.T("月份", "Month"), lang.T("本月", "Month's figure") + unit, lang.T("上年同月", "Month a year before") + unit,
            lang.T("本年累计", "Year to date") + unit, lang.T("参与对比", "Compared") + unit,
            lang.T("上年同期基数", "Base of a year before") + unit, lang.T("上年同期累计", "Year to date a year before") + unit,
            lang.T("同比", "Growth"), lang.T("可比口径", "Comparable basis"), lang.T("上年原报数口径", "Recorded basis"),
            lang.T("两年平均", "Two-year average"), lang.T("已报", "Reported"), lang.T("应报", "Due"), lang.T("状态", "State"),
        ];
        return new(name, headings,
        [
            .. months.Select(month => new object?[]
            {
                month.Period,
                amounts.Indicator.Stages.Count > 0 ? StageFormat.Text(amounts.Indicator, month, lang) : amounts.Number(month.Month),
                amounts.Number(month.LastYearMonth), amounts.Number(month.YearToDate), amounts.Number(month.Comparison?.Current),
                amounts.Number(month.Comparison?.Base), amounts.Number(month.LastYearToDate),
                ComparisonFormat.GrowthCell(month.Growth, month.Comparison, amounts, lang), month.ComparableGrowth, month.RecordedGrowth,
                month.TwoYearAverage, month.Reported, month.Expected,
                ChildUnitColumns.StateOf(month, amounts.Indicator, lang),
            }),
        ]);
    }

    public static ExportTable Years(string name, IReadOnlyList<IndicatorYear> years, AmountFormat amounts, Lang lang) => new(
        name,
        [
            lang.T("月份", "Month"),
            .. years.Select(year => lang.T($"{year.Year}年{Measure(years, lang)}（{amounts.Unit(lang)}）",
                $"{year.Year}, {Measure(years, lang)} ({amounts.Unit(lang)})")),
        ],
        [
            .. Enumerable.Range(0, 12).Select(month => years.Select(year => (object?)amounts.Number(year.FigureOf(month, years)))
                .Prepend((month + 1).ToString(CultureInfo.InvariantCulture)).ToList()),
        ]);

    /// <summary>What is compared: the year-to-date, or the month where there is none.</summary>
    public static string Measure(IReadOnlyList<IndicatorYear> years, Lang lang) =>
        IndicatorYear.HaveYearToDate(years) ? lang.T("累计", "year to date") : lang.T("本月", "month's figure");
}
