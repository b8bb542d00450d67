using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>Who hears of which alerts, and on which days.</summary>
/// <param name="Routes">In the order of the file.</param>
/// <param name="WorkingDays">The working days.</param>
public sealed record AlertRouting(IReadOnlyList<AlertRoute> Routes, WorkingDays WorkingDays);

/// <summary>The routes of <c>routes.csv</c> and the days of <c>holidays.csv</c> beside the catalogue.</summary>
public sealed class RouteSource(CatalogueSource catalogues, ILogger<RouteSource> logger)
{
    private readonly RowsBesideCatalogue<AlertRouting> _rows = new(
        catalogues, "routes", [RouteRows.Shape.File, HolidayRows.Shape.File], ReadFiles, logger);

    /// <summary>The routes in force.</summary>
    public AlertRouting Current => _rows.Read().Rows;

    /// <summary>What is wrong with the files.</summary>
    public IReadOnlyList<CatalogueFault> Faults => _rows.Read().Faults;

    /// <summary>The routes of a folder, for a program that does not follow its changes.</summary>
    public static (AlertRouting Routing, IReadOnlyList<CatalogueFault> Faults) ReadFolder(string folder, Catalogue catalogue)
    {
        var faults = new List<CatalogueFault>();
        return (ReadFiles(folder, catalogue, faults), faults);
    }

    private static AlertRouting ReadFiles(string folder, Catalogue catalogue, List<CatalogueFault> faults) => new(
        RouteRows.Read(CsvTable.Open(folder, RouteRows.Shape, faults), catalogue),
        HolidayRows.Read(CsvTable.Open(folder, HolidayRows.Shape, faults)));
}
