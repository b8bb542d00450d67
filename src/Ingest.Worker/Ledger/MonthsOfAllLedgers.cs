using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Months;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Closes and reopens a month for the whole tree. The ledger of the topmost unit decides; the others take over what it accepted, in its
/// order, as rows of the same id, body and time. A crash in between leaves some of them without it: sending the request again, any other
/// request about a month, or a start of the service completes them.
/// </summary>
internal sealed class MonthsOfAllLedgers(Ledgers ledgers, CatalogueSource catalogues)
{
    /// <summary>Records a request about a month.</summary>
    /// <returns>The receipt of the topmost ledger, when every ledger has the month closed or open as it says.</returns>
    /// <exception cref="LedgerUnavailableException">A ledger does not answer. If it is asked for what is missing, nothing was
    /// recorded.</exception>
    public async Task<SubmissionReceipt> AppendAsync(Submission request, string sender, CancellationToken cancellationToken)
    {
        var receipts = await ledgers.Topmost.AppendAsync([WithMissing(request, sender)], cancellationToken);
        if (receipts[0].Verdict == Verdict.Accepted)
        {
            await TakeOverAsync(cancellationToken);
        }

        return receipts[0];
    }

    /// <summary>The request with the units of the other partitions that have not reported, which a closing names.</summary>
    public PendingSubmission WithMissing(Submission request, string sender)
    {
        var pending = new PendingSubmission(request, sender);
        return request is { MonthRequest.Action: MonthAction.Close, Period: { } period, HasErrors: false }
            ? pending with { MissingElsewhere = [.. Others().SelectMany(ledger => FindMissing(ledger, period))] }
            : pending;
    }

    /// <summary>Gives every ledger the accepted requests about months that it lacks.</summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        var requests = ReadMonthRequests(ledgers.Topmost.Store);
        await Task.WhenAll(Others().Select(async ledger =>
        {
            if (FindLacking(ledger.Store, requests) is { Count: > 0 } lacking)
            {
                await ledger.AppendAsync([.. lacking.Select(ToCopy)], cancellationToken);
            }
        }));
    }

    private IEnumerable<PartitionLedger> Others()
    {
        var topmost = ledgers.Topmost;
        return ledgers.All.Where(ledger => ledger != topmost);
    }

    private List<Unit> FindMissing(PartitionLedger ledger, Period period)
    {
        try
        {
            return ledger.Availability.DatabaseTimeout is { } timeout ? throw timeout : FindMissing(ledger.Store, period);
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, ledger.Store.Name) is { } fault)
        {
            throw LedgerUnavailableException.FromFault(fault, ledger.Availability);
        }
    }

    private List<Unit> FindMissing(LedgerStore store, Period period)
    {
        using var connection = store.OpenInteractive();
        using var transaction = Database.BeginRead(connection);
        return new BatchRequests(
            connection, transaction, store.Partition, catalogues.Current, IndicatorNumbers.Load(connection, transaction, []),
            new LedgerCache(), LedgerStore.ReadLastSequence(connection, transaction)).FindMissing(period, _ => []);
    }

    /// <summary>The requests about months that a ledger has accepted, oldest first.</summary>
    internal static List<LedgerEntry> ReadMonthRequests(LedgerStore store)
    {
        using var connection = store.Open();
        return [.. LedgerStore.ReadRequests(connection, after: 0).Where(row => row.ToMonthChange() is not null)];
    }

    /// <summary>The requests that a ledger has not taken over. It has one under another id where a report of its units had that
    /// id.</summary>
    internal static List<LedgerEntry> FindLacking(LedgerStore store, List<LedgerEntry> requests)
    {
        var byId = ReadByIds(store, requests);
        if (!requests.Exists(request => !IsSame(request)))
        {
            return [];
        }

        var others = ReadMonthRequests(store).Where(row => !byId.ContainsKey(row.SubmissionId)).ToList();
        return requests.FindAll(request =>
        {
            var copy = IsSame(request) ? -1 : others.FindIndex(row => row.HasSameBody(request));
            if (copy >= 0)
            {
                others.RemoveAt(copy);
            }

            return copy < 0 && !IsSame(request);
        });

        bool IsSame(LedgerEntry request) => byId.TryGetValue(request.SubmissionId, out var row) && row.HasSameBody(request);
    }

    private static IReadOnlyDictionary<Guid, LedgerEntry> ReadByIds(LedgerStore store, List<LedgerEntry> requests)
    {
        using var connection = store.Open();
        return LedgerStore.ReadByIds(connection, transaction: null, requests.Select(request => request.SubmissionId));
    }

    private static PendingSubmission ToCopy(LedgerEntry original)
    {
        var change = original.ToMonthChange()!;
        return new(
            new Submission
            {
                Body = original.Body,
                Id = original.SubmissionId,
                UnitText = original.Unit,
                PeriodText = original.Period,
                Period = change.Period,
                MonthRequest = new MonthRequest(change.Action, change.Reason, change.Until),
            },
            original.Sender)
        { Original = original };
    }
}
