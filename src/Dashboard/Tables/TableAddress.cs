using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Tables;

/// <summary>What the address of a table says, as it was written; null or empty: it does not say it.</summary>
internal sealed record TableAddress(string? View, string? Scope, string? Indicators, string? From, string? Measures)
{
    private const int ShownLength = 40;

    private static readonly string[] Scopes = ["children", "subtree", "enterprises"];

    /// <summary>The table. What the address does not say, or says wrongly, is the default; see <see cref="Faults"/>.</summary>
    public TableChoice Read(CatalogueView catalogue, CatalogueUnit unit, string to)
    {
        var codes = Split(Indicators).ToHashSet(StringComparer.Ordinal);
        var chosen = catalogue.Indicators.Where(indicator => codes.Contains(indicator.Code)).ToList();
        var usual = catalogue.Indicators.Where(indicator => IndicatorSelection.IsRelevant(indicator, unit, to)).ToList();
        return new(
            unit, TableViews.All.Contains(View) ? View! : TableViews.IndicatorsByMonth, Scopes.Contains(Scope) ? Scope! : Scopes[0],
            chosen.Count > 0 ? chosen : usual.Where(IndicatorSelection.IsHeadline).ToList() is { Count: > 0 } headline ? headline : usual,
            IsFrom(From, to) ? From! : to[..4] + "-01", to,
            TableMeasures.All.Where(Split(Measures).Contains).ToList() is { Count: > 0 } asked ? asked : TableMeasures.Usual);
    }

    /// <summary>What the address says wrongly, and what is shown instead.</summary>
    public IReadOnlyList<(string Zh, string En)> Faults(CatalogueView catalogue, string to)
    {
        var faults = new List<(string Zh, string En)>();
        AddUnless(string.IsNullOrEmpty(View) || TableViews.All.Contains(View), "行列", "arrangement", [View]);
        AddUnless(string.IsNullOrEmpty(Scope) || Scopes.Contains(Scope), "单位范围", "choice of units", [Scope]);
        var indicators = Split(Indicators).Where(code => catalogue.Indicator(code) is null).ToList();
        AddUnless(indicators.Count == 0, "指标", "indicator", indicators);
        var measures = Split(Measures).Where(measure => !TableMeasures.All.Contains(measure)).ToList();
        AddUnless(measures.Count == 0, "数据项", "figure", measures);
        if (!string.IsNullOrEmpty(From) && !IsFrom(From, to))
        {
            faults.Add(MonthKeys.IsMonth(From)
                ? ($"起始月份 {From} 晚于 {to}，已改从 {to[..4]}-01 起。", $"The first month {From} is after {to}; the table begins with {to[..4]}-01.")
                : ($"地址中的起始月份“{Shown(From)}”不是月份，已改从 {to[..4]}-01 起。",
                    $"The first month “{Shown(From)}” of the address is no month; the table begins with {to[..4]}-01."));
        }

        return faults;

        void AddUnless(bool isRight, string zh, string en, IEnumerable<string?> said)
        {
            if (!isRight)
            {
                var words = Shown(string.Join('、', said));
                faults.Add(($"地址中的{zh}“{words}”不存在，没有采用。", $"The address names an {en} “{words}” that does not exist; it is left out."));
            }
        }
    }

    private static bool IsFrom(string? from, string to) => MonthKeys.IsMonth(from) && string.CompareOrdinal(from, to) <= 0;

    private static string Shown(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";

    private static string[] Split(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
