using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Bench.Storage;

/// <summary>Ledger and cube as the services use them, on any engine.</summary>
internal sealed class ServiceStorage
{
    private readonly LedgerStore _ledger;
    private readonly CubeStore _cube;
    private readonly CheckpointSigner _signer;

    /// <param name="ledger">An empty database.</param>
    /// <param name="cube">Another empty database.</param>
    /// <param name="key">The file for a signing key.</param>
    public ServiceStorage(Database ledger, Database cube, string key)
    {
        WorkerRegistration.Migrate(ledger, NullLogger.Instance);
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        (_ledger, _cube) = (new LedgerStore(ledger), new CubeStore(cube));
        _signer = CheckpointSigner.LoadOrCreate(key, _ledger);
    }

    /// <summary>
    /// Appends rows in groups, each as <see cref="LedgerCommitter"/> writes it: rows, tree, frontier, signed checkpoint, commit.
    /// </summary>
    public void Append(LedgerRowGenerator.GeneratedRows rows, int group)
    {
        foreach (var entries in rows.Entries.Chunk(group))
        {
            using var connection = _ledger.Open();
            using var transaction = Database.BeginWrite(connection);
            var (frontier, nodes) = (LedgerStore.ReadFrontier(connection, transaction), new List<TreeNode>());
            foreach (var entry in entries)
            {
                frontier.Append(entry.LeafHash, nodes);
            }

            LedgerStore.WriteEntries(connection, transaction, entries);
            StoredMerkleTree.Write(connection, transaction, nodes);
            LedgerStore.WriteHead(connection, transaction, frontier.ToBytes());
            LedgerStore.WriteCheckpoint(connection, transaction,
                _signer.Sign(frontier.Count, frontier.Root(), TimeProvider.System.GetUtcNow()));
            transaction.Commit();
        }
    }

    /// <summary>Stores the given number of effective months with twenty values each.</summary>
    public void FillEffectiveMonths(BenchData data, Catalogue catalogue, int rows)
    {
        using var connection = _cube.Open();
        using var transaction = Database.BeginWrite(connection);
        var numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
        CubeStore.WriteEffective(connection, transaction, Enumerable.Range(0, rows).Select(i =>
        {
            var source = new Provenance(new OrderKey(1, TimeSpan.TicksPerDay * 738_000L + i, Guid.CreateVersion7()), i + 1);
            var month = new EffectiveMonth(
                [.. catalogue.Indicators.Select(
                    (indicator, n) =>
                        new EffectiveValue(indicator.Code, new Figures((10_000 + (i * 31 + n) % 90_000) / 100m),
                            new FieldProvenance(source, FigureFields.Value)))]);
            return (data.Enterprises[i % data.Enterprises.Count], new Period(2021, 1).AddMonths(i / data.Enterprises.Count),
                EffectiveMonthCodec.Encode(month, numbers));
        }));
        transaction.Commit();
    }

    /// <summary>Loads the cube as an aggregator does at its start.</summary>
    public void LoadCube(Catalogue catalogue)
    {
        using var connection = _cube.Open();
        CubeLoader.Load(connection, catalogue, IndicatorNumbers.Load(connection, null, []));
    }
}
