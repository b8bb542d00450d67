using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>The result of a verification: the places where the log differs from the signed log, if any.</summary>
/// <param name="Rows">The number of rows read.</param>
/// <param name="Checkpoints">The number of checkpoints recomputed.</param>
/// <param name="Faults">The first hundred faults, in order of the rows; each names its row.</param>
/// <param name="FaultCount">The number of all faults.</param>
/// <param name="IsSignedByAnotherKey">The ledger has another key now, or no checkpoint has a signature of its keys: the key was changed,
/// not the log.</param>
public sealed record LedgerVerificationResult(
    long Rows, long Checkpoints, IReadOnlyList<string> Faults, long FaultCount, bool IsSignedByAnotherKey);

/// <summary>Recomputes the whole log: every leaf, root and signature, and the effective months.</summary>
internal sealed class LedgerVerifier(LedgerStore store, CheckpointSigner signer, CatalogueSource catalogues)
{
    public LedgerVerificationResult Verify(IProgress<long>? progress = null)
    {
        using var connection = store.Open();
        using var reading = Database.BeginRead(connection);
        return Verify(connection, reading, store.HasSnapshotReads, progress);
    }

    /// <param name="connection">The ledger.</param>
    /// <param name="snapshot">The transaction of all readings.</param>
    /// <param name="isOneState">Whether the transaction sees one state. If not, rows committed during the verification are left
    /// out.</param>
    /// <param name="progress">Receives the number of rows read, from time to time.</param>
    internal LedgerVerificationResult Verify(
        System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction snapshot, bool isOneState, IProgress<long>? progress =
        null)
    {
        var faults = new FaultCollector();
        var end = LedgerHead.Read(connection, snapshot, isOneState);
        var checkpoints =
            store.ReadCheckpoints(connection, snapshot).TakeWhile(checkpoint => checkpoint.TreeSize <= end.Through).ToList();
        var (effective, states) = (new Dictionary<(string, Period), EffectiveMonth>(), new RecordedStates());
        var catalogue = catalogues.Current;
        var frontier = new MerkleFrontier();
        var (rows, next, rootsHold) = (0L, 0, true);
        if (signer.Keys.FindFault(signer.Private.Log.Verifier.Equals) is { } unknown)
        {
            faults.Add($"the keys (table ledger_key) were altered by hand: {unknown}");
        }

        foreach (var fault in LedgerRowScan.FindWrongTypes(connection, snapshot))
        {
            faults.Add(fault);
        }

        foreach (var entry in LedgerRowScan.ReadAll(connection, snapshot).TakeWhile(entry => entry.Sequence <= end.Through))
        {
            if (entry.Sequence != frontier.Count + 1)
            {
                faults.Add($"row {frontier.Count + 1}{(entry.Sequence > frontier.Count + 2 ? $" to {entry.Sequence - 1}" : "")} is "
                    + "missing: removed by hand.");
                rootsHold = false;
                while (frontier.Count < entry.Sequence - 1)
                {
                    frontier.Append(MerkleHash.EmptyRoot);
                }
            }

            var leaf = entry.WithLeafHash().LeafHash;
            if (!leaf.AsSpan().SequenceEqual(entry.LeafHash))
            {
                faults.Add($"row {entry.Sequence} ({entry.Unit}, {entry.Period}) was altered: its content has the "
                    + $"hash {Convert.ToHexStringLower(leaf)[..16]}…, the row "
                    + $"says {Convert.ToHexStringLower(entry.LeafHash.AsSpan(0, Math.Min(8, entry.LeafHash.Length)))}….");
            }

            frontier.Append(entry.LeafHash.Length == MerkleHash.Size ? entry.LeafHash : leaf);
            ApplyEntry(effective, states, entry, catalogue, faults);
            while (next < checkpoints.Count && checkpoints[next].TreeSize <= frontier.Count)
            {
                rootsHold &= CheckCheckpoint(checkpoints[next], next == 0 ? 0 : checkpoints[next - 1].TreeSize, frontier, rootsHold,
                    faults);
                next++;
            }

            if (++rows % 10_000 == 0)
            {
                progress?.Report(rows);
            }
        }

        CheckEnd(end, checkpoints, next, frontier, faults);
        CheckEffectiveMonths(connection, snapshot, effective, end, faults);
        return new LedgerVerificationResult(rows, checkpoints.Count, faults.First, faults.Count,
            checkpoints.Count > 0 && (!signer.HasCurrentKeys || !checkpoints.Exists(signer.Verify)));
    }

