using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>What the databases of one partition have at the end of a run.</summary>
internal sealed class PartitionRecords
{
    public PartitionRecords(PartitionStores stores)
    {
        (Stores, Ledger) = (stores, new LedgerStore(stores.Ledger, stores.Partition));
        using var connection = Ledger.Open();
        Rows = LedgerStore.ReadFrom(connection, 1, long.MaxValue).ToDictionary(row => row.Sequence);
        Publications = [.. new CubeStore(stores.Cube).ReadPublicationsAfter(0, int.MaxValue)];
    }

    public PartitionStores Stores { get; }

    public Partition Partition => Stores.Partition;

    public LedgerStore Ledger { get; }

    public Dictionary<long, LedgerEntry> Rows { get; }

    public List<Publication> Publications { get; }

    public long LastRow => Rows.Count;

    /// <summary>The accepted requests about months, in their order.</summary>
    public IReadOnlyList<MonthStateChange> Months => [.. InOrder.Select(row => row.ToMonthChange()).OfType<MonthStateChange>()];

    public IReadOnlyList<ReportReview> Reviews => [.. InOrder.Select(row => row.ToReview()).OfType<ReportReview>()];

    /// <summary>The ids of the accepted requests about months, in their order.</summary>
    public IReadOnlyList<Guid> MonthRequests => [.. InOrder.Where(row => row.ToMonthChange() is not null).Select(row => row.SubmissionId)];

    private IEnumerable<LedgerEntry> InOrder => Rows.Values.OrderBy(row => row.Sequence);

    public IEnumerable<AcceptedSubmission> ReadAccepted(Catalogue catalogue) =>
        AcceptedPackFactory.ReadUpTo(Ledger, LastRow, catalogue);

    public CubePosition ReadPosition()
    {
        using var connection = Stores.Cube.Open();
        return CubeStore.ReadPosition(connection);
    }

    /// <summary>The stored cube, with the sums of the other partitions that are stored in it.</summary>
    public (IndicatorCube Cube, IReadOnlyList<ResultVersion> Newest) LoadCube(Catalogue catalogue)
    {
        using var connection = Stores.Cube.Open();
        using var snapshot = Database.BeginRead(connection);
        var cube = CubeLoader.Load(connection, catalogue, IndicatorNumbers.Load(connection, snapshot, []), snapshot, Partition);
        if (cube.Scope is not null)
        {
            new RollUpExchange(cube, epoch: 0).Restore(CubeStore.ReadRollUps(connection, snapshot));
        }

        return (cube, [.. PublicationReader.NewestVersions(CubeStore.ReadNewest(connection, snapshot))]);
    }
}
