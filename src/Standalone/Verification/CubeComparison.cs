using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Standalone;

/// <summary>
/// Compares the cubes and the published results with those that the oracle computes from the ledgers. Where the unit tree is split, the
/// oracle computes the whole tree from the rows that the cubes have, and each cube is compared in the nodes that it owns.
/// </summary>
/// <param name="Through">The last ledger row that was compared; of several ledgers, how many rows.</param>
/// <param name="Totals">The number of compared totals.</param>
/// <param name="Rankings">The number of compared rankings.</param>
/// <param name="Alerts">The number of compared alerts.</param>
/// <param name="Differences">The differences from the oracle.</param>
/// <param name="Notes">Pending work, and what was pruned: no faults.</param>
/// <param name="NotCompared">The partitions whose results were not compared: they lack sums of others.</param>
internal sealed record CubeComparison(
    long Through, int Totals, int Rankings, int Alerts, IReadOnlyList<string> Differences, IReadOnlyList<Bilingual> Notes,
    int NotCompared)
{
    // Without snapshot reads, a comparison is repeated if a cube was written meanwhile; and while the cubes of a running service have not
    // told each other their newest sums.
    private const int MaxAttempts = 5;
    private static readonly TimeSpan PauseWhileUnsettled = TimeSpan.FromSeconds(1);

    // The rows of several ledgers have the same numbers. For the oracle those of each ledger are moved beyond the others'.
    private const long RowsOfLedger = 1L << 40;

    /// <exception cref="InvalidOperationException">The results changed during every attempt.</exception>
    public static CubeComparison Compare(IReadOnlyList<ComparedStores> stores, Catalogue catalogue) =>
        RetryPolicies.RereadUntil<CubeComparison?>(comparison => comparison is { NotCompared: 0 }, MaxAttempts, PauseWhileUnsettled)
            .Execute(() => TryCompare(stores, catalogue))
            ?? throw new InvalidOperationException(
                "核对期间结果一直在更新。请在报送较少时重试，或停止汇总服务后再核对。 / The results went on changing while they were verified. "
                + "Try again when less is sent, or stop the aggregator first.");

    // Null: a cube was written during the comparison.
    private static CubeComparison? TryCompare(IReadOnlyList<ComparedStores> stores, Catalogue catalogue)
    {
        var cubes = new List<ComparedCube>();
        try
        {
            foreach (var each in stores)
            {
                cubes.Add(new ComparedCube(each, catalogue));
            }

            var comparison = Compare(cubes, catalogue);
            return cubes.Exists(cube => cube.WasWritten()) ? null : comparison;
        }
        catch (Exception exception)
            when (exception is CubeChangedException || (exception is DamagedDataException && cubes.Exists(cube => cube.WasWritten())))
        {
            return null;
        }
        finally
        {
            cubes.ForEach(cube => cube.Dispose());
        }
    }

    private static CubeComparison Compare(List<ComparedCube> cubes, Catalogue catalogue)
    {
        var settled = cubes.Where(cube => IsSettled(cube, cubes)).ToList();
        var (differences, notes) = (new List<string>(), new List<Bilingual>());
        OracleResults? oracle = null;
        foreach (var sameTime in settled.GroupBy(cube => PassedTimes(catalogue, cube)))
        {
            oracle = Compute(cubes, catalogue, sameTime.First().Now);
            foreach (var cube in sameTime)
            {
                differences.AddRange(cube.CompareResults(oracle).Select(difference => Name(cube, difference)));
            }
        }

        foreach (var cube in cubes)
        {
            differences.AddRange(cube.CompareRecords().Select(difference => Name(cube, difference)));
            notes.AddRange(cube.DescribePending().Select(note => Name(cube, note)));
        }

        notes.AddRange(cubes.Except(settled).Select(cube => new Bilingual(
            $"  分区 {cube.Partition.Path} 尚未收到其他分区的最新数：其结果未比对，服务运行后即更新，可再核对一次。",
            $"  Partition {cube.Partition.Path} does not have the newest sums of the others yet: its results were not compared. The "
            + "service brings them up to date once it runs; then verify again.")));
        return new CubeComparison(
            cubes.Sum(cube => cube.Position.AppliedThrough), oracle?.Totals.Count ?? 0, oracle?.Rankings.Count ?? 0,
            oracle?.Alerts.Count ?? 0, differences, notes, cubes.Count - settled.Count);
    }

    // A cube whose sums of others are of the rows that those have; always, where it has the whole tree.
    private static bool IsSettled(ComparedCube cube, List<ComparedCube> all)
    {
        var applied = all.ToDictionary(each => each.Partition.Path, each => each.Position.AppliedThrough);
        return cube.HasHeardAll && cube.Others.All(other => other.HasWholesOf(cube.Cube.ReportedMonths())
            && other.Through == applied[other.From]
            && other.Includes.All(row => applied.GetValueOrDefault(row.Key) == row.Value));
    }

    private static OracleResults Compute(List<ComparedCube> cubes, Catalogue catalogue, DateTimeOffset now) => Oracle.Compute(
        catalogue,
        cubes.SelectMany((cube, i) => cube.ReadAccepted(catalogue)
            .Select(row => i == 0 ? row : row with { Sequence = row.Sequence + i * RowsOfLedger })),
        now,
        // The changes of months are in every ledger.
        [.. cubes[0].Months.Select(AcceptedMonthFacts.Create)],
        [.. cubes.SelectMany((cube, i) => cube.Reviews.Select(AcceptedReviewFacts.Create)
            .Select(review => i == 0 ? review : review with
            {
                Sequence = review.Sequence + i * RowsOfLedger,
                Row = review.Row + i * RowsOfLedger,
            }))]);

    // What the time decides: which dates of the calendar have passed. The cubes have published at different times.
    private static string PassedTimes(Catalogue catalogue, ComparedCube cube) => string.Join(' ', catalogue.Calendar
        .Where(window => cube.Now > cube.Cube.Months.MayBeFinalAfter(window)).Select(window => window.Period));

    private static string Name(ComparedCube cube, string difference) =>
        cube.Partition.IsWholeTree ? difference : $"{cube.Partition.Path}: {difference}";

    private static Bilingual Name(ComparedCube cube, Bilingual note) =>
        cube.Partition.IsWholeTree
            ? note : new($"  分区 {cube.Partition.Path}：{note.Zh.Trim()}", $"  {cube.Partition.Path}: {note.En.Trim()}");
}
