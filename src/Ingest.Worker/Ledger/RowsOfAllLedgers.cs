namespace XilinIngest.Worker.Ledger;

/// <summary>What is asked of the rows in a list; null: any.</summary>
internal sealed record RowFilter
{
    public string? Unit { get; init; }

    public string? Period { get; init; }

    public string? Verdict { get; init; }

    public string? Rule { get; init; }

    public string? Sender { get; init; }

    public IReadOnlyList<string>? Among { get; init; }
}

/// <summary>
/// The rows of several ledgers in one order: the newest received first, then by partition, then the greater sequence. A request about a
/// month is in all ledgers and is listed once, as a row of the topmost unit's.
/// </summary>
internal static class RowsOfAllLedgers
{
    /// <param name="ledgers">The ledgers.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="before">The last row of the page before; null: from the newest.</param>
    /// <param name="limit">The maximum number of rows.</param>
    public static IReadOnlyList<SubmissionRow> ListRows(
        this Ledgers ledgers, RowFilter filter, (PartitionLedger Ledger, long Sequence)? before, int limit)
    {
        var receivedAt = before is { } last ? last.Ledger.Queries.ReadReceivedAt(last.Sequence) : null;
        var (topmost, copied) = (ledgers.Topmost, ledgers.TopmostUnit);
        return
        [
            .. ledgers.All
                .SelectMany(ledger => Read(ledger, filter, BoundOf(ledger), ledger == topmost ? null : copied, limit))
                .OrderByDescending(row => row.ReceivedAt, StringComparer.Ordinal)
                .ThenBy(row => row.Partition, StringComparer.Ordinal)
                .ThenByDescending(row => row.Sequence)
                .Take(limit),
        ];

        long? BoundOf(PartitionLedger ledger) => before is not { } given ? null
            : ledger == given.Ledger ? given.Sequence
            : receivedAt is null ? null
            : ledger.Queries.FindFirstAfter(
                receivedAt, string.CompareOrdinal(ledger.Partition.Path, given.Ledger.Partition.Path) < 0,
                ledger == topmost ? null : copied);
    }

    private static IEnumerable<SubmissionRow> Read(PartitionLedger ledger, RowFilter filter, long? before, string? copied, int limit)
    {
        var found = 0;
        while (true)
        {
            var page = ledger.Queries.List(
                filter.Unit, filter.Period, filter.Verdict, filter.Rule, before, limit, filter.Among, filter.Sender);
            foreach (var row in page.Where(row => !LedgerQueries.IsCopy(row.Unit, row.Revision, copied)))
            {
                yield return row;
                if (++found == limit)
                {
                    yield break;
                }
            }

            if (page.Count < limit)
            {
                yield break;
            }

            before = page[^1].Sequence;
        }
    }
}
