using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>
/// The rules of <c>reminders.csv</c> beside the catalogue. Like the routes they change no figure and stop no service: the file may be
/// missing, and a faulty line is left out. Read when asked, if the file or the catalogue changed.
/// </summary>
public sealed class ReminderSource(CatalogueSource catalogues, ILogger<ReminderSource> logger)
{
    private readonly Lock _reading = new();
    private (FileState File, Catalogue Catalogue)? _read;
    private IReadOnlyList<ReminderRule> _rules = [];
    private IReadOnlyList<CatalogueFault> _faults = [];

    /// <summary>The rules in force, in the order of the file.</summary>
    public IReadOnlyList<ReminderRule> Current => Read().Rules;

    /// <summary>What is wrong with the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults => Read().Faults;

    private (IReadOnlyList<ReminderRule> Rules, IReadOnlyList<CatalogueFault> Faults) Read()
    {
        var catalogue = catalogues.Current;
        lock (_reading)
        {
            var state = (FileState.Of(catalogues.Folder, ReminderRows.Shape), catalogue);
            if (_read != state)
            {
                var faults = new List<CatalogueFault>();
                _rules = ReminderRows.Read(CsvTable.Open(catalogues.Folder, ReminderRows.Shape, faults), catalogue);
                (_read, _faults) = (state, faults);
                if (faults.Count > 0)
                {
                    logger.LogError(
                        "The reminders in {Folder} have {Count} fault(s); these lines are left out. {Faults}",
                        catalogues.Folder, faults.Count, string.Join(Environment.NewLine, faults));
                }
            }

            return (_rules, _faults);
        }
    }
}
