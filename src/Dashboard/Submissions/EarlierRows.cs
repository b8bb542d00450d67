using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>
/// The accepted rows of a unit and month before a submission. A receipt has no old figure where a returned report stood, because that did
/// not count any more; what its office had sent is in these rows.
/// </summary>
public sealed class EarlierRows
{
    /// <summary>The notice of a receipt about figures that changed.</summary>
    public const string ChangedRule = "F602";

    private const int MaxRows = 20;

    private readonly List<(long Sequence, SubmitIndicators Sent)> _submissions = [];
    private readonly HashSet<long> _returned = [];

    /// <param name="rows">In any order.</param>
    public EarlierRows(IEnumerable<SubmissionDetail> rows)
    {
        var reviewed = new HashSet<long>();
        foreach (var row in rows.OrderByDescending(row => row.Receipt.Sequence))
        {
            if (Parse<SubmitIndicators>(row.Body) is { } sent)
            {
                _submissions.Add((row.Receipt.Sequence, sent));
            }
            else if (Parse<ReviewSubmission>(row.Body) is { } review && reviewed.Add(review.RowToReview)
                && review.Decision == ReviewDecision.Return)
            {
                _returned.Add(review.RowToReview);
            }
        }

        _submissions.Sort((one, other) => (other.Sent.Revision, other.Sequence).CompareTo((one.Sent.Revision, one.Sequence)));
    }

    public static EarlierRows None { get; } = new([]);

    /// <summary>The rows could not be read, so that nothing is known of an old figure.</summary>
    public static EarlierRows Unread { get; } = new([]) { IsRead = false };

    /// <summary>Whether all rows were read.</summary>
    public bool IsRead { get; private init; } = true;

    /// <summary>Asks for the rows if the receipt leaves an old figure open.</summary>
    internal static async Task<EarlierRows> LoadAsync(ServiceClient client, SubmissionDetail submission)
    {
        if (!LeavesOldFigureOpen(submission.Receipt))
        {
            return None;
        }

        var (receipt, details) = (submission.Receipt, new List<SubmissionDetail>());
        var rows = await client.GetAsync<List<SubmissionRow>>(
            $"/api/submissions?unit={Uri.EscapeDataString(receipt.Unit)}&period={Uri.EscapeDataString(receipt.Period)}"
            + $"&verdict={Verdict.Accepted.ToWireName()}&before={receipt.Sequence}&limit={MaxRows}"
            + RowAddress.Query('&', receipt.Partition));
        if (rows.Value is not { } found)
        {
            return Unread;
        }

        foreach (var row in found)
        {
            if ((await client.GetAsync<SubmissionDetail>(RowAddress.Service(row.Sequence, row.Partition))).Value is not { } detail)
            {
                return Unread;
            }

            details.Add(detail);
        }

        return new(details);
    }

    /// <summary>The figure as it was sent last; null: it was never sent, or taken back.</summary>
    /// <param name="indicator">The indicator's code.</param>
    /// <param name="figure">One of <see cref="FigureNames"/>.</param>
    public (decimal Number, bool IsReturned)? Find(string indicator, string figure)
    {
        foreach (var (sequence, sent) in _submissions)
        {
            if (sent.Values.FirstOrDefault(each => each.Indicator == indicator) is not { } value)
            {
                continue;
            }

            if (SentFigures.IsWithdrawn(value) || value.Withdraw?.Contains(figure) == true)
            {
                return null;
            }

            if (SentFigures.NumberOf(value, figure) is { } number)
            {
                return (number, _returned.Contains(sequence));
            }
        }

        return null;
    }

    private static bool LeavesOldFigureOpen(SubmissionReceipt receipt) => receipt.Findings.Any(finding =>
        finding is { Rule: ChangedRule, Figures: { } figures }
        && figures.Keys.Any(name => SentFigures.Names.Contains(name) && !figures.ContainsKey(SentFigures.NameBefore(name))));

    // Null: the body is another message.
    private static T? Parse<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, WireFormat.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
