using XilinIngest.Dashboard.Data;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Search;

/// <summary>Finds units and indicators by a part of a name or code.</summary>
internal static class CatalogueSearch
{
    /// <summary>A longer list is not read; more letters find the same sooner.</summary>
    public const int Most = 30;

    /// <summary>The units of a month, best match first: those with totals before enterprises.</summary>
    public static (IReadOnlyList<CatalogueUnit> Shown, int All) Units(CatalogueView catalogue, string period, string text) =>
        Best(catalogue.Units.Where(unit => CatalogueView.SpanIn(unit, period) is not null), text,
            unit => (unit.Code, unit.NameZh, unit.NameEn), unit => unit.Kind == CatalogueView.Enterprise ? 1 : 0);

    /// <summary>The indicators, best match first: those with a target or in the overview before the rest.</summary>
    public static (IReadOnlyList<CatalogueIndicator> Shown, int All) Indicators(CatalogueView catalogue, string text) =>
        Best(catalogue.Indicators, text, indicator => (indicator.Code, indicator.NameZh, indicator.NameEn),
            indicator => IndicatorSelection.IsHeadline(indicator) ? 0 : 1);

    private static (IReadOnlyList<T> Shown, int All) Best<T>(
        IEnumerable<T> all, string text, Func<T, (string Code, string Zh, string En)> names, Func<T, int> order)
    {
        var asked = InputText.Trim(text);
        if (asked.Length == 0)
        {
            return ([], 0);
        }

        var found = all.Select(each => (each, Match: Match(names(each), asked))).Where(each => each.Match is not null).ToList();
        return ([.. found.OrderBy(each => each.Match).ThenBy(each => order(each.each)).Take(Most).Select(each => each.each)], found.Count);
    }

    // 0: the code or a whole name; 1: the beginning of a name; 2: within one; null: no match.
    private static int? Match((string Code, string Zh, string En) names, string asked)
    {
        int? best = null;
        foreach (var name in new[] { names.Code, names.Zh, names.En })
        {
            int? match = name.IndexOf(asked, StringComparison.OrdinalIgnoreCase) switch
            {
                < 0 => null,
                0 when name.Length == asked.Length => 0,
                0 => 1,
                _ => 2,
            };
            best = match is null ? best : Math.Min(best ?? 2, match.Value);
        }

        return best;
    }
}
