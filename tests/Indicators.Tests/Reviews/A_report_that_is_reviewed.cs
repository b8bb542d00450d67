using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Reviews;

/// <summary>Row 5 is returned by row 7, sent again in row 8, and both are approved later.</summary>
public sealed class A_report_that_is_reviewed
{
    private static readonly Period July = new(2022, 7);
    private readonly ReviewStates _states = new();

    [Fact]
    public void Is_what_its_newest_review_says_in_whatever_order_they_come()
    {
        var (returned, approved) = (Review(7, 5, ReviewAction.Return), Review(9, 5, ReviewAction.Approve));
        Assert.True(_states.Apply(approved));
        Assert.True(_states.IsApproved(5));
        Assert.False(_states.Apply(returned));
        Assert.False(_states.Apply(approved));
        Assert.True(_states.IsApproved(5));
        Assert.Empty(_states.Returned);
        Assert.Equal([returned, approved], _states.HistoryOf(5));
        Assert.Equal(approved, _states.NewestOf(5));
        Assert.Equal(returned, _states.Find(7));
        Assert.Equal([7, 9], _states.All.Select(review => review.Sequence).Order());
    }

    [Fact]
    public void Does_not_count_while_it_is_returned()
    {
        Assert.True(_states.Apply(Review(7, 5, ReviewAction.Return)));
        Assert.Equal([5], _states.Returned);
        Assert.False(_states.IsApproved(5));
        Assert.True(_states.Apply(Review(9, 5, ReviewAction.Approve)));
        Assert.Empty(_states.Returned);
        Assert.True(_states.Apply(Review(10, 5, ReviewAction.Return)));
        Assert.Equal([5], _states.Returned);
    }

    [Fact]
    public void Has_the_reviews_of_its_rows()
    {
        _states.Apply(Review(9, 8, ReviewAction.Approve));
        _states.Apply(Review(7, 5, ReviewAction.Return));
        _states.Apply(Review(11, 6, ReviewAction.Approve, VillageTwo));
        Assert.Equal([7, 9], _states.NewestOf(VillageOne, July).Select(review => review.Sequence));
        Assert.Equal([11], _states.NewestOf(VillageTwo, July).Select(review => review.Sequence));
        Assert.Empty(_states.NewestOf(VillageOne, July.Previous));
    }

    [Fact]
    public void That_nobody_reviewed_is_neither_approved_nor_returned()
    {
        Assert.Null(_states.NewestOf(5));
        Assert.Null(_states.Find(5));
        Assert.Empty(_states.HistoryOf(5));
        Assert.False(_states.IsApproved(5));
        Assert.Empty(_states.All);
    }

    [Fact]
    public void Tells_the_last_review_of_the_year_so_far()
    {
        _states.Apply(Review(7, 5, ReviewAction.Return));
        _states.Apply(Review(4, 2, ReviewAction.Approve) with { Period = new(2022, 1) });
        _states.Apply(Review(12, 3, ReviewAction.Approve) with { Period = new(2021, 12) });
        _states.Apply(Review(6, 5, ReviewAction.Approve));
        Assert.Null(_states.LastThrough(new(2023, 1)));
        Assert.Equal(12, _states.LastThrough(new(2021, 12)));
        Assert.Equal(4, _states.LastThrough(new(2022, 1)));
        Assert.Equal(4, _states.LastThrough(new(2022, 6)));
        Assert.Equal(7, _states.LastThrough(July));
        Assert.Equal(7, _states.LastThrough(new(2022, 12)));
    }

    private static ReportReview Review(long sequence, long row, ReviewAction action, UnitCode? unit = null) =>
        new(sequence, row, unit ?? VillageOne, July, action, DateTimeOffset.UnixEpoch, "审核员", "数字有误");
}
