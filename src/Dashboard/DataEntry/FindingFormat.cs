using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The figures that a finding compares, as text: 本月 15,000、常见值 1,500.</summary>
internal static class FindingFormat
{
    // What stood before a revision.
    private const string Before = "_before";

    public static string Text(Finding finding, CatalogueView catalogue, Lang lang) => finding.Figures is not { Count: > 0 } figures ? ""
        : lang.T("(", " (")
        + string.Join(lang.T("、", ", "),
            figures.Select(figure => $"{Name(figure.Key, catalogue, lang)} {ValueOf(figure.Key, figure.Value)}")) + lang.T(")", ")");

    // A finding compares a date as the number yyyymmdd.
    private static string ValueOf(string name, decimal figure) => name is "date" or "date_before" or "previous_date" or "next_date"
        ? figure.ToString("0000-00-00", System.Globalization.CultureInfo.InvariantCulture)
        : FigureFormat.Number(figure);

    private static string Name(string name, CatalogueView catalogue, Lang lang) => name switch
    {
        "month" or "value" => lang.T("本月", "month"),
        "ytd" or "yearToDate" => lang.T("1—本月累计", "year to date"),
        "months_sum" => lang.T("各月之和", "sum of the months"),
        "previous" => lang.T("上月", "month before"),
        "last_year" or "lastYear" => lang.T("上年同期", "last year"),
        "recorded" => lang.T("上年所报", "reported last year"),
        "next" => lang.T("以后月份", "later month"),
        "date" => lang.T("日期", "date"),
        "previous_date" => lang.T("以前月份的日期", "date of the earlier month"),
        "next_date" => lang.T("以后月份的日期", "date of the later month"),
        "typical" => lang.T("近12个月常见值", "usual"),
        "numerator" => lang.T("分子", "numerator"),
        "denominator" => lang.T("分母", "denominator"),
        _ when name.EndsWith(Before, StringComparison.Ordinal) => lang.T("原", "old ") + Name(name[..^Before.Length], catalogue, lang),
        _ => catalogue.IndicatorName(name, lang),
    };
}
