using System.Globalization;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Dictionary;

/// <summary>One line of an explanation.</summary>
/// <param name="Key">Its name for tests and styles.</param>
/// <param name="Label">Its heading.</param>
/// <param name="Text">Its text.</param>
internal sealed record IndicatorFact(string Key, string Label, string Text);

/// <summary>An indicator explained: what <c>definitions.csv</c> says, and what follows from the catalogue.</summary>
internal static class IndicatorFacts
{
    /// <summary>What the indicator measures; empty: it is not stated.</summary>
    public static string What(CatalogueDefinition? definition, Lang lang) => Words(definition?.What, lang);

    /// <summary>The lines below it, in the order of the page and of the exported table. What is not stated has an empty text.</summary>
    public static IReadOnlyList<IndicatorFact> Build(CatalogueIndicator indicator, CatalogueDefinition? definition, Lang lang) =>
    [
        new("formula", lang.T("计算方法", "Formula"), Words(definition?.Formula, lang)),
        new("scope", lang.T("统计口径", "Scope"), Words(definition?.Scope, lang)),
        new("source", lang.T("数据来源", "Source"), Words(definition?.Source, lang)),
        new("reporter", lang.T("报送单位", "Reported by"), Reporter(indicator, lang)),
        new("unit", lang.T("计量单位", "Unit"), Unit(indicator, lang)),
        new("kind", lang.T("指标类型", "Kind"), Kind(indicator, lang)),
        new("basis", lang.T("增幅口径", "Basis of growth"), Basis(indicator, lang)),
        new("january", lang.T("1月免报", "January"), January(indicator, lang)),
        new("since", lang.T("起始月份", "Since"), definition?.Since is { } since ? FigureFormat.Month(since, lang) : ""),
        new("note", lang.T("说明", "Note"), Words(definition?.Note, lang)),
    ];

    private static string Words(DefinitionText? text, Lang lang) => text is null ? "" : lang.T(text.Zh, text.En);

    private static string Reporter(CatalogueIndicator indicator, Lang lang)
    {
        var level = indicator.ReportedBy switch
        {
            "Enterprise" => lang.T("企业", "enterprises"),
            "Village" => lang.T("村、社区", "villages and communities"),
            "Street" => lang.T("街道、镇", "sub-districts and towns"),
            "District" => lang.T("区", "districts"),
            "City" => lang.T("市", "cities"),
            "Province" => lang.T("省", "provinces"),
            var other => other,
        };
        return level + (indicator.Register is { } register
            ? lang.T($"（列入{indicator.RegisterZh ?? $"“{register}”"}名录的）", $" of the register {indicator.RegisterEn ?? register}") : "");
    }

    private static string Unit(CatalogueIndicator indicator, Lang lang)
    {
        var printed = lang.T(indicator.PrintedUnitZh, indicator.PrintedUnitEn);
        return indicator.Divisor == 1 ? printed
            : lang.T($"报送用{indicator.Unit}，报告用{printed}",
                $"reported in {new AmountFormat(indicator, true).Unit(lang)}, printed in {printed}");
    }

    private static string Kind(CatalogueIndicator indicator, Lang lang) => indicator.Kind switch
    {
        "Flow" => lang.T("时期数，本年累计为各月之和", "a flow: the year-to-date is the sum of the months"),
        "Stock" => lang.T("时点数，取本月末数", "a stock: the figure at the month's end"),
        "NetIncrease" => lang.T("净增数，本月末数减上年末数", "a net increase over last year's end"),
        "Rate" => lang.T("比率，由分子、分母之和计算", "a rate, from summed numerators and denominators"),
        "Given" => lang.T("指数或实际增幅，由报送单位给出", "an index or real growth, as given by who reports it"),
        "Milestone" => lang.T("阶段，取本月末所处阶段", "stages: the one reached by the month's end"),
        "YesNo" => lang.T("是否完成，取本月末状态", "yes or no at the month's end"),
        var other => other,
    };

    private static string Basis(CatalogueIndicator indicator, Lang lang) => indicator.Basis switch
    {
        "Comparable" => lang.T("可比口径：与同一批单位现报的上年同期数比",
            "comparable: against what the same units report today for last year"),
        "Recorded" => lang.T("上年原报数口径：与上年同期存档的数比", "recorded: against last year's figure as it was recorded"),
        _ => lang.T("不计算增幅", "no growth is published"),
    };

    private static string January(CatalogueIndicator indicator, Lang lang)
    {
        if (indicator.JanuaryExempt is not { } exempt)
        {
            return lang.T("否，1月照常报送", "is reported");
        }

        var (from, to) = (exempt.FromYear.ToString(CultureInfo.InvariantCulture), exempt.ToYear.ToString(CultureInfo.InvariantCulture));
        return exempt.ToYear == 9999 ? lang.T($"是，{from}年起", $"is not reported, since {from}")
            : lang.T($"是，{from}—{to}年", $"is not reported, {from} to {to}");
    }
}
