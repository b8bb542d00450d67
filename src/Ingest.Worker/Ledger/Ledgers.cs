using Polly;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ledgers of all partitions; one, with the whole tree, unless the catalogue splits it.</summary>
/// <param name="catalogues">The catalogue in force. Its partitions do not change while a service runs.</param>
/// <param name="all">One for each partition.</param>
internal sealed class Ledgers(CatalogueSource catalogues, IReadOnlyList<PartitionLedger> all) : IDisposable
{
    /// <summary>In the order of the partitions.</summary>
    public IReadOnlyList<PartitionLedger> All => all;

    /// <summary>Whether the tree is split, so that rows are named by partition and sequence.</summary>
    public bool AreOfPartitions => all is not [{ Partition.IsWholeTree: true }];

    /// <summary>
    /// The ledger of the topmost unit: it takes the requests about months, and the submissions of no known unit, which are refused.
    /// </summary>
    public PartitionLedger Topmost =>
        all.Count > 1 && catalogues.Current is { Units.Topmost: { } unit } catalogue ? Of(catalogue.Partitions.HomeOf(unit)) : all[0];

    /// <summary>The code of the topmost unit; null: there is none.</summary>
    public string? TopmostUnit => catalogues.Current.Units.Topmost?.Code.Value;

    /// <summary>Closes and reopens months in all of them.</summary>
    public MonthsOfAllLedgers Months => new(this, catalogues);

    /// <summary>Retries what fails because a ledger is unavailable, each time after that ledger recovered.</summary>
    public ResiliencePipeline RetryWhenRecovered { get; } = RetryPolicies.RetryAfter<LedgerUnavailableException>(
        exception => !exception.IsStopping, exception => exception.Ledger?.Recovered ?? Task.CompletedTask);

    /// <summary>The ledger of the partition with a path; null: there is none.</summary>
    public PartitionLedger? Find(string? path) => all.FirstOrDefault(ledger => ledger.Partition.Path == (path ?? ""));

    /// <summary>The ledger that takes a submission.</summary>
    public PartitionLedger HomeOf(Submission submission) =>
        all.Count == 1 ? all[0] : submission.Unit is { } unit ? HomeOf(unit) : Topmost;

    /// <summary>The ledger of a unit.</summary>
    public PartitionLedger HomeOf(Unit unit) => HomeOf(unit.Code);

    /// <summary>The ledger of the unit with a code, by the catalogue in force.</summary>
    public PartitionLedger HomeOf(UnitCode code) =>
        all.Count == 1 ? all[0]
        : catalogues.Current is var catalogue && catalogue.Units.TryFind(code, out var unit) ? Of(catalogue.Partitions.HomeOf(unit))
        : Topmost;

    /// <summary>Units with the ledgers that have their reports.</summary>
    public IEnumerable<IGrouping<PartitionLedger, Unit>> GroupByHome(IEnumerable<Unit> units) => units.GroupBy(HomeOf);

    /// <summary>The ledgers that submissions are written to; a request about a month is for all.</summary>
    public IReadOnlyList<PartitionLedger> HomesOf(IReadOnlyList<Submission> submissions) =>
        all.Count == 1 || submissions.Any(submission => submission.MonthRequest is not null)
            ? all : [.. submissions.Select(HomeOf).Distinct()];

    /// <summary>Records submissions, each in the ledger of its unit, at once.</summary>
    /// <returns>Their receipts, in the same order, when all are stored and published.</returns>
    /// <exception cref="LedgerUnavailableException">A ledger cannot be written. What the others recorded is found again when the same
    /// submissions are sent again.</exception>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(
        IReadOnlyList<Submission> submissions, string sender, CancellationToken cancellationToken)
    {
        if (all.Count == 1)
        {
            return await all[0].AppendAsync([.. submissions.Select(Pending)], cancellationToken);
        }

        if (submissions is [{ MonthRequest: not null }])
        {
            return [await Months.AppendAsync(submissions[0], sender, cancellationToken)];
        }

        var receipts = new SubmissionReceipt[submissions.Count];
        await Task.WhenAll(GroupByHome(submissions).Select(async group =>
        {
            var answers = await group.Key.AppendAsync([.. group.Select(place => Pending(submissions[place]))], cancellationToken);
            foreach (var (place, receipt) in group.Zip(answers))
            {
                receipts[place] = receipt;
            }
        }));
        return receipts;

        PendingSubmission Pending(Submission submission) => new(submission, sender);
    }

    /// <summary>Decides on submissions as if they were sent now, each by the ledger of its unit.</summary>
    /// <returns>One for each, in their order.</returns>
    public IReadOnlyList<SubmissionCheck> DryRun(IReadOnlyList<Submission> submissions)
    {
        if (all.Count == 1)
        {
            return all[0].DryRun.Run(submissions);
        }

        if (submissions is [{ MonthRequest: not null }])
        {
            return Topmost.DryRun.Run([Months.WithMissing(submissions[0], "")]);
        }

        var checks = new SubmissionCheck[submissions.Count];
        foreach (var group in GroupByHome(submissions))
        {
            foreach (var (place, check) in group.Zip(group.Key.DryRun.Run([.. group.Select(place => submissions[place])])))
            {
                checks[place] = check;
            }
        }

        return checks;
    }

    public void Dispose()
    {
        foreach (var ledger in all)
        {
            ledger.Dispose();
        }
    }

    private IEnumerable<IGrouping<PartitionLedger, int>> GroupByHome(IReadOnlyList<Submission> submissions) =>
        Enumerable.Range(0, submissions.Count).GroupBy(place => HomeOf(submissions[place]));

    private PartitionLedger Of(Partition partition) =>
        Find(partition.Path) ?? throw new InvalidOperationException($"Partition {partition} has no ledger: restart the service.");
}
