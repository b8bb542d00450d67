using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Maps;
using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles;

/// <summary>The outlines of <c>map.geojson</c> beside the catalogue, if there is one. They change no figure and stop no service.</summary>
public sealed class OutlineSource(CatalogueSource catalogues, ILogger<OutlineSource> logger)
{
    private readonly RowsBesideCatalogue<IReadOnlyList<UnitOutline>> _outlines = new(
        catalogues, "outlines", [OutlineFile.Name],
        (folder, catalogue, faults) => OutlineFile.Read(folder, catalogue.Units, faults), logger);

    /// <summary>The outlines of units in force, in the order of the file.</summary>
    public IReadOnlyList<UnitOutline> Current => _outlines.Read().Rows;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => _outlines.Read().Faults;
}
