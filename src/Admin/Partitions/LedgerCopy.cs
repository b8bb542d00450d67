using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Admin.Partitions;

/// <summary>A new ledger that takes over rows of others: with a sequence and a log of its own, and each verdict as it was given.</summary>
internal sealed class LedgerCopy
{
    private const int BatchSize = 500;

    private readonly CheckpointSigner _signer;
    private readonly Catalogue _catalogue;
    private readonly TimeProvider _clock;
    private readonly List<LedgerEntry> _batch = [];
    private readonly HashSet<Guid> _ids = [];
    private readonly Dictionary<(string Unit, Period Period), EffectiveMonth> _effective = [];

    /// <param name="database">An empty database with the tables of a ledger.</param>
    /// <param name="partition">The part of the tree that it gets.</param>
    /// <param name="key">The key that signed the present ledgers, and their name.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="clock">The time of its checkpoints.</param>
    /// <exception cref="AdminCommandException">It has rows.</exception>
    public LedgerCopy(Database database, Partition partition, SigningKey key, Catalogue catalogue, TimeProvider clock)
    {
        (Store, _catalogue, _clock) = (new LedgerStore(database, partition), catalogue, clock);
        EnsureEmpty(Store);
        _signer = CheckpointSigner.LoadOrCreate(key.Path, Store, key.Origin);
    }

    /// <exception cref="AdminCommandException">A ledger that is to be made has rows.</exception>
    public static void EnsureEmpty(LedgerStore store)
    {
        using var connection = store.Open();
        if (LedgerStore.ReadLastSequence(connection) > 0)
        {
            throw new AdminCommandException(
                $"新台账 {store.Name} 中已有报表。请另建空的数据库（如改用别的数据库名），不要写入已有的台账。",
                $"The new ledger {store.Name} has rows already. Make empty databases, under another name, and write into no ledger that is "
                + "in use.");
        }
    }

    public LedgerStore Store { get; }

    /// <summary>The number of rows.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row as the other ledger has it.</param>
    /// <param name="sent">The id under which it was sent, where it has another one there.</param>
    /// <returns>The same row here.</returns>
    public LedgerEntry Append(LedgerEntry row, Guid? sent = null)
    {
        // Two ledgers may have the same id, each for a unit of its own. As in one ledger, the later one is then known by its content.
        var id = sent is { } own && _ids.Add(own) ? own
            : _ids.Add(row.SubmissionId) ? row.SubmissionId : SubmissionIds.OfContent(row.Body.Span);
        var copy = (row with { Sequence = ++Count, SubmissionId = id }).WithLeafHash();
        _ids.Add(id);
        _batch.Add(copy);
        ApplyFigures(copy);
        if (_batch.Count == BatchSize)
        {
            WriteBatch();
        }

        return copy;
    }

    /// <summary>Writes what is left: rows, effective months, and the cells of the catalogue under which figures were recorded.</summary>
    public void Complete()
    {
        WriteBatch();
        using (var connection = Store.Open())
        {
            using var transaction = Database.BeginWrite(connection);
            var numbers = IndicatorNumbers.Load(connection, transaction, _catalogue.Indicators.Select(indicator => indicator.Code));
            LedgerStore.WriteEffectiveMonths(connection, transaction,
                _effective.OrderBy(month => month.Key.Period).ThenBy(month => month.Key.Unit, StringComparer.Ordinal)
                    .Select(month => (month.Key.Unit, month.Key.Period, EffectiveMonthCodec.Encode(month.Value, numbers))));
            transaction.Commit();
        }

        using var guarded = GuardedLedger.ForWriting(Store);
        guarded.RecordChanges(_catalogue);
        guarded.Commit();
    }

    /// <summary>Recomputes its log and its effective months.</summary>
    public LedgerVerificationResult Verify(CatalogueSource catalogues) => new LedgerVerifier(Store, _signer, catalogues).Verify();

    private void ApplyFigures(LedgerEntry row)
    {
        if (row.IsRequest || row.Verdict != StoredVerdicts.Accepted || !Period.TryParse(row.Period, out var period))
        {
            return;
        }

        var submission = SubmissionReader.Read(row.Body, _catalogue).All[0];
        var source = new Provenance(OrderKey.Create(submission.Revision, submission.SubmittedAt, row.SubmissionId), row.Sequence);
        if (!_effective.TryGetValue((row.Unit, period), out var month))
        {
            _effective[(row.Unit, period)] = month = new EffectiveMonth();
        }

        foreach (var value in submission.Values)
        {
            month.Apply(value.Indicator.Code, value.Figures, value.StoredFields, source);
        }
    }

    private void WriteBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        using var connection = Store.Open();
        using var transaction = Database.BeginWrite(connection);
        var (frontier, nodes) = (LedgerStore.ReadFrontier(connection, transaction), new List<TreeNode>());
        _batch.ForEach(row => frontier.Append(row.LeafHash, nodes));
        LedgerStore.WriteEntries(connection, transaction, _batch);
        StoredMerkleTree.Write(connection, transaction, nodes);
        LedgerStore.WriteHead(connection, transaction, frontier.ToBytes());
        LedgerStore.WriteCheckpoint(
            connection, transaction,
            _signer.Sign(frontier.Count, frontier.Root(), LedgerEntry.TruncateToMicroseconds(_clock.GetUtcNow())));
        transaction.Commit();
        _batch.Clear();
    }
}
