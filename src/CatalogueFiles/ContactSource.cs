using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>
/// The people of <c>contacts.csv</c> beside the catalogue. They are no part of it: a telephone number that changes or is mistyped changes
/// no figure, and stops no service.
/// </summary>
public sealed class ContactSource(CatalogueSource catalogues, ILogger<ContactSource> logger)
{
    private readonly RowsBesideCatalogue<IReadOnlyList<Contact>> _rows = new(
        catalogues, "contacts", [ContactRows.Shape.File],
        (folder, catalogue, faults) => ContactRows.Read(CsvTable.Open(folder, ContactRows.Shape, faults), catalogue.Units), logger);

    /// <summary>The contacts of the units in force, in the order of the file.</summary>
    public IReadOnlyList<Contact> Current => _rows.Read().Rows;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => _rows.Read().Faults;
}
