using System.Data.Common;
using System.Globalization;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>The databases of one partition that are compared, and the key of its ledger.</summary>
internal sealed record ComparedStores(Partition Partition, Database Cube, LedgerStore Ledger, CheckpointSigner Signer)
{
    /// <summary>The evidence that the cube was computed from another ledger; null: there is none.</summary>
    public Bilingual? FindForeignLedger()
    {
        // The cube is read first, because the ledger of a running service is never behind it.
        using var connection = Cube.AsReadOnly().Open();
        var position = CubeStore.ReadPosition(connection);
        using var rows = Ledger.Open();
        var last = LedgerStore.ReadLastSequence(rows);
        return position.AppliedThrough > last
            ? new($"结果已计入第 {position.AppliedThrough} 号，台账只到第 {last} 号",
                $"they hold row {position.AppliedThrough}, and the ledger ends at row {last}")
            : position.AppliedHash is { } hash && LedgerStore.ReadLeafHash(rows, position.AppliedThrough) != hash
                ? new($"台账第 {position.AppliedThrough} 号与计入结果的不是同一份报表",
                    $"row {position.AppliedThrough} of the ledger is not the one that they hold")
                : null;
    }
}

/// <summary>The cube of one partition, as it is stored at one time, with the rows of its ledger that it was made from.</summary>
internal sealed class ComparedCube : IDisposable
{
    private readonly ComparedStores _stores;
    private readonly DbConnection _connection;
    private readonly DbTransaction _snapshot;
    private readonly (long Applied, long Published, long Last) _before;

    public ComparedCube(ComparedStores stores, Catalogue catalogue)
    {
        _stores = stores;
        _connection = stores.Cube.AsReadOnly().Open();
        _snapshot = Database.BeginRead(_connection);
        try
        {
            _before = ReadPosition();
            Position = CubeStore.ReadPosition(_connection, _snapshot);
            var stored = CubeStore.ReadRollUps(_connection, _snapshot);
            Cube = CubeLoader.Load(
                _connection, catalogue, IndicatorNumbers.Load(_connection, _snapshot, []), _snapshot, stores.Partition);
            if (Cube.Scope is { } scope)
            {
                var exchange = new RollUpExchange(Cube, epoch: 0);
                exchange.Restore(stored);
                HasHeardAll = scope.Neighbours.Count == exchange.Senders.Count;
                Others = exchange.Senders;
            }
        }
        catch (DamagedDataException) when (WasWritten())
        {
            // The rows include a new indicator, but the numbers of indicators were read before it was added.
            Dispose();
            throw new CubeChangedException();
        }
        catch
        {
            Dispose();
            throw;
        }

        Now = CubeStore.ReadLastPublishedAt(_connection, _snapshot) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : TimeProvider.System.GetUtcNow();
        using var rows = stores.Ledger.Open();
        var requests = LedgerStore.ReadRequests(rows, after: 0).Where(row => row.Sequence <= Position.AppliedThrough).ToList();
        Months = [.. requests.Select(row => row.ToMonthChange()).OfType<MonthStateChange>()];
        Reviews = [.. requests.Select(row => row.ToReview()).OfType<ReportReview>()];
    }

    public Partition Partition => _stores.Partition;

    public CubePosition Position { get; }

    public IndicatorCube Cube { get; } = null!;

    /// <summary>The time as of which its results are judged.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>What its ledger has of closings and reopenings.</summary>
    public IReadOnlyList<MonthStateChange> Months { get; }

    /// <summary>What its ledger has of reviews.</summary>
    public IReadOnlyList<ReportReview> Reviews { get; }

    /// <summary>Whether all partitions around it have sent their sums.</summary>
    public bool HasHeardAll { get; } = true;

    /// <summary>What it has of the partitions around it.</summary>
    public IReadOnlyList<RollUpSender> Others { get; } = [];

    /// <summary>The submissions of its ledger that it was made from.</summary>
    public IEnumerable<AcceptedSubmission> ReadAccepted(Catalogue catalogue) =>
        AcceptedPackFactory.ReadUpTo(_stores.Ledger, Position.AppliedThrough, catalogue);

    /// <summary>Whether it was written since it was read, where a reader has no snapshot.</summary>
    public bool WasWritten() => !_stores.Cube.HasSnapshotReads && ReadPosition() != _before;

