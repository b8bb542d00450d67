using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>
/// The people of <c>contacts.csv</c> beside the catalogue. They are no part of it: a telephone number that changes or is mistyped changes
/// no figure, and stops no service. The file may be missing; a faulty line is left out. Read when asked, if the file or the units changed.
/// </summary>
public sealed class ContactSource(CatalogueSource catalogues, ILogger<ContactSource> logger)
{
    private readonly Lock _reading = new();
    private (FileState File, UnitTree Units)? _read;
    private IReadOnlyList<Contact> _contacts = [];
    private IReadOnlyList<CatalogueFault> _faults = [];

    /// <summary>The contacts of the units in force, in the order of the file.</summary>
    public IReadOnlyList<Contact> Current => Read().Contacts;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => Read().Faults;

    private (IReadOnlyList<Contact> Contacts, IReadOnlyList<CatalogueFault> Faults) Read()
    {
        var units = catalogues.Current.Units;
        var state = (FileState.Of(catalogues.Folder, ContactRows.Shape), units);
        lock (_reading)
        {
            if (_read != state)
            {
                _read = state;
                var faults = new List<CatalogueFault>();
                _contacts = ContactRows.Read(CsvTable.Open(catalogues.Folder, ContactRows.Shape, faults), units);
                _faults = faults;
                if (faults.Count > 0)
                {
                    logger.LogError(
                        "The contacts in {Folder} have {Count} fault(s); these lines are left out. {Faults}",
                        catalogues.Folder, faults.Count, string.Join(Environment.NewLine, faults));
                }
            }

            return (_contacts, _faults);
        }
    }
}
