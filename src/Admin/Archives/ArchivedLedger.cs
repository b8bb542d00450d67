using System.Data.Common;
using System.Text;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Admin.Archives;

/// <summary>A row of the log.</summary>
internal sealed record ArchivedEntry(string Partition, LedgerEntry Entry);

/// <summary>A figure that counts, and the row of the log that it comes from.</summary>
internal sealed record ArchivedFigure(string Partition, string Unit, Period Period, string Indicator, Figures Figures, long Sequence);

/// <summary>The hash of a row of the log.</summary>
internal sealed record ArchivedLeaf(string Partition, long Sequence, string Hash);

/// <summary>One ledger, read in one transaction through its newest checkpoint.</summary>
internal sealed class ArchivedLedger : IDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _snapshot;
    private readonly LedgerStore _store;

    public ArchivedLedger(Database database, Partition partition, string keyPath)
    {
        _store = new LedgerStore(database, partition);
        Signer = CheckpointSigner.Load(keyPath, _store);
        _connection = _store.Open();
        _snapshot = Database.BeginRead(_connection);
        Checkpoint = _store.ReadCheckpoint(_connection, transaction: _snapshot);
    }

    public string Partition => _store.PartitionPath ?? "";

    public CheckpointSigner Signer { get; }

    /// <summary>The checkpoint as a signed note; null: the ledger has no rows.</summary>
    public string? Note => Checkpoint is { } signed
        ? CheckpointNote.Compose(signed.Origin, signed.TreeSize, signed.Root, signed.Signatures)?.ToString() : null;

    /// <summary>Null: the ledger has no rows.</summary>
    public Checkpoint? Checkpoint { get; }

    private long Through => Checkpoint?.TreeSize ?? 0;

    /// <summary>What rows of the log decided about months and reports.</summary>
    public RecordedStates ReadStates()
    {
        var states = new RecordedStates();
        foreach (var row in LedgerStore.ReadRequests(_connection, after: 0, _snapshot).TakeWhile(row => row.Sequence <= Through))
        {
            states.Apply(row);
        }

        return states;
    }

    /// <exception cref="AdminCommandException">The log does not hold.</exception>
    public void Verify(CatalogueSource catalogues)
    {
        var log = new LedgerVerifier(_store, Signer, catalogues).Verify();
        if (log.FaultCount > 0)
        {
            throw new AdminCommandException(
                $"台账 {_store.Name} 有 {log.FaultCount} 处不符：{log.Faults[0]} 请先运行 verify，并从备份恢复。什么都没有写入。",
                $"The ledger {_store.Name} has {log.FaultCount} faults: {log.Faults[0]} Run verify and restore a backup first. Nothing was "
                + "written.");
        }
    }

    public IEnumerable<ArchivedEntry> ReadEntries(int year) =>
        LedgerStore.ReadFrom(_connection, 1, Through, _snapshot)
            .Where(entry => Period.TryParse(entry.Period, out var period) && period.Year == year)
            .Select(entry => new ArchivedEntry(Partition, entry));

    public IEnumerable<ArchivedLeaf> ReadLeaves() => LedgerStore.ReadLeafHashes(_connection, 1, Through, _snapshot)
        .Select((hash, i) => new ArchivedLeaf(Partition, i + 1, Convert.ToHexStringLower(hash)));

    /// <param name="year">The year.</param>
    /// <param name="returned">Rows whose figures do not count, because a reviewer returned them.</param>
    public IEnumerable<ArchivedFigure> ReadFigures(int year, IReadOnlySet<long> returned)
    {
        var numbers = IndicatorNumbers.Load(_connection, _snapshot, []);
        foreach (var (unit, period, data) in LedgerStore.ReadAllEffectiveMonths(_connection, _snapshot)
            .Where(month => month.Period.Year == year))
        {
            foreach (var value in EffectiveMonthCodec.Decode(data, numbers).Values)
            {
                var figures = value.Counted(returned);
                if (figures != default)
                {
                    yield return new(Partition, unit, period, value.Indicator.Value, figures, value.Provenance.Latest.Sequence);
                }
            }
        }
    }

    public static string TextOf(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetString(text.Span);

    public void Dispose()
    {
        _snapshot.Dispose();
        _connection.Dispose();
    }
}
