using CsCheck;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using static XilinIngest.Aggregator.Tests.Publishing.RequestPacks;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>Reviews and closings among the submissions of a history.</summary>
internal static class RandomRequests
{
    /// <summary>Which reports are reviewed.</summary>
    public static readonly Gen<ReviewRule[]> AnyWorkflow = Gen.Select(
        Gen.Enum<UnitKind>(), Gen.Bool, Gen.Bool, Gen.Int[0, 24], (kind, isOfStreet, isReviewed, from) => new ReviewRule(
            kind, isOfStreet ? new UnitCode(TestDistrict.Street1) : null, isReviewed || !isOfStreet, new UnitCode(TestDistrict.District),
            from > 12 ? TestDistrict.Start.AddMonths(from) : null))
        .Array[1, 8].Select(rules => rules.DistinctBy(rule => (rule.Kind, rule.Subtree)).ToArray());

    /// <summary>Which row is reviewed, and after how many further rows.</summary>
    public static readonly Gen<(int Row, bool IsReturn, int Place)> AnyReview = Gen.Select(
        Gen.Int[0, 9999], Gen.Frequency((1, Gen.Const(true)), (2, Gen.Const(false))), Gen.Int[0, 9999]);

    /// <summary>
    /// Rows without values stand where the requests are, so that the packs can be cut anywhere. A review follows the row that it reviews.
    /// </summary>
    public static (List<AcceptedSubmission> Rows, List<AcceptedMonthChange> Months, List<AcceptedReview> Reviews) Interleave(
        IReadOnlyList<AcceptedSubmission> accepted, (int Row, bool IsReturn, int Place)[] drawn)
    {
        var slots = accepted.Select(row => new Slot(row, null, false)).ToList();
        foreach (var (row, isReturn, place) in drawn)
        {
            var reviewed = accepted[row % accepted.Count];
            var at = slots.FindIndex(slot => ReferenceEquals(slot.Row, reviewed)) + 1;
            slots.Insert(at + place % (slots.Count - at + 1), new Slot(accepted[0] with { Values = [] }, reviewed, isReturn));
        }

        foreach (var place in drawn.Take(5))
        {
            slots.Insert(place.Place % (slots.Count + 1), new Slot(accepted[0] with { Values = [] }, null, true));
        }

        var number = slots.Select((slot, i) => (slot.Row, Sequence: i + 1L)).Where(each => each.Row.Values.Count > 0)
            .ToDictionary(each => each.Row, each => each.Sequence,
                (IEqualityComparer<AcceptedSubmission>)ReferenceEqualityComparer.Instance);
        return (
            [.. slots.Select((slot, i) => slot.Row with { Sequence = i + 1 })],
            [.. slots.Select((slot, i) => (slot, Sequence: i + 1L)).Where(each => each.slot is { Reviewed: null, IsRequest: true })
                .Select(each => new AcceptedMonthChange
                {
                    Sequence = each.Sequence,
                    Period = $"{TestDistrict.Start.AddMonths((int)each.Sequence % 30)}",
                    Transition = MonthTransition.Closed,
                    At = AggregatorFixture.Now,
                    By = "http",
                })],
            [.. slots.Select((slot, i) => (slot, Sequence: i + 1L)).Where(each => each.slot.Reviewed is not null).Select(each => Review(
                each.Sequence, number[each.slot.Reviewed!], each.slot.Reviewed!.Unit,
                each.slot.IsRequest ? ReviewDecision.Return : ReviewDecision.Approve, each.slot.Reviewed.Period))]);
    }

    /// <summary>A pack with the requests that are among its rows.</summary>
    public static SubmissionsAccepted WithRequests(
        SubmissionsAccepted pack, List<AcceptedMonthChange> months, List<AcceptedReview> reviews) => pack with
        {
            Submissions = [.. pack.Submissions.Where(row => row.Values.Count > 0)],
            MonthChanges = [.. months.Where(change => change.Sequence >= pack.FromSequence && change.Sequence <= pack.ToSequence)],
            Reviews = [.. reviews.Where(review => review.Sequence >= pack.FromSequence && review.Sequence <= pack.ToSequence)],
        };

    // IsRequest: a return, or without a reviewed row a closing.
    private sealed record Slot(AcceptedSubmission Row, AcceptedSubmission? Reviewed, bool IsRequest);
}