    // A checkpoint without a valid signature proves nothing about its rows.
    private bool CheckCheckpoint(Checkpoint checkpoint, long before, MerkleFrontier frontier, bool rootsHold, FaultCollector faults)
    {
        if (!signer.Verify(checkpoint))
        {
            faults.Add($"checkpoint {checkpoint.TreeSize} does not carry the signatures of this ledger's keys: it was altered or inserted "
                + "by hand.");
            return rootsHold;
        }

        if (!rootsHold)
        {
            return false;
        }

        var same = checkpoint.TreeSize == frontier.Count && Convert.ToHexStringLower(frontier.Root()) == checkpoint.Root;
        if (!same)
        {
            faults.Add($"rows {before + 1} to {checkpoint.TreeSize}: their root is not the signed one; a row among them was altered "
                + "together with its hash, or inserted. Later roots follow from it and are not listed.");
        }

        return same;
    }

    private static void CheckEnd(LedgerHead end, List<Checkpoint> checkpoints, int next, MerkleFrontier frontier, FaultCollector faults)
    {
        var signed = checkpoints.Count == 0 ? 0 : checkpoints[^1].TreeSize;
        if (next < checkpoints.Count)
        {
            faults.Add($"row {frontier.Count + 1} to {signed} is missing: checkpoint {signed} was signed over it.");
        }

        if (end.Frontier is not { } head)
        {
            faults.Add(end.Damage!);
            return;
        }

        if (head.Count > Math.Max(frontier.Count, signed))
        {
            faults.Add($"row {frontier.Count + 1} to {head.Count} is missing, and the checkpoints with it: the head counts {head.Count}.");
        }

        if (frontier.Count > signed)
        {
            faults.Add($"row {signed + 1}{(frontier.Count > signed + 1 ? $" to {frontier.Count}" : "")} is covered by no "
                + $"checkpoint: {(head.Count >= frontier.Count ? "its checkpoint was removed by hand" : "inserted by hand")}.");
        }

        if (head.Count != signed || (signed > 0 && Convert.ToHexStringLower(head.Root()) != checkpoints[^1].Root))
        {
            faults.Add($"the head (row {head.Count}) is not the newest checkpoint's (row {signed}): it was altered by hand.");
        }
    }

    private static void ApplyEntry(
        Dictionary<(string, Period), EffectiveMonth> effective, RecordedStates states, LedgerEntry entry, Catalogue catalogue,
        FaultCollector faults)
    {
        if (entry.Verdict != StoredVerdicts.Accepted)
        {
            return;
        }

        if (entry.IsRequest)
        {
            RequestRowCheck.Apply(states, entry, effective, faults.Add);
            return;
        }

        Submission submission;
        try
        {
            submission = SubmissionReader.Read(entry.Body, catalogue).All[0];
        }
        catch (UnreadableBodyException)
        {
            return; // Altered, and already named by its hash.
        }

        if (AcceptedPackFactory.DescribeUnknown(catalogue, entry, submission) is { } unknown)
        {
            faults.Add(unknown);
        }

        MonthRowCheck.CheckSubmission(states.Months, entry, submission, faults.Add);
        var key = (entry.Unit, Period.TryParse(entry.Period, out var period) ? period : default);
        if (!effective.TryGetValue(key, out var month))
        {
            effective[key] = month = new EffectiveMonth();
        }

        var source = new Provenance(OrderKey.Create(submission.Revision, submission.SubmittedAt, entry.SubmissionId), entry.Sequence);
        foreach (var value in submission.Values)
        {
            month.Apply(value.Indicator.Code, value.Figures, value.StoredFields, source);
        }
    }

    private static void CheckEffectiveMonths(
        System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction snapshot, Dictionary<(string, Period),
        EffectiveMonth> effective, LedgerHead end, FaultCollector faults)
    {
        // The indicator numbers and the later rows are read last. Without snapshot reads they then include everything that the effective
        // months name.
        var rows = LedgerStore.ReadAllEffectiveMonths(connection, snapshot);
        var read = end.Through == long.MaxValue ? rows : rows.ToList();
        var numbers = IndicatorNumbers.Load(connection, snapshot, []);
        var later = ConcurrentRows.After(end.Through, connection, snapshot);
        foreach (var (unit, period, data) in read)
        {
            effective.Remove((unit, period), out var month);
            try
            {
                if (!later.Explains(unit, period, month, EffectiveMonthCodec.Decode(data, numbers)))
                {
                    faults.Add($"the effective values of {unit} in {period} differ from its rows.");
                }
            }
            catch (DamagedDataException exception)
            {
                faults.Add($"the effective values of {unit} in {period} cannot be read: {exception.Message}");
            }
        }

        foreach (var (unit, period) in effective.Keys)
        {
            faults.Add($"the effective values of {unit} in {period} are missing.");
        }
    }

    // A log that was altered throughout has as many faults as rows. All are counted; only the first are kept.
    private sealed class FaultCollector
    {
        private const int MaxKeptFaults = 100;
        private readonly List<string> _first = [];

        public IReadOnlyList<string> First => _first;

        public long Count { get; private set; }

        public void Add(string fault)
        {
            Count++;
            if (_first.Count < MaxKeptFaults)
            {
                _first.Add(fault);
            }
        }
    }
}
