using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tests.Formatting;

/// <summary>A milestone and a yes/no on cards, in tables and beside their targets.</summary>
public sealed class Stages_in_words
{
    private static readonly Lang Zh = new(false);
    private static readonly Lang En = new(true);

    [Theory]
    [InlineData(1, "滞后计划2个阶段", "2 stages behind the plan")]
    [InlineData(2, "滞后计划1个阶段", "1 stage behind the plan")]
    [InlineData(3, "达到计划进度", "as planned")]
    public void Of_one_unit_count_the_stages_that_it_is_behind(int stage, string zh, string en)
    {
        var row = Row(StagedIndicators.Planning, stage, 3) with { PlannedStage = 3 };
        Assert.Equal((zh, en), (StageFormat.AgainstPlan(row, 1, Zh), StageFormat.AgainstPlan(row, 1, En)));
    }

    [Theory]
    [InlineData(2, 0, "滞后计划2个")]
    [InlineData(0, 0, "均达到计划进度")]
    [InlineData(0, 6, "已报的均达到计划进度")]
    public void Of_a_parent_count_the_units_that_are_behind(int behind, int without, string zh) =>
        Assert.Equal(zh, StageFormat.AgainstPlan(
            Row(StagedIndicators.Planning, 1, 3) with { PlannedStage = 3, UnitsWithoutStage = without }, behind, Zh));

    [Theory]
    [InlineData(0, -100, null, "未达成", "not achieved")]
    [InlineData(0, 0, null, "未到目标期限", "not due yet")]
    [InlineData(1, 0, null, "达到目标", "the target is met")]
    public void Of_a_yes_or_no_are_held_against_the_target_and_not_against_pace(
        int achieved, int gap, int? without, string zh, string en)
    {
        var row = Row(StagedIndicators.Award, achieved, 1) with { UnitsWithoutStage = without };
        Assert.False(FigureFormat.IsAgainstPace(row));
        Assert.Equal((zh, en), (GapOf(row, gap, Zh), GapOf(row, gap, En)));
    }

    [Fact]
    public void Of_a_parent_say_how_many_are_missing() =>
        Assert.Equal("还差3个", GapOf(Row(StagedIndicators.Award, 4, 7) with { UnitsWithoutStage = 0 }, -42.9m, Zh));

    [Fact]
    public void Name_the_stage_of_a_target()
    {
        var (plan, award) = (Row(StagedIndicators.Planning, 1, 3), Row(StagedIndicators.Award, 0, 1));
        Assert.Equal(("规划批复", "approved"),
            (FigureFormat.Target(plan, StagedIndicators.Planning, Zh), FigureFormat.Target(plan, StagedIndicators.Planning, En)));
        Assert.Equal("达成", FigureFormat.Target(award, StagedIndicators.Award, Zh));
        Assert.Equal("3个", FigureFormat.Target(award with { Target = 3, UnitsWithoutStage = 0 }, StagedIndicators.Award, Zh));
    }

    [Fact]
    public void Of_a_parent_with_one_report_are_counts()
    {
        var month = new SeriesPoint("2022-10", null, 2, null, null, null, null, null, null, 1, 7, ResultState.Provisional)
        {
            Stages = [0, 0, 1, 0],
            UnitsWithoutStage = 6,
        };
        Assert.Equal("方案评审 1，未报 6", StageFormat.Text(StagedIndicators.Planning, month, Zh));
        Assert.Equal("reviewed (2022-06-23)",
            StageFormat.Text(StagedIndicators.Planning, month with { UnitsWithoutStage = null, Since = new DateOnly(2022, 6, 23) }, En));
    }

    [Fact]
    public void Head_a_column_by_what_stands_in_it() => Assert.Equal(("阶段", "是否达成"),
        (StageFormat.Heading(StagedIndicators.Planning, Zh), StageFormat.Heading(StagedIndicators.Award, Zh)));

    private static string GapOf(ReportRow row, decimal gap, Lang lang) => FigureFormat.Gap(row, gap, StagedIndicators.Award, lang);

    private static ReportRow Row(CatalogueIndicator indicator, decimal reached, decimal target) => new()
    {
        Indicator = indicator.Code,
        NameZh = indicator.NameZh,
        NameEn = indicator.NameEn,
        UnitZh = indicator.PrintedUnitZh,
        UnitEn = indicator.PrintedUnitEn,
        Decimals = 0,
        Kind = indicator.Kind,
        GrowthUnit = GrowthUnits.Percent,
        TargetMeasure = TargetMeasures.Stage,
        YearToDate = reached,
        Stages = [1, 0],
        Target = target,
        TargetKind = TargetType.Amount,
        Reported = 1,
        Expected = 1,
        State = ResultState.Complete,
        Chapter = "",
        Section = "",
        PhraseZh = "",
        PhraseEn = "",
    };
}
