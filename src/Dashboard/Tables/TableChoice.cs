using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Tables;

/// <summary>What the table desk shows; the address has all of it, so that a table is kept and passed on as a link.</summary>
/// <param name="Unit">The unit that the table is about.</param>
/// <param name="View">Rows and columns, one of <see cref="TableViews"/>.</param>
/// <param name="Scope">Which units are the rows: children, subtree or enterprises.</param>
/// <param name="Indicators">In catalogue order; a table by months of units shows the first one alone.</param>
/// <param name="From">The first month.</param>
/// <param name="To">The last month.</param>
/// <param name="Measures">Which figures, in the order of <see cref="TableMeasures.All"/>.</param>
public sealed record TableChoice(
    CatalogueUnit Unit, string View, string Scope, IReadOnlyList<CatalogueIndicator> Indicators, string From, string To,
    IReadOnlyList<string> Measures)
{
    private static readonly string[] Scopes = ["children", "subtree", "enterprises"];

    /// <summary>Reads an address. What it does not say, or says wrongly, is the default.</summary>
    internal static TableChoice Read(
        CatalogueView catalogue, CatalogueUnit unit, string to, string? view, string? scope, string? indicators, string? from,
        string? measures)
    {
        var codes = Split(indicators);
        var chosen = catalogue.Indicators.Where(indicator => codes.Contains(indicator.Code)).ToList();
        var usual = catalogue.Indicators.Where(indicator => IndicatorSelection.IsRelevant(indicator, unit, to)).ToList();
        return new(
            unit, TableViews.All.Contains(view) ? view! : TableViews.IndicatorsByMonth, Scopes.Contains(scope) ? scope! : Scopes[0],
            chosen.Count > 0 ? chosen : usual.Where(IndicatorSelection.IsHeadline).ToList() is { Count: > 0 } headline ? headline : usual,
            MonthKeys.IsMonth(from) && string.CompareOrdinal(from, to) <= 0 ? from! : to[..4] + "-01", to,
            TableMeasures.All.Where(Split(measures).Contains).ToList() is { Count: > 0 } asked ? asked : TableMeasures.Usual);
    }

    /// <summary>The indicators that the table shows.</summary>
    public IReadOnlyList<CatalogueIndicator> ShownIndicators =>
        View == TableViews.UnitsByMonth ? [.. Indicators.Take(1)] : Indicators;

    /// <summary>The query of the services that answers the table.</summary>
    public string ApiPath => $"/api/table?unit={Unit.Code}&scope={(View == TableViews.IndicatorsByMonth ? "self" : Scope)}"
        + $"&indicators={string.Join(',', ShownIndicators.Select(indicator => indicator.Code))}"
        + $"&from={(View == TableViews.UnitsByIndicator ? To : From)}&period={To}";

    /// <summary>The address of this table, on the page or as a file.</summary>
    public string UrlFor(string path) => $"{path}?unit={Unit.Code}&period={To}&view={View}&scope={Scope}"
        + $"&indicators={string.Join(',', Indicators.Select(indicator => indicator.Code))}"
        + $"&from={From}&measures={string.Join(',', Measures)}";

    private static HashSet<string> Split(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

/// <summary>What the rows and the columns of a table are.</summary>
internal static class TableViews
{
    public const string IndicatorsByMonth = "indicators-months";
    public const string UnitsByIndicator = "units-indicators";
    public const string UnitsByMonth = "units-months";

    public static readonly IReadOnlyList<string> All = [IndicatorsByMonth, UnitsByIndicator, UnitsByMonth];
}

/// <summary>The figures of a cell.</summary>
internal static class TableMeasures
{
    public const string YearToDate = "ytd";
    public const string Month = "month";
    public const string LastYear = "last-year";
    public const string Growth = "growth";

    public static readonly IReadOnlyList<string> All = [YearToDate, Month, LastYear, Growth];

    public static readonly IReadOnlyList<string> Usual = [YearToDate, Growth];
}
