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
