using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// The unit and month chosen at the top of the page and kept in the address. Every notification creates a new instance.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Status">The reporting status.</param>
/// <param name="Catalogue">The catalogue in force.</param>
internal sealed record PageContext(CatalogueUnit Unit, string Period, ReportingStatus Status, CatalogueView Catalogue)
{
    public string Year => Period[..4];

    /// <summary>
    /// Whether the caller may read a unit's submissions and raw figures. A page offers no link to data that the caller may not read; the
    /// services enforce the access themselves.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="unit">Another unit; null: this one.</param>
    /// <param name="period">Another month; null: this one.</param>
    public bool CanBeTracedBy(Caller caller, string? unit = null, string? period = null) => caller.MayReadAll
        || (Catalogue.Unit(unit ?? Unit.Code) is { } of && CanBeEnteredBy(caller, of, period));

    /// <summary>Whether the caller may enter figures for a unit.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="unit">Another unit; null: this one.</param>
    /// <param name="period">Another month; null: this one.</param>
    public bool CanBeEnteredBy(Caller caller, CatalogueUnit? unit = null, string? period = null) =>
        caller.MayAdminister
        || (caller.MayEnter && caller.MayEnterFor(Catalogue.PathOf(unit ?? Unit, period ?? Period).Select(each => each.Code)));

    /// <summary>Whether the caller may take a unit's alerts of a year.</summary>
    public bool AlertsCanBeTakenBy(Caller caller, string unit, int year) => caller.MayAdminister
        || (Catalogue.Unit(unit) is { } of && caller.MayTakeAlertsOf(Catalogue.PathOf(of, $"{year}-12").Select(each => each.Code)));

    /// <summary>Whether the caller may silence a unit's alerts.</summary>
    public bool CanBeSilencedBy(Caller caller, CatalogueUnit unit) => caller.MayAdminister
        || caller.MayActFor(Catalogue.PathOf(unit, FigureFormat.ThisMonth(Status.Now)).Select(each => each.Code));

    /// <summary>Whether the caller may remind this unit and those below it of their reports.</summary>
    public bool CanBeRemindedBy(Caller caller) =>
        caller.MayRemindFor(Catalogue.PathOf(Unit, FigureFormat.ThisMonth(Status.Now)).Select(each => each.Code));

    /// <summary>The address of a page about this unit and month, or another one.</summary>
    /// <param name="path">The page.</param>
    /// <param name="unit">Another unit; null: this one.</param>
    /// <param name="period">Another month; null: this one.</param>
    /// <param name="more">Further query parameters.</param>
    public string UrlFor(string path, string? unit = null, string? period = null, params (string Name, string Value)[] more) =>
        $"{path}?unit={unit ?? Unit.Code}&period={period ?? Period}"
        + string.Concat(more.Select(each => $"&{each.Name}={Uri.EscapeDataString(each.Value)}"));
}
