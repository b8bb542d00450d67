using System.Data.Common;
using System.Runtime.InteropServices;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// One batch of submissions: loads what its decisions need, decides on each, collects the rows. Nothing is written before
/// <see cref="Write"/>.
/// </summary>
internal sealed class CommitBatch(
    DbConnection connection, DbTransaction transaction, LedgerStore store, Catalogue catalogue, IndicatorNumbers numbers, LedgerCache cache,
    DateTimeOffset now)
{
    private const int PackSize = 40;
    private static readonly Dictionary<Period, MonthFigures> NoHistory = [];

    private readonly (MerkleFrontier Frontier, long Keys) _head = ReadHead(connection, transaction, cache);
    private readonly Dictionary<Guid, LedgerEntry> _known = [];
    private readonly Dictionary<string, UnitMonths> _units = new(StringComparer.Ordinal);
    private readonly HashSet<(string Unit, Period Period)> _changed = [];
    private readonly List<LedgerEntry> _new = [];
    private readonly List<TreeNode> _nodes = [];

    // The accepted submission of each new row; null if the row is not accepted or is a request.
    private readonly List<AcceptedSubmission?> _accepted = [];
    private readonly string _receivedAt = LedgerEntry.FormatTimestamp(now);
    private string? _previousLeafHash;
    private Checkpoint? _checkpoint;
    private BatchRequests _requests = null!;

    /// <summary>The newest row of the ledger, the batch's own included.</summary>
    public long LastSequence => _head.Frontier.Count;

    /// <summary>Reads, in two round trips, all that the decisions of the batch need.</summary>
    public void Load(IReadOnlyList<PendingSubmission> group)
    {
        var askRecorded = RuleChecks.NeedRecordedFigures(catalogue.Rules);
        LoadKnown(group.Select(pending => SubmissionIds.Of(pending.Submission)));
        _requests = new BatchRequests(connection, transaction, store.Partition, catalogue, numbers, cache, _head.Frontier.Count);
        var wanted = new Dictionary<string, (Period From, Period To)>(group.Count, StringComparer.Ordinal);
        foreach (var pending in group)
        {
            var submission = pending.Submission;
            if (submission.AllowsRuleChecks(catalogue) || submission is { ReviewRequest: not null, Unit: not null, Period: not null })
            {
                var period = submission.Period!.Value;
                var (from, to) = (FirstMonthNeeded(period, askRecorded), new Period(period.Year + 1, 12));
                ref var range = ref CollectionsMarshal.GetValueRefOrAddDefault(wanted, submission.UnitText, out var exists);
                range = exists ? (from < range.From ? from : range.From, to > range.To ? to : range.To) : (from, to);
            }
        }

        var missing = new List<(string Unit, Period From, Period To)>();
        _units.EnsureCapacity(wanted.Count);
        foreach (var (unit, (from, to)) in wanted)
        {
            var known = cache.Find(unit, from, to);
            _units[unit] = known ?? new UnitMonths(from, to);
            if (known is null)
            {
                missing.Add((unit, from, to));
            }
        }

        if (missing.Count > 0)
        {
            foreach (var (unit, period, data) in LedgerStore.ReadEffectiveMonths(connection, transaction, missing))
            {
                _units[unit].Add(period, data, numbers, cache.Pool, _requests.Returned);
            }
        }
    }

    private static (MerkleFrontier Frontier, long Keys) ReadHead(DbConnection connection, DbTransaction transaction, LedgerCache cache)
    {
        var (head, keys) = LedgerStore.ReadHeadAndKeys(connection, transaction);
        cache.ValidateWith(head);
        return (MerkleFrontier.FromBytes(head), keys);
    }

    // The rules need twelve months before and after, and last year's year-to-date if a rule uses it. The notices of a revision need the
    // rest of the year.
    private static Period FirstMonthNeeded(Period period, bool askRecorded) =>
        askRecorded ? new Period(period.Year - 1, 1) : period.AddMonths(-12);

    /// <summary>Finds the row that a submission already has, or decides on it and creates one.</summary>
    public DecidedSubmission Append(PendingSubmission pending)
    {
        var submission = pending.Submission;
        var id = SubmissionIds.Of(submission);
        Finding? reused = null;
        while (_known.TryGetValue(id, out var taken) && !HasSameContent(taken, submission))
        {
            // A unit that reuses its own id made a mistake. Another unit may have learnt the id; that must not block this submission.
            reused ??= id == submission.Id && taken.Unit == submission.UnitText ? BuiltInFindings.ReusedId(id, taken.Sequence) : null;
            id = id == submission.Id
                ? SubmissionIds.OfContent(submission.Body.Span)
                : SubmissionIds.OfContent([.. id.ToByteArray(), .. submission.Body.Span]);
            LoadKnown([id]);
        }

        if (_known.TryGetValue(id, out var known))
        {
            return new(known, IsNew: false, ReceiptFactory.FindingsOf(known));
        }

        submission.LedgerId = id;
        var (entry, findings) = Decide(pending, id, reused);
        _head.Frontier.Append(entry.LeafHash, _nodes);
        _new.Add(entry);
        _known.Add(id, entry);
        return new(entry, IsNew: true, findings);
    }

    /// <summary>Writes the batch; null: every submission was in the ledger already.</summary>
    /// <exception cref="SigningKeyReplacedException">The ledger has another key since the start.</exception>
    public Checkpoint? Write(CheckpointSigner signer)
    {
        if (_new.Count == 0)
        {
            return null;
        }

        if (_head.Keys != signer.Keys.All.Count)
        {
            throw new SigningKeyReplacedException(store.Name);
        }

        LedgerStore.WriteEntries(connection, transaction, _new);

        // In the order of the table, so that neighbouring rows are written into the same page.
        LedgerStore.WriteEffectiveMonths(connection, transaction,
            _changed.OrderBy(c => c.Period).ThenBy(c => c.Unit, StringComparer.Ordinal)
                .Select(c => (c.Unit, c.Period, _units[c.Unit].Encode(c.Period, numbers))));
        StoredMerkleTree.Write(connection, transaction, _nodes);
        var head = _head.Frontier.ToBytes();
        LedgerStore.WriteHead(connection, transaction, head);
        var checkpoint = signer.Sign(_head.Frontier.Count, _head.Frontier.Root(), now);
        LedgerStore.WriteCheckpoint(connection, transaction, checkpoint);

        // The pack of the new rows says which row they follow. Where the transaction fails, the committer clears the cache.
        _previousLeafHash = cache.NewestLeafHash ?? LedgerStore.ReadLeafHash(connection, _new[0].Sequence - 1, transaction);
        cache.Keep(_units);
        cache.SetCommitted(head, _new[^1].Sequence, AcceptedPackFactory.Hash(_new[^1]));
        return _checkpoint = checkpoint;
    }

    /// <summary>The new rows in packs without a gap, each small enough to stay off the large object heap.</summary>
    public IEnumerable<SubmissionsAccepted> NewPacks() => _new.Chunk(PackSize).Select((rows, i) => new SubmissionsAccepted
    {
        FromSequence = rows[0].Sequence,
        ToSequence = rows[^1].Sequence,
        PreviousLeafHash = i == 0
            ? _previousLeafHash : AcceptedPackFactory.Hash(_new[i * PackSize - 1]),
        LastLeafHash = AcceptedPackFactory.Hash(rows[^1]),
        Checkpoint = _checkpoint is { } signed && signed.TreeSize == rows[^1].Sequence ? signed : null,
        Partition = store.PartitionPath,
        Submissions = [.. _accepted.Skip(i * PackSize).Take(rows.Length).OfType<AcceptedSubmission>()],
        MonthChanges = _requests.ChangesAmong(rows),
        Reviews = _requests.ReviewsAmong(rows),
    });

    private (LedgerEntry Entry, IReadOnlyList<Finding> Findings) Decide(PendingSubmission pending, Guid id, Finding? reused)
    {
        var (submission, sequence) = (pending.Submission, _head.Frontier.Count + 1);
        var decision = submission switch
        {
            { MonthRequest: not null } when pending.Original is { } original =>
                new Decision(Verdict.Accepted, ReceiptFactory.FindingsOf(original)),
            { MonthRequest: not null } => _requests.DecideMonth(submission, now, ChangedFigures, pending.MissingElsewhere, reused),
            { ReviewRequest: not null } => _requests.DecideReview(submission, now, CurrentMonthOf(submission), _new, reused),
            _ => DecideWithHistory(submission, sequence, reused),
        };
        var findings = FindingBudget.Serialize(decision.Findings, submission.FindingByteLimit);
        var entry = new LedgerEntry
        {
            Sequence = sequence,
            SubmissionId = id,
            Unit = submission.UnitText,
            Period = submission.PeriodText,
            Revision = submission.Revision,
            Verdict = decision.Verdict.ToWireName(),
            Findings = findings.Json,
            Body = submission.Body,
            ReceivedAt = pending.Original?.ReceivedAt ?? _receivedAt,
            Sender = pending.Sender,
        }.WithLeafHash();
        var isAccepted = decision.Verdict == Verdict.Accepted;
        _accepted.Add(isAccepted && submission.IsReport ? AcceptedSubmissionFacts.Create(submission, id, sequence) : null);
        if (isAccepted && submission.IsReport)
        {
            _changed.Add((submission.UnitText, submission.Period!.Value));
        }
        else if (isAccepted)
        {
            _requests.Add(entry);
            if (submission.ReviewRequest is not null)
            {
                _units[submission.UnitText].Change(submission.Period!.Value, CurrentMonthOf(submission), _requests.Returned);
            }
        }

        return (entry, findings);
    }

    private Decision DecideWithHistory(Submission submission, long sequence, Finding? reused)
    {
        var months = _units.GetValueOrDefault(submission.UnitText);
        var current = CurrentMonthOf(submission);
        var closed = _requests.FindClosing(submission, now);
        var decision = Submissions.Decision.Decide(submission, catalogue, months?.Figures ?? NoHistory, current, sequence,
            reused is null && closed is null ? null : [.. new[] { reused, closed }.OfType<Finding>()], cache.DecisionBuffers,
            _requests.Returned);
        if (decision.Verdict == Verdict.Accepted)
        {
            months!.Change(submission.Period!.Value, current, _requests.Returned);
        }

        return decision;
    }

    private EffectiveMonth CurrentMonthOf(Submission submission) =>
        (submission.Period is { } period
            ? _units.GetValueOrDefault(submission.UnitText)?.Find(period, numbers, cache.Pool) : null) ?? cache.Pool.Rent();

    private IEnumerable<(string Unit, MonthFigures Figures)> ChangedFigures(Period period) =>
        _changed.Where(changed => changed.Period == period).Select(changed => (changed.Unit, _units[changed.Unit].Figures[period]));

    private void LoadKnown(IEnumerable<Guid> ids)
    {
        foreach (var (id, entry) in LedgerStore.ReadByIds(connection, transaction, ids))
        {
            _known.TryAdd(id, entry);
        }
    }

    private static bool HasSameContent(LedgerEntry entry, Submission submission) => submission.Body.Span.SequenceEqual(entry.Body.Span);
}
