using Microsoft.Extensions.Logging;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>
/// What files beside the catalogue say. They change no figure and stop no service: a file may be missing, and a faulty line is left out.
/// Read when asked, if a file or the catalogue changed.
/// </summary>
/// <param name="catalogues">The catalogue, and the folder of the files.</param>
/// <param name="name">What the rows are, for the log.</param>
/// <param name="names">The names of the files.</param>
/// <param name="read">Reads the files of a folder, and adds what is wrong with them to the list.</param>
/// <param name="logger">Logs what is wrong with the files, once for each edit.</param>
internal sealed class RowsBesideCatalogue<T>(
    CatalogueSource catalogues, string name, IReadOnlyList<string> names, Func<string, Catalogue, List<CatalogueFault>, T> read,
    ILogger logger)
{
    private readonly Lock _reading = new();
    private (List<FileState> Files, Catalogue Catalogue)? _read;
    private (T Rows, IReadOnlyList<CatalogueFault> Faults) _found;

    /// <summary>The rows in force, and what is wrong with the files.</summary>
    public (T Rows, IReadOnlyList<CatalogueFault> Faults) Read()
    {
        var catalogue = catalogues.Current;
        lock (_reading)
        {
            List<FileState> files = [.. names.Select(each => FileState.Of(catalogues.Folder, each))];
            if (_read is { } before && before.Catalogue == catalogue && before.Files.SequenceEqual(files))
            {
                return _found;
            }

            var faults = new List<CatalogueFault>();
            (_found, _read) = ((read(catalogues.Folder, catalogue, faults), faults), (files, catalogue));
            if (faults.Count > 0)
            {
                logger.LogError(
                    "The {Rows} in {Folder} have {Count} fault(s); these lines are left out. {Faults}", name, catalogues.Folder,
                    faults.Count, string.Join(Environment.NewLine, faults));
            }

            return _found;
        }
    }
}
