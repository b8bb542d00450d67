using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>Closings, reopenings and reviews as aggregators learn of them.</summary>
internal static class RequestPacks
{
    private static readonly DateTimeOffset At = new(2023, 1, 20, 0, 0, 0, TimeSpan.Zero);

    public static AcceptedMonthChange Change(long sequence, string period, MonthTransition transition) => new()
    {
        Sequence = sequence,
        Period = period,
        Transition = transition,
        At = At,
        By = "http",
    };

    public static AcceptedReview Review(long sequence, long row, string unit, ReviewDecision decision, string period = "2022-12") => new()
    {
        Sequence = sequence,
        Row = row,
        Unit = unit,
        Period = period,
        Decision = decision,
        At = At,
        By = "http",
        Reason = decision == ReviewDecision.Return ? "台账不符" : null,
    };

    public static SubmissionsAccepted PackOf(AcceptedMonthChange change) => EmptyRow(change.Sequence) with { MonthChanges = [change] };

    public static SubmissionsAccepted PackOf(AcceptedReview review) => EmptyRow(review.Sequence) with { Reviews = [review] };

    private static SubmissionsAccepted EmptyRow(long sequence) =>
        new() { FromSequence = sequence, ToSequence = sequence, Submissions = [] };
}
