using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>The rules of <c>reminders.csv</c> beside the catalogue.</summary>
public sealed class ReminderSource(CatalogueSource catalogues, ILogger<ReminderSource> logger)
{
    private readonly RowsBesideCatalogue<IReadOnlyList<ReminderRule>> _rows = new(
        catalogues, "reminders", [ReminderRows.Shape.File],
        (folder, catalogue, faults) => ReminderRows.Read(CsvTable.Open(folder, ReminderRows.Shape, faults), catalogue), logger);

    /// <summary>The rules in force, in the order of the file.</summary>
    public IReadOnlyList<ReminderRule> Current => _rows.Read().Rows;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => _rows.Read().Faults;
}
