using System.Data.Common;
using System.Globalization;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>Compares the cube and the published results with those that the oracle computes from the ledger.</summary>
/// <param name="Through">The last ledger row that was compared.</param>
/// <param name="Totals">The number of compared totals.</param>
/// <param name="Rankings">The number of compared rankings.</param>
/// <param name="Alerts">The number of compared alerts.</param>
/// <param name="Differences">The differences from the oracle.</param>
/// <param name="Notes">Pending work, which is no fault.</param>
internal sealed record CubeComparison(
    long Through, int Totals, int Rankings, int Alerts, IReadOnlyList<string> Differences, IReadOnlyList<Bilingual> Notes)
{
    // Without snapshot reads, a comparison is repeated if the cube was written meanwhile.
    private const int MaxAttempts = 5;

    /// <summary>The evidence that the cube was computed from another ledger; null: there is none.</summary>
    public static Bilingual? FindForeignLedger(StandaloneOptions options, LedgerStore ledger)
    {
        // The cube is read first, because the ledger of a running service is never behind it.
        using var connection = options.Cube.AsReadOnly().Open();
        var position = CubeStore.ReadPosition(connection);
        using var rows = ledger.Open();
        var last = LedgerStore.ReadLastSequence(rows);
        return position.AppliedThrough > last
            ? new($"结果已计入第 {position.AppliedThrough} 号，台账只到第 {last} 号",
                $"they hold row {position.AppliedThrough}, and the ledger ends at row {last}")
            : position.AppliedHash is { } hash && LedgerStore.ReadLeafHash(rows, position.AppliedThrough) != hash
                ? new($"台账第 {position.AppliedThrough} 号与计入结果的不是同一份报表",
                    $"row {position.AppliedThrough} of the ledger is not the one that they hold")
                : null;
    }

    /// <exception cref="InvalidOperationException">The results changed during every attempt.</exception>
    public static CubeComparison Compare(
        StandaloneOptions options, LedgerStore ledger, CheckpointSigner signer, Catalogue catalogue)
    {
        using var connection = options.Cube.AsReadOnly().Open();
        using var snapshot = Database.BeginRead(connection);
        return RetryPolicies.RereadUntil<CubeComparison?>(comparison => comparison is not null, MaxAttempts)
            .Execute(() => TryCompare(options.Cube.HasSnapshotReads, connection, snapshot, ledger, signer, catalogue))
            ?? throw new InvalidOperationException(
                "核对期间结果一直在更新。请在报送较少时重试，或停止汇总服务后再核对。 / The results went on changing while they were verified. "
                + "Try again when less is sent, or stop the aggregator first.");
    }

    // Null: the cube was written during the comparison.
    private static CubeComparison? TryCompare(
        bool hasSnapshotReads, DbConnection connection, DbTransaction snapshot, LedgerStore ledger, CheckpointSigner signer,
        Catalogue catalogue)
    {
        var before = ReadPosition(connection, snapshot);
        try
        {
            var comparison = Compare(connection, snapshot, ledger, signer, catalogue);
            return hasSnapshotReads || ReadPosition(connection, snapshot) == before ? comparison : null;
        }
        catch (DamagedDataException) when (!hasSnapshotReads && ReadPosition(connection, snapshot) != before)
        {
            // The rows include a new indicator, but the numbers of indicators were read before it was added.
            return null;
        }
    }

    private static List<LedgerEntry> ReadRequests(LedgerStore ledger, long through)
    {
        using var connection = ledger.Open();
        return [.. LedgerStore.ReadRequests(connection, after: 0).Where(row => row.Sequence <= through)];
    }

    // The position changes with every write to the cube.
    private static (long Applied, long Published, long Last) ReadPosition(DbConnection connection, DbTransaction snapshot)
    {
        var position = CubeStore.ReadPosition(connection, snapshot);
        return (position.AppliedThrough, position.PublishedThrough, CubeStore.ReadLastPublication(connection, snapshot));
    }

    private static CubeComparison Compare(
        DbConnection connection, DbTransaction snapshot, LedgerStore ledger, CheckpointSigner signer, Catalogue catalogue)
    {
        var position = CubeStore.ReadPosition(connection, snapshot);
        var numbers = IndicatorNumbers.Load(connection, snapshot, []);
        var cube = CubeLoader.Load(connection, catalogue, numbers, snapshot);
        var now = CubeStore.ReadLastPublishedAt(connection, snapshot) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : TimeProvider.System.GetUtcNow();
        var requests = ReadRequests(ledger, position.AppliedThrough);
        var months = requests.Select(row => row.ToMonthChange()).OfType<MonthStateChange>().ToList();
        var reviews = requests.Select(row => row.ToReview()).OfType<ReportReview>().ToList();
        var oracle = Oracle.Compute(catalogue, AcceptedPackFactory.ReadUpTo(ledger, position.AppliedThrough, catalogue), now,
            [.. months.Select(AcceptedMonthFacts.Create)], [.. reviews.Select(AcceptedReviewFacts.Create)]);
        var differences =
            CubeVerifier.Compare(cube, oracle, now)
            .Concat(PublishedResultsVerifier.Compare(PublicationReader.NewestVersions(CubeStore.ReadNewest(connection, snapshot)), oracle))
            .Select(difference => difference.ToString()).ToList();
        differences.AddRange(months.Except(cube.Months.All).Concat(cube.Months.All.Except(months)).Select(change =>
            $"{change.Period}: its change by ledger row {change.Sequence} is not the same in ledger and results."));
        differences.AddRange(reviews.Except(cube.Reviews.All).Concat(cube.Reviews.All.Except(reviews)).Select(review =>
            $"{review.Unit} {review.Period}: its review by ledger row {review.Sequence} is not the same in ledger and results."));
        var last = CubeStore.ReadLastPublication(connection, snapshot);
        if (position.PublishedThrough > last)
        {
            differences.Add(
                $"results through {position.PublishedThrough} are marked as published, and the last one stored is {last}: results were "
                + "removed, or the mark was altered, by hand.");
        }

        using var rows = ledger.Open();
        var releases = CubeStore.ReadReleases(connection, snapshot).All.ToList();
        differences.AddRange(releases.Select(release => FindDamage(connection, snapshot, release)).OfType<string>());
        differences.AddRange(releases.Select(release => ReleaseCheck.FindFault(release, rows, signer)).OfType<string>());
        return new CubeComparison(
            position.AppliedThrough, oracle.Totals.Count, oracle.Rankings.Count, oracle.Alerts.Count, differences,
            [
                .. releases.Select(release => ReleaseCheck.DescribeFormer(release, rows)).OfType<Bilingual>(),
                .. DescribePending(position, LedgerStore.ReadLastSequence(rows), last),
            ]);
    }

    // Null: all that the release names is there.
    private static string? FindDamage(DbConnection connection, DbTransaction snapshot, ReleasedMonth release)
    {
        try
        {
            CubeStore.ReadReleased(connection, release, snapshot);
            return null;
        }
        catch (DamagedDataException damaged)
        {
            return damaged.Message;
        }
    }

    // Work that a killed process left unfinished is no fault: the next start, or the running service, completes it.
    private static IEnumerable<Bilingual> DescribePending(CubePosition position, long lastRow, long lastResult)
    {
        if (position.AppliedThrough < lastRow)
        {
            yield return new(
                $"  台账第 {position.AppliedThrough + 1} 至 {lastRow} 号尚未计入结果：服务启动后即计入。",
                $"  Ledger rows {position.AppliedThrough + 1} to {lastRow} are not in the results yet: the service applies them "
                + "once it runs.");
        }

        if (position.PublishedThrough < lastResult)
        {
            yield return new(
                $"  第 {position.PublishedThrough + 1} 至 {lastResult} 项结果已存、尚未发布：服务启动后即发布。",
                $"  Results {position.PublishedThrough + 1} to {lastResult} are stored and not yet published: the service publishes them "
                + "once it runs.");
        }
    }
}
