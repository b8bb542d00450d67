using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The figures that a finding compares, in words: 本月 15,000、常见值 1,500.</summary>
internal static class FindingFormat
{
    public static string Text(Finding finding, CatalogueView catalogue, Lang lang) => finding.Figures is not { Count: > 0 } figures ? ""
        : lang.T("(", " (")
        + string.Join(lang.T("、", ", "),
            figures.Select(figure => $"{Name(figure.Key, catalogue, lang)} {FigureFormat.Number(figure.Value)}")) + lang.T(")", ")");

    private static string Name(string name, CatalogueView catalogue, Lang lang) => name switch
    {
        "month" or "value" => lang.T("本月", "month"),
        "ytd" or "yearToDate" => lang.T("1–本月累计", "year to date"),
        "months_sum" => lang.T("各月之和", "sum of the months"),
        "previous" => lang.T("上月", "month before"),
        "last_year" or "lastYear" => lang.T("上年同期", "last year"),
        "recorded" => lang.T("上年所报", "reported last year"),
        "typical" => lang.T("近12个月常见值", "usual"),
        "numerator" => lang.T("分子", "numerator"),
        "denominator" => lang.T("分母", "denominator"),
        _ => catalogue.IndicatorName(name, lang),
    };
}
