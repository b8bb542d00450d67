namespace XilinIngest.Dashboard.Data;

/// <summary>Selects the indicators that a unit can choose from.</summary>
internal static class IndicatorSelection
{
    /// <summary>Whether a unit or its descendants may report an indicator.</summary>
    public static bool IsRelevant(CatalogueIndicator indicator, CatalogueUnit unit, string period) => unit.Kind switch
    {
        CatalogueView.Enterprise => indicator.ReportedBy == CatalogueView.Enterprise
            && (indicator.Register is null || CatalogueView.SpanIn(unit, period)?.Registers.Contains(indicator.Register) == true),
        "Village" or "Community" => indicator.ReportedBy is CatalogueView.Enterprise or "Village",
        _ => true,
    };

    /// <summary>Whether the indicator compares units, by growth or by rank.</summary>
    public static bool IsHeadline(CatalogueIndicator indicator) => indicator is { Basis: not "None" } or { RankBy: not "None" };

    /// <summary>The requested indicator; without a request, the first headline indicator; null: the catalogue has none.</summary>
    public static CatalogueIndicator? Select(PageContext page, string? asked, Func<CatalogueIndicator, bool>? only = null)
    {
        if (!string.IsNullOrEmpty(asked))
        {
            return page.Catalogue.Indicator(asked);
        }

        var all = page.Catalogue.Indicators.Where(indicator => (only is null || only(indicator))
            && IsRelevant(indicator, page.Unit, page.Period)).ToList();
        return all.Find(IsHeadline) ?? (all is [var first, ..] ? first : null);
    }
}
