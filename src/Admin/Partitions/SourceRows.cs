using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Partitions;

/// <summary>
/// The rows of the present ledgers in one order: by the time at which they were received, and each closing of a month after the rows that
/// every ledger had before it.
/// </summary>
internal static class SourceRows
{
    /// <param name="sources">The present ledgers.</param>
    /// <returns>Each row with the number of its ledger. A closing or reopening, which all of them have, comes once.</returns>
    /// <exception cref="AdminCommandException">A ledger lacks a closing that another one has.</exception>
    public static IEnumerable<(int Source, LedgerEntry Row)> Merge(IReadOnlyList<LedgerStore> sources)
    {
        var connections = sources.Select(source => source.Open()).ToList();
        var heads = connections.Select(connection => LedgerStore.ReadFrom(connection, 1, long.MaxValue).GetEnumerator()).ToList();
        try
        {
            var open = Enumerable.Range(0, heads.Count).Where(source => heads[source].MoveNext()).ToList();
            while (open.Count > 0)
            {
                var reports = open.Where(source => !IsMonthRequest(heads[source].Current)).ToList();
                if (reports.Count > 0)
                {
                    var next = reports.MinBy(source => heads[source].Current.ReceivedAt, StringComparer.Ordinal);
                    yield return (next, heads[next].Current);
                    Advance([next]);
                    continue;
                }

                EnsureSame(open);
                var sent = FirstAsSent(open);
                yield return (sent, heads[sent].Current);
                Advance([.. open]);
            }

            void Advance(List<int> taken) => open.RemoveAll(source => taken.Contains(source) && !heads[source].MoveNext());
        }
        finally
        {
            heads.ForEach(head => head.Dispose());
            connections.ForEach(connection => connection.Dispose());
        }

        // A ledger whose units had reported under the id of the request has it under the id of its content.
        int FirstAsSent(List<int> open) =>
            open.MinBy(source => heads[source].Current is var row && row.SubmissionId == SubmissionIds.OfContent(row.Body.Span));

        void EnsureSame(List<int> open)
        {
            if (open.Count != heads.Count || !open.TrueForAll(source => heads[source].Current.HasSameBody(heads[open[0]].Current)))
            {
                throw new AdminCommandException(
                    "各分区台账中的关账记录不一致：有一次关账尚未写入全部分区。请启动一次服务，它会自动补齐，再停止服务重试。",
                    "The ledgers do not have the same closings of months: one was interrupted. Start the services once, which completes "
                    + "it, stop them and try again.");
            }
        }
    }

    /// <summary>Whether a row closed or reopened a month, which is in every ledger.</summary>
    public static bool IsMonthRequest(LedgerEntry row) => row.IsRequest && row.ToMonthChange() is not null;
}
