using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.MyMonth;

/// <summary>
/// The rows of a unit and month that a review returned. The reviews of the month have only those rows whose figures are the newest.
/// </summary>
internal static class ReturnedRows
{
    /// <param name="client">The services.</param>
    /// <param name="rows">The rows of the unit and month, the reviews among them, newest first.</param>
    public static async Task<IReadOnlySet<long>> FindAsync(ServiceClient client, IReadOnlyList<SubmissionRow> rows)
    {
        var (reviewed, returned) = (new HashSet<long>(), new HashSet<long>());
        foreach (var row in rows.Where(row => row is { Revision: 0, Verdict: Verdict.Accepted }))
        {
            var detail = await client.GetAsync<SubmissionDetail>(RowAddress.Service(row.Sequence, row.Partition));
            if (detail.Value is { } found && ReviewIn(found.Body) is { } review && reviewed.Add(review.RowToReview)
                && review.Decision == ReviewDecision.Return)
            {
                returned.Add(review.RowToReview);
            }
        }

        return returned;
    }

    // Null: the body is another message, such as the reopening of a month.
    private static ReviewSubmission? ReviewIn(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ReviewSubmission>(body, WireFormat.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
