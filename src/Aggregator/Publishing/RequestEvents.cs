using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The reviews and the changes of months that are to be published: each once, in the order of the ledger. One that arrives before rows in
/// front of it waits for them. What waits when the process ends comes again, because the ledger is asked for all rows that follow the
/// stored one, and the messages are stored in the transaction that moves it.
/// </summary>
internal sealed class RequestEvents
{
    // By row of the ledger; each is a ReportReview or a MonthStateChange.
    private readonly SortedDictionary<long, object> _waiting = [];

    public void Clear() => _waiting.Clear();

    /// <param name="changes">What a step has applied.</param>
    /// <param name="storedThrough">The row through which the messages are stored.</param>
    public void Add(CubeChanges changes, long storedThrough) => Add(changes.MonthChanges, changes.Reviews, storedThrough);

    /// <summary>Another ledger replaces the one that was followed: what it has differently is published, from its first row on.</summary>
    public void Replace(IndicatorCube before, IndicatorCube after)
    {
        Clear();
        Add(after.Months.All.Except(before.Months.All), after.Reviews.All.Except(before.Reviews.All), storedThrough: 0);
    }

    /// <summary>Makes the messages of the rows that have arrived without a gap.</summary>
    public IEnumerable<OutgoingResult> Publish(IndicatorCube cube, PublishedResults published, long through, DateTimeOffset now)
    {
        var sent = new Dictionary<(string Kind, long Of), int>();
        while (_waiting.Count > 0 && _waiting.First() is var (row, request) && row <= through)
        {
            _waiting.Remove(row);

            // The ledger of each partition has the changes of months; the one with the topmost unit tells them.
            if (request is MonthStateChange && cube.Scope?.Owns(cube.Catalogue.Units.Topmost!) == false)
            {
                continue;
            }

            var (message, of) = request is ReportReview review
                ? (Publish(cube, review, published, now), (ResultKinds.Review, review.Row))
                : (Publish(cube, (MonthStateChange)request, published, now),
                    (ResultKinds.Month, (long)((MonthStateChange)request).Period.Number));
            var turn = sent[of] = sent.GetValueOrDefault(of) + 1;
            yield return message with { Turn = turn - 1 };
        }
    }

    private void Add(IEnumerable<MonthStateChange> months, IEnumerable<ReportReview> reviews, long storedThrough)
    {
        foreach (var change in months.Where(change => change.Sequence > storedThrough))
        {
            _waiting[change.Sequence] = change;
        }

        foreach (var review in reviews.Where(review => review.Sequence > storedThrough))
        {
            _waiting[review.Sequence] = review;
        }
    }

    private static OutgoingResult Publish(IndicatorCube cube, ReportReview review, PublishedResults published, DateTimeOffset now)
    {
        var accepted = AcceptedReviewFacts.Create(review);
        return published.AddRequest(ResultKinds.Review, review.Unit, review.Period, new ReportReviewed
        {
            Unit = accepted.Unit,
            Period = accepted.Period,
            Row = accepted.Row,
            Decision = accepted.Decision,
            At = accepted.At,
            By = accepted.By,
            Reason = accepted.Reason,
            Version = cube.Reviews.HistoryOf(review.Row).Count(each => each.Sequence <= review.Sequence),
            Cause = [review.Sequence],
            PublishedAt = now,
            Partition = cube.Scope?.Own.Path,
        }, now);
    }

    private static OutgoingResult Publish(IndicatorCube cube, MonthStateChange change, PublishedResults published, DateTimeOffset now)
    {
        var (accepted, top) = (AcceptedMonthFacts.Create(change), cube.Catalogue.Units.Topmost!.Code);
        return published.AddRequest(ResultKinds.Month, top, change.Period, new MonthChanged
        {
            Unit = top.Value,
            Period = accepted.Period,
            Transition = accepted.Transition,
            At = accepted.At,
            Until = accepted.Until,
            By = accepted.By,
            Reason = accepted.Reason,
            Version = cube.Months.HistoryOf(change.Period).Count(each => each.Sequence <= change.Sequence),
            Cause = [change.Sequence],
            PublishedAt = now,
            Partition = cube.Scope?.Own.Path,
        }, now);
    }
}
