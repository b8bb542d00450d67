using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>
/// Where the reader is: the unit and month chosen at the top and kept in the address. A new one comes with every piece of news.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Status">What there is to see.</param>
/// <param name="Catalogue">The catalogue in force.</param>
internal sealed record PageContext(CatalogueUnit Unit, string Period, ReportingStatus Status, CatalogueView Catalogue)
{
    public string Year => Period[..4];

    /// <summary>
    /// Whether someone may see a unit's submissions and raw figures: what is not to be seen, a page does not offer. That it is not shown is
    /// not a page's business.
    /// </summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    public bool CanBeTracedBy(Caller caller, string? unit = null, string? period = null) => caller.MayReadAll
        || (Catalogue.Unit(unit ?? Unit.Code) is { } of && CanBeEnteredBy(caller, of, period));

    /// <summary>Whether someone may enter figures for a unit.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    public bool CanBeEnteredBy(Caller caller, CatalogueUnit? unit = null, string? period = null) =>
        caller.MayAdminister
        || (caller.MayEnter && caller.MayEnterFor(Catalogue.PathOf(unit ?? Unit, period ?? Period).Select(each => each.Code)));

    /// <summary>The address of a page about this unit and month, or another one.</summary>
    /// <param name="path">The page.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    /// <param name="more">More of the question, each with its name.</param>
    public string UrlFor(string path, string? unit = null, string? period = null, params (string Name, string Value)[] more) =>
        $"{path}?unit={unit ?? Unit.Code}&period={period ?? Period}"
        + string.Concat(more.Select(each => $"&{each.Name}={Uri.EscapeDataString(each.Value)}"));
}
