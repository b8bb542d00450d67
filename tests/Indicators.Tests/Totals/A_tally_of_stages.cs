namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>How many units are at each stage, kept by adding and subtracting the tallies of single units.</summary>
public sealed class A_tally_of_stages
{
    private static readonly DateOnly June = new(2022, 6, 15);

    [Fact]
    public void Of_one_unit_has_its_stage_and_date()
    {
        var one = StageTally.Of(2, June)!;
        Assert.Equal([0, 0, 1], one.Units);
        Assert.Equal((1, 2, 2, June), (one.Count, one.Lowest, one.Highest, one.Since));
        Assert.Equal((0, 1, 0), (one.UnitsAt(1), one.UnitsAt(2), one.UnitsAt(3)));
        Assert.Equal((0, 1), (one.UnitsBelow(2), one.UnitsBelow(3)));
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(20.0, true)]
    [InlineData(21.0, false)]
    [InlineData(-1.0, false)]
    [InlineData(1.5, false)]
    [InlineData(null, false)]
    public void Is_made_of_a_whole_stage_from_0_to_20(double? stage, bool isStage) =>
        Assert.Equal(isStage, StageTally.Of((decimal?)stage, null) is not null);

    [Fact]
    public void Has_no_date_at_stage_0_and_none_where_none_was_reported()
    {
        Assert.Null(StageTally.Of(0, June)!.Since);
        Assert.Null(StageTally.Of(1, null)!.Since);
    }

    [Fact]
    public void Of_several_units_has_no_date_and_the_lowest_stage_of_them()
    {
        var two = StageTally.Add(StageTally.Of(1, June), StageTally.Of(3, null))!;
        Assert.Equal([0, 1, 0, 1], two.Units);
        Assert.Equal((2, 1, 3, null), (two.Count, two.Lowest, two.Highest, two.Since));
    }

    [Fact]
    public void Is_the_one_that_was_added_to_after_a_unit_is_taken_away_again()
    {
        var (one, other) = (StageTally.Of(1, June), StageTally.Of(3, June.AddDays(9)));
        var both = StageTally.Add(one, other);
        Assert.Equal(one, StageTally.Subtract(both, other));
        Assert.Equal(other, StageTally.Subtract(both, one));
        Assert.Equal(June, StageTally.Subtract(both, other)!.Since);
        Assert.Null(StageTally.Subtract(one, one));
    }

    [Fact]
    public void Is_the_same_with_nothing_added_or_taken_away()
    {
        var one = StageTally.Of(1, June);
        Assert.Same(one, StageTally.Add(one, null));
        Assert.Same(one, StageTally.Add(null, one));
        Assert.Same(one, StageTally.Subtract(one, null));
        Assert.Null(StageTally.Add(null, null));
    }

    [Fact]
    public void May_be_a_difference_that_is_added_later()
    {
        var (one, other) = (StageTally.Of(1, June), StageTally.Of(2, June));
        var difference = StageTally.Subtract(null, one);
        Assert.Equal([0, -1], difference!.Units);
        Assert.Equal(other, StageTally.Add(StageTally.Add(one, other), difference));

        // Another date at the same stage: no unit moves, and the days do.
        var dated = StageTally.Subtract(StageTally.Of(1, June.AddDays(1)), one)!;
        Assert.Empty(dated.Units);
        Assert.Equal(June.AddDays(1), StageTally.Add(one, dated)!.Since);
    }

    [Fact]
    public void Comes_back_from_the_sums_that_were_taken_out_of_it()
    {
        var two = StageTally.Add(StageTally.Of(1, June), StageTally.Of(3, June))!;
        Assert.Equal(two, StageTally.FromSums(two.Units, two.Days));
    }

    [Fact]
    public void Comes_back_from_the_counts_that_were_published()
    {
        Assert.Equal(StageTally.Of(1, June), StageTally.FromCounts([0, 1, 0, 0], June));
        Assert.Equal([0, 2, 0, 1], StageTally.FromCounts([0, 2, 0, 1], null)!.Units);
        Assert.Equal(0, StageTally.FromCounts([0, 2], null)!.Days);
        Assert.Null(StageTally.FromCounts([0, 0], June));
        Assert.Null(StageTally.FromCounts([], June));
        Assert.Null(StageTally.FromCounts(null, June));
    }

    [Fact]
    public void Is_equal_to_one_of_the_same_units_and_dates()
    {
        var one = StageTally.Of(1, June)!;
        Assert.True(one.Equals((object?)StageTally.Of(1, June)));
        Assert.Equal(one.GetHashCode(), StageTally.Of(1, June)!.GetHashCode());
        Assert.False(one.Equals(StageTally.Of(1, June.AddDays(1))));
        Assert.False(one.Equals(StageTally.Of(2, June)));
        Assert.False(one.Equals(null));
        Assert.True(one.HasSameCounts(StageTally.Of(1, null)!));
        Assert.Equal("0/1 since 2022-06-15", $"{one}");
    }
}

public sealed class The_stages_of_a_total
{
    private static readonly DateOnly June = new(2022, 6, 15);
    private static readonly StageTally One = StageTally.Of(1, June)!;

    [Fact]
    public void Are_none_where_no_unit_has_a_stage()
    {
        Assert.Null(StageCounts.Of(null, isOwn: true, expected: 1));
        Assert.Null(StageCounts.FromPublished(null, 3, null));
        Assert.Null(StageCounts.FromPublished([0], 3, null));
    }

    [Fact]
    public void Of_a_parent_count_those_that_have_never_reported()
    {
        var counts = StageCounts.Of(One, isOwn: false, expected: 3)!;
        Assert.Equal((false, 2, 3, null), (counts.IsOwn, counts.UnitsWithoutStage, counts.Units, counts.Since));
        Assert.Equal(0, StageCounts.Of(One, isOwn: false, expected: 0)!.UnitsWithoutStage);
    }

    [Fact]
    public void Of_a_unit_that_reports_itself_are_its_own()
    {
        var counts = StageCounts.Of(One, isOwn: true, expected: 1)!;
        Assert.Equal((true, null, 1, June), (counts.IsOwn, counts.UnitsWithoutStage, counts.Units, counts.Since));
        Assert.Equal(counts, StageCounts.FromPublished([0, 1], null, June));
    }

    [Fact]
    public void Are_equal_where_readers_see_the_same()
    {
        var own = new StageCounts(One, null);
        var parent = new StageCounts(One, 2);
        Assert.True(own.Equals((object?)new StageCounts(One, null)));
        Assert.Equal(own.GetHashCode(), new StageCounts(One, null).GetHashCode());
        Assert.False(own.Equals(parent));
        Assert.False(own.Equals(null));
        Assert.False(parent.Equals(new StageCounts(One, 1)));
        Assert.False(parent.Equals(new StageCounts(StageTally.Of(2, June)!, 2)));
        Assert.False(own.Equals(new StageCounts(StageTally.Of(1, June.AddDays(1))!, null)));
        Assert.True(parent.Equals(new StageCounts(StageTally.Of(1, June.AddDays(1))!, 2)));
        Assert.Equal("0/1 since 2022-06-15, without a stage 2", $"{parent}");
    }
}
