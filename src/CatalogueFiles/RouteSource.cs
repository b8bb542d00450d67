using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>Who hears of which alerts, and on which days.</summary>
/// <param name="Routes">In the order of the file.</param>
/// <param name="WorkingDays">The working days.</param>
public sealed record AlertRouting(IReadOnlyList<AlertRoute> Routes, WorkingDays WorkingDays);

/// <summary>
/// The routes of <c>routes.csv</c> and the days of <c>holidays.csv</c> beside the catalogue. Like the contacts they change no figure and
/// stop no service: a file may be missing, and a faulty line is left out. Read when asked, if a file or the catalogue changed.
/// </summary>
public sealed class RouteSource(CatalogueSource catalogues, ILogger<RouteSource> logger)
{
    private readonly Lock _reading = new();
    private (FileState Routes, FileState Holidays, Catalogue Catalogue)? _read;
    private AlertRouting _routing = new([], WorkingDays.MondayToFriday);
    private IReadOnlyList<CatalogueFault> _faults = [];

    /// <summary>The routes in force.</summary>
    public AlertRouting Current => Read().Routing;

    /// <summary>What is wrong with the files.</summary>
    public IReadOnlyList<CatalogueFault> Faults => Read().Faults;

    /// <summary>The routes of a folder, for a program that does not follow its changes.</summary>
    public static (AlertRouting Routing, IReadOnlyList<CatalogueFault> Faults) ReadFolder(string folder, Catalogue catalogue)
    {
        var faults = new List<CatalogueFault>();
        var routes = RouteRows.Read(CsvTable.Open(folder, RouteRows.Shape, faults), catalogue);
        return (new(routes, HolidayRows.Read(CsvTable.Open(folder, HolidayRows.Shape, faults))), faults);
    }

    private (AlertRouting Routing, IReadOnlyList<CatalogueFault> Faults) Read()
    {
        var catalogue = catalogues.Current;
        lock (_reading)
        {
            var state = (FileState.Of(catalogues.Folder, RouteRows.Shape), FileState.Of(catalogues.Folder, HolidayRows.Shape), catalogue);
            if (_read != state)
            {
                (_read, (_routing, _faults)) = (state, ReadFolder(catalogues.Folder, catalogue));
                if (_faults.Count > 0)
                {
                    logger.LogError(
                        "The routes in {Folder} have {Count} fault(s); these lines are left out. {Faults}",
                        catalogues.Folder, _faults.Count, string.Join(Environment.NewLine, _faults));
                }
            }

            return (_routing, _faults);
        }
    }
}
