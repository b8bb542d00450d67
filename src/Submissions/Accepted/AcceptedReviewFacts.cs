using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Reviews;

namespace XilinIngest.Submissions.Accepted;

/// <summary>Converts accepted reviews to messages and back, and reads them from the ledger's rows.</summary>
public static class AcceptedReviewFacts
{
    /// <inheritdoc cref="ReviewMessageReader.ReadRecorded"/>
    public static ReportReview? ReadRecorded(ReadOnlyMemory<byte> body, long sequence, DateTimeOffset at, string by) =>
        ReviewMessageReader.ReadRecorded(body, sequence, at, by);

    public static AcceptedReview Create(ReportReview review) => new()
    {
        Sequence = review.Sequence,
        Row = review.Row,
        Unit = review.Unit.Value,
        Period = review.Period.ToString(),
        Decision = review.Action == ReviewAction.Approve ? ReviewDecision.Approve : ReviewDecision.Return,
        At = review.At,
        By = review.By,
        Reason = review.Reason,
    };

    /// <exception cref="FormatException">The month is malformed.</exception>
    /// <exception cref="ArgumentException">The unit is not a code.</exception>
    public static ReportReview ReviewOf(AcceptedReview accepted) => new(
        accepted.Sequence, accepted.Row, new UnitCode(accepted.Unit), Period.Parse(accepted.Period),
        accepted.Decision == ReviewDecision.Approve ? ReviewAction.Approve : ReviewAction.Return, accepted.At, accepted.By,
        accepted.Reason);
}