    /// <summary>The differences of its results from those of the oracle.</summary>
    public IEnumerable<string> CompareResults(OracleResults oracle) => CubeVerifier.Compare(Cube, oracle, Now)
        .Concat(PublishedResultsVerifier.Compare(
            PublicationReader.NewestVersions(CubeStore.ReadNewest(_connection, _snapshot)), oracle, Cube.HasReportsOf))
        .Select(difference => difference.ToString());

    /// <summary>The differences from its ledger in what is no result: months, reviews, releases and the mark of publication.</summary>
    public IEnumerable<string> CompareRecords()
    {
        var differences = Months.Except(Cube.Months.All).Concat(Cube.Months.All.Except(Months)).Select(change =>
            $"{change.Period}: its change by ledger row {change.Sequence} is not the same in ledger and results.").ToList();
        differences.AddRange(Reviews.Except(Cube.Reviews.All).Concat(Cube.Reviews.All.Except(Reviews)).Select(review =>
            $"{review.Unit} {review.Period}: its review by ledger row {review.Sequence} is not the same in ledger and results."));
        if (Position.PublishedThrough > LastPublication)
        {
            differences.Add(
                $"results through {Position.PublishedThrough} are marked as published, and the last one stored is {LastPublication}: "
                + "results were removed, or the mark was altered, by hand.");
        }

        if (CubePruning.ReadUnrecorded(_connection, _snapshot) is not 0 and var unrecorded)
        {
            differences.Add(
                $"{Math.Abs(unrecorded)} published messages have lost their figures by no recorded pruning, or the record of one was "
                + "altered, by hand.");
        }

        using var rows = _stores.Ledger.Open();
        var releases = CubeStore.ReadReleases(_connection, _snapshot).All.ToList();
        differences.AddRange(releases.Select(FindDamage).OfType<string>());
        differences.AddRange(releases.Select(release => ReleaseCheck.FindFault(
            release, rows, _stores.Signer, _stores.Ledger.PartitionPath)).OfType<string>());
        return differences;
    }

    /// <summary>
    /// What is no fault: pending work, which the next start, or the running service, completes; and what was pruned.
    /// </summary>
    public IEnumerable<Bilingual> DescribePending()
    {
        using var rows = _stores.Ledger.Open();
        var releases = CubeStore.ReadReleases(_connection, _snapshot).All.ToList();
        var notes = releases.Select(release => ReleaseCheck.DescribeFormer(release, rows)).OfType<Bilingual>().ToList();
        var lastRow = LedgerStore.ReadLastSequence(rows);
        if (Position.AppliedThrough < lastRow)
        {
            notes.Add(new(
                $"  台账第 {Position.AppliedThrough + 1} 至 {lastRow} 号尚未计入结果：服务启动后即计入。",
                $"  Ledger rows {Position.AppliedThrough + 1} to {lastRow} are not in the results yet: the service applies them "
                + "once it runs."));
        }

        if (Position.PublishedThrough < LastPublication)
        {
            notes.Add(new(
                $"  第 {Position.PublishedThrough + 1} 至 {LastPublication} 项结果已存、尚未发布：服务启动后即发布。",
                $"  Results {Position.PublishedThrough + 1} to {LastPublication} are stored and not yet published: the service "
                + "publishes them once it runs."));
        }

        var runs = CubePruning.ReadRuns(_connection, _snapshot);
        if (PruningSummary.Describe(runs) is { } pruned)
        {
            notes.Add(new($"  {pruned.Zh}", $"  {pruned.En}"));
        }

        if (runs is [.., { EndedAt: null }])
        {
            notes.Add(new(
                "  最近一次清理未到结尾：若已不在运行，请再运行一次 xilin-admin prune。",
                "  The last pruning has not ended: if it does not run any more, run xilin-admin prune again."));
        }

        return notes;
    }

    public void Dispose()
    {
        _snapshot.Dispose();
        _connection.Dispose();
    }

    private long LastPublication => CubeStore.ReadLastPublication(_connection, _snapshot);

    // The position changes with every write to the cube.
    private (long Applied, long Published, long Last) ReadPosition()
    {
        var position = CubeStore.ReadPosition(_connection, _snapshot);
        return (position.AppliedThrough, position.PublishedThrough, LastPublication);
    }

    // Null: all that the release names is there.
    private string? FindDamage(ReleasedMonth release)
    {
        try
        {
            CubeStore.ReadReleased(_connection, release, _snapshot);
            return null;
        }
        catch (DamagedDataException damaged)
        {
            return damaged.Message;
        }
    }
}

/// <summary>A cube was written while it was read.</summary>
internal sealed class CubeChangedException() : Exception("The cube was written while it was read.");
