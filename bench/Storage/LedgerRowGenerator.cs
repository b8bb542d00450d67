using XilinIngest.Indicators;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Bench.Storage;

/// <summary>Generates sealed ledger rows with bodies of 1.5 KB, and the nodes of the log, before the measurement starts.</summary>
internal sealed class LedgerRowGenerator(BenchData data)
{
    private static readonly Period First = new(2021, 1);
    private readonly MerkleFrontier _frontier = new();

    /// <summary>The next rows of the log.</summary>
    public GeneratedRows Next(int count)
    {
        var (entries, nodes) = (new List<LedgerEntry>(count), new List<TreeNode>());
        for (var i = 0; i < count; i++)
        {
            // All units report one month, then the next. After three years, revisions follow.
            var number = (int)_frontier.Count;
            var (enterprise, month) = (number % data.Enterprises.Count, number / data.Enterprises.Count);
            var (period, revision) = (First.AddMonths(month % 36), 1 + month / 36);
            var body = data.Submission(enterprise, period, revision);
            var entry = new LedgerEntry
            {
                Sequence = number + 1,
                SubmissionId = Guid.Parse(System.Text.Encoding.ASCII.GetString(body, 17, 36)),
                Unit = data.Enterprises[enterprise],
                Period = period.ToString(),
                Revision = revision,
                Verdict = StoredVerdicts.Accepted,
                Body = body,
                ReceivedAt = "2024-02-01T00:00:00.000000Z",
                Sender = "local",
            }.WithLeafHash();
            _frontier.Append(entry.LeafHash, nodes);
            entries.Add(entry);
        }

        return new(entries, nodes, _frontier.Copy());
    }

    /// <param name="Entries">The rows.</param>
    /// <param name="Nodes">The subtrees that they complete.</param>
    /// <param name="Frontier">The log's frontier after them.</param>
    internal sealed record GeneratedRows(IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<TreeNode> Nodes, MerkleFrontier Frontier);
}
