using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Report;

/// <summary>Takes over the edited texts of reports, which no ledger has, into the cubes of the units' new partitions.</summary>
public static class EditedTextCopy
{
    /// <param name="former">The files of the present cubes; one that does not exist has none.</param>
    /// <param name="catalogue">The catalogue with the new partitions.</param>
    /// <param name="cubeOf">Where the new cube of a partition is written.</param>
    /// <returns>The number of texts, with all their versions.</returns>
    public static int Run(IEnumerable<Database> former, Catalogue catalogue, Func<Partition, Database> cubeOf)
    {
        var texts = former.Where(cube => File.Exists(cube.Name)).SelectMany(CubeStore.ReadEveryReportText).ToList();
        foreach (var home in texts.GroupBy(text => HomeOf(text.Key.Unit, catalogue)))
        {
            var cube = cubeOf(home.Key);
            AggregatorRegistration.Migrate(cube, NullLogger.Instance);
            CubeStore.WriteReportTexts(cube, [.. home]);
        }

        return texts.Count;
    }

    private static Partition HomeOf(string code, Catalogue catalogue) =>
        (catalogue.Units.TryFind(code, out var unit) ? unit : catalogue.Units.Topmost) is { } known
            ? catalogue.Partitions.HomeOf(known) : catalogue.Partitions.All[0];
}
