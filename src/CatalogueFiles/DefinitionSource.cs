using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>The definitions of <c>definitions.csv</c> beside the catalogue. A word that is corrected changes no figure.</summary>
public sealed class DefinitionSource(CatalogueSource catalogues, ILogger<DefinitionSource> logger)
{
    private readonly RowsBesideCatalogue<IReadOnlyList<IndicatorDefinition>> _rows = new(
        catalogues, "definitions", [DefinitionRows.Shape.File],
        (folder, catalogue, faults) => DefinitionRows.Read(CsvTable.Open(folder, DefinitionRows.Shape, faults), catalogue), logger);

    /// <summary>The definitions of indicators in force, in the order of the file.</summary>
    public IReadOnlyList<IndicatorDefinition> Current => _rows.Read().Rows;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => _rows.Read().Faults;
}
