using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Reviews;

/// <summary>Who reviews the reports of villages, of two streets of a district.</summary>
public sealed class A_workflow
{
    private static readonly UnitCode OtherStreet = new("320404001000");
    private static readonly Unit Root = NewUnit(District, UnitKind.District, 0, spans: Span("2020-01", null, null));
    private static readonly Unit Xilin = NewUnit(Street, UnitKind.Street, 1, spans: Span("2020-01", null, District));
    private static readonly Unit Other = NewUnit(OtherStreet, UnitKind.Street, 2, spans: Span("2020-01", null, District));
    private static readonly Unit One = NewUnit(VillageOne, UnitKind.Village, 3, spans:
        [Span("2020-01", "2022-06", Street), Span("2022-07", null, OtherStreet)]);

    private static readonly UnitTree Tree = new([Root, Xilin, Other, One]);

    [Fact]
    public void Has_the_unit_above_review_where_it_names_none()
    {
        var workflow = new ReviewWorkflow([new(UnitKind.Village, null, true, null, null)]);
        Assert.False(workflow.IsEmpty);
        Assert.Same(Xilin, workflow.ReviewerOf(One, new(2022, 6), Tree));
        Assert.Same(Other, workflow.ReviewerOf(One, new(2022, 7), Tree));
        Assert.Null(workflow.ReviewerOf(Xilin, new(2022, 7), Tree));
    }

    [Fact]
    public void Begins_with_its_first_month()
    {
        var workflow = new ReviewWorkflow([new(UnitKind.Village, null, true, District, new(2022, 3))]);
        Assert.Null(workflow.ReviewerOf(One, new(2022, 2), Tree));
        Assert.Same(Root, workflow.ReviewerOf(One, new(2022, 3), Tree));
    }

    [Fact]
    public void Lets_the_row_of_the_nearest_subtree_decide()
    {
        ReviewRule[] rules =
        [
            new(UnitKind.Village, District, true, District, null), new(UnitKind.Village, Street, false, null, null),
            new(UnitKind.Street, OtherStreet, true, null, null), new(UnitKind.Village, null, true, OtherStreet, null),
        ];
        var workflow = new ReviewWorkflow(rules);
        Assert.Equal(rules, workflow.Rules);
        Assert.Null(workflow.ReviewerOf(One, new(2022, 6), Tree));
        Assert.Same(Root, workflow.ReviewerOf(One, new(2022, 7), Tree));
        Assert.Same(Root, workflow.ReviewerOf(Other, new(2022, 7), Tree));
        Assert.Null(workflow.ReviewerOf(Xilin, new(2022, 7), Tree));

        var general = new ReviewWorkflow([rules[1], rules[3]]);
        Assert.Same(Other, general.ReviewerOf(One, new(2022, 7), Tree));
        Assert.Null(new ReviewWorkflow([rules[1]]).ReviewerOf(One, new(2022, 7), Tree));
    }

    [Fact]
    public void Lets_the_row_of_the_unit_itself_decide_before_those_above()
    {
        var workflow = new ReviewWorkflow(
            [new(UnitKind.Village, Street, false, null, null), new(UnitKind.Village, VillageOne, true, District, null)]);
        Assert.Same(Root, workflow.ReviewerOf(One, new(2022, 6), Tree));
    }

    [Fact]
    public void Without_rows_reviews_nothing()
    {
        Assert.True(ReviewWorkflow.None.IsEmpty);
        Assert.Null(ReviewWorkflow.None.ReviewerOf(One, new(2022, 7), Tree));
    }
}
