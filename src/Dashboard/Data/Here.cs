using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>Where the reader is: the unit and month chosen at the top and kept in the address. A new one comes with every piece of news.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Begin">What there is to see.</param>
/// <param name="Catalogue">The catalogue in force.</param>
internal sealed record Here(CatalogueUnit Unit, string Period, WhereToBegin Begin, CatalogueView Catalogue)
{
    public string Year => Period[..4];

    /// <summary>Whether someone may see a unit's submissions and raw figures: what is not to be seen, a page does not offer. That it is not shown is not a page's business.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    public bool MayBeTracedBy(Viewer viewer, string? unit = null, string? period = null) => viewer.MayReadAll
        || (Catalogue.Unit(unit ?? Unit.Code) is { } of && MayBeEnteredBy(viewer, of, period));

    /// <summary>Whether someone may enter figures for a unit.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    public bool MayBeEnteredBy(Viewer viewer, CatalogueUnit? unit = null, string? period = null) =>
        viewer.MayAdminister || (viewer.MayEnter && viewer.MayEnterFor(Catalogue.PathOf(unit ?? Unit, period ?? Period).Select(each => each.Code)));

    /// <summary>The address of a page about this unit and month, or another one.</summary>
    /// <param name="path">The page.</param>
    /// <param name="unit">Another unit.</param>
    /// <param name="period">Another month.</param>
    /// <param name="more">More of the question, each with its name.</param>
    public string To(string path, string? unit = null, string? period = null, params (string Name, string Value)[] more) =>
        $"{path}?unit={unit ?? Unit.Code}&period={period ?? Period}{string.Concat(more.Select(each => $"&{each.Name}={Uri.EscapeDataString(each.Value)}"))}";
}
