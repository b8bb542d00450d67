using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Units;

/// <summary>A street with two villages; a firm moves from the first to the second in 2022 and ends with 2023.</summary>
public sealed class A_tree_of_units
{
    private static readonly Unit Root = NewUnit(District, UnitKind.District, 0, spans: Span("2020-01", null, null));
    private static readonly Unit Xilin = NewUnit(Street, UnitKind.Street, 1, spans: Span("2020-01", null, District));
    private static readonly Unit One = NewUnit(VillageOne, UnitKind.Village, 2, spans: Span("2020-01", null, Street));
    private static readonly Unit Two = NewUnit(VillageTwo, UnitKind.Community, 3, spans: Span("2020-01", null, Street));
    private static readonly Unit Firm = NewUnit(new("91350100M000100Y43"), UnitKind.Enterprise, 4, spans:
        [Span("2021-03", "2021-12", VillageOne, "trade"), Span("2022-01", "2023-12", VillageTwo, "trade", "industry")]);
    private static readonly Unit Whole = NewUnit(new("320404001000"), UnitKind.Town, 5, whole: true, Span("2020-01", null, District));
    private static readonly UnitTree Tree = new([Root, Xilin, One, Two, Firm, Whole]);

    [Fact]
    public void Has_a_unit_under_the_parent_of_the_period()
    {
        Assert.Same(One, Tree.ParentOf(Firm, Month("2021-12")));
        Assert.Same(Two, Tree.ParentOf(Firm, Month("2022-01")));
        Assert.Null(Tree.ParentOf(Firm, Month("2021-02")));
        Assert.Null(Tree.ParentOf(Root, Month("2022-01")));
        Assert.Equal([Firm], Tree.ChildrenOf(One, Month("2021-12")));
        Assert.Empty(Tree.ChildrenOf(One, Month("2022-01")));
        Assert.Equal([Xilin, Whole], Tree.ChildrenOf(Root, Month("2022-01")));
        Assert.Empty(Tree.ChildrenOf(Firm, Month("2022-01")));
        Assert.True(Tree.HasChildren(One));
        Assert.False(Tree.HasChildren(Whole));
    }

    [Fact]
    public void Knows_the_level_of_those_that_report_below_a_unit_and_that_they_are_of_several()
    {
        var indicator = NewIndicator();
        Assert.Equal(UnitLevel.Village, Tree.LevelReportingBelow(Xilin, indicator, Month("2022-01")));
        Assert.Null(Tree.LevelReportingBelow(Root, indicator, Month("2022-01")));
        var whole = new UnitTree([Root, Whole with { Index = 1 }]);
        Assert.Equal(UnitLevel.Street, whole.LevelReportingBelow(Root, indicator, Month("2022-01")));
        Assert.Null(Tree.LevelReportingBelow(Two, indicator, Month("2022-01")));
    }

    [Fact]
    public void Keeps_the_last_place_of_a_unit_that_has_ended()
    {
        Assert.Null(UnitTree.EffectiveSpanIn(Firm, Month("2021-02")));
        Assert.Equal(VillageOne, UnitTree.EffectiveSpanIn(Firm, Month("2021-03"))!.Parent);
        Assert.Equal(VillageTwo, UnitTree.EffectiveSpanIn(Firm, Month("2024-06"))!.Parent);
        Assert.Equal([Two, Xilin, Root], Tree.AncestorsOf(Firm, Month("2024-06")));
        Assert.Equal([One, Xilin, Root], Tree.AncestorsOf(Firm, Month("2021-06")));
        Assert.Empty(Tree.AncestorsOf(Firm, Month("2021-02")));
        Assert.Empty(Tree.ChildrenOf(Two, Month("2024-01")));
    }

    [Fact]
    public void Names_a_unit_and_those_above_it_the_nearest_first()
    {
        Assert.Equal(
            [Firm.Code.Value, VillageOne.Value, Street.Value, District.Value], Tree.SelfAndAncestorCodes(Firm, Month("2021-06")));
        Assert.Equal([Firm.Code.Value], Tree.SelfAndAncestorCodes(Firm, null));
        Assert.Same(Root, Tree.Topmost);
        Assert.Null(new UnitTree([]).Topmost);
    }

    [Fact]
    public void Between_two_spans_keeps_the_earlier_place()
    {
        var paused = NewUnit(VillageOne, UnitKind.Village, spans: [Span("2021-01", "2021-06", District), Span("2022-01", null, Street)]);
        Assert.Equal(District, UnitTree.EffectiveSpanIn(paused, Month("2021-09"))!.Parent);
        Assert.Null(paused.SpanIn(Month("2021-09")));
    }

    [Fact]
    public void Says_who_reports_what()
    {
        var sales = NewIndicator() with { ReportedBy = UnitLevel.Enterprise, Register = "industry" };
        Assert.False(UnitTree.Reports(Firm, sales, Month("2021-12")), "not on the register yet");
        Assert.True(UnitTree.Reports(Firm, sales, Month("2022-01")));
        Assert.False(UnitTree.Reports(Firm, sales, Month("2024-01")), "it has ended");
        Assert.False(UnitTree.Reports(One, sales, Month("2022-01")), "a village does not report what firms do");
        Assert.True(UnitTree.Reports(Whole, sales, Month("2022-01")), "it reports the whole of what is below it");
        Assert.False(UnitTree.Reports(Whole, sales with { ReportedBy = UnitLevel.District }, Month("2022-01")));
        Assert.True(UnitTree.Reports(Xilin, sales with { ReportedBy = UnitLevel.Street, Register = null }, Month("2022-01")));
    }

    [Theory]
    [InlineData("320404000000", "2022-01", "32.04.04")]
    [InlineData("320404004000", "2022-01", "32.04.04.004")]
    [InlineData("320404004201", "2022-01", "32.04.04.004.201")]
    [InlineData("91350100M000100Y43", "2021-06", "32.04.04.004.201.91350100M000100Y43")]
    [InlineData("91350100M000100Y43", "2024-01", "32.04.04.004.202.91350100M000100Y43")]
    [InlineData("91350100M000100Y43", "2020-01", "91350100M000100Y43")]
    public void Gives_a_path_for_routing(string code, string period, string path) =>
        Assert.Equal(path, Tree.PathOf(Tree[new UnitCode(code)], Month(period)));
}
