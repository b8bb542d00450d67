using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Catalogues;

/// <summary>The available catalogue: the files themselves, or the indicators and units as the service last returned them.</summary>
/// <param name="catalogue">Has no targets, rules and calendar if it came from the service.</param>
/// <param name="isWhole">Whether it has targets, rules and calendar.</param>
internal sealed class ClientCatalogue(Catalogue catalogue, bool isWhole)
{
    public Catalogue Catalogue { get; } = catalogue;

    public bool IsComplete { get; } = isWhole;

    /// <summary>Finds units and indicators by their names.</summary>
    public CatalogueNames Names { get; } = new(catalogue);

    /// <exception cref="CommandException">The folder has no valid catalogue.</exception>
    public static ClientCatalogue FromFolder(string folder)
    {
        var result = CatalogueReader.Read(folder);
        return result.IsValid
            ? new(result.Catalogue, isWhole: true)
            : throw new CommandException(ExitCodes.Usage,
                $"目录 {folder} 有 {result.Faults.Count} 处错误：{result.Faults[0].ToStringZh()}",
                $"The catalogue in {folder} has {result.Faults.Count} faults: {result.Faults[0]}");
    }

    /// <summary>The indicators that a unit reports, in the catalogue's order, whether or not they are due that month.</summary>
    public IEnumerable<Indicator> ReportedBy(Unit unit, Period period) =>
        Catalogue.Indicators.Where(indicator => UnitTree.Reports(unit, indicator, period));

    /// <summary>The path of a unit in a month; null: the unit is not in the catalogue.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="period">The month, <c>yyyy-MM</c>.</param>
    public string? PathOf(string unit, string period) =>
        Catalogue.Units.TryFind(unit, out var found)
            ? Catalogue.Units.PathOf(found, Period.TryParse(period, out var month) ? month : default)
            : null;
}
