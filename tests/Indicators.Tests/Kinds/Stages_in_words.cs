using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Kinds;

/// <summary>Three stages after the first, to be reached by December: one is planned by April, two by August.</summary>
public sealed class A_milestone_in_words
{
    private static readonly Indicator Planning =
        NewIndicator(MilestoneKind.Instance, GrowthBasis.None, rankBy: RankBy.Value, decimals: 0) with
        {
            NameZh = "片区规划",
            NameEn = "Area plan",
            Stages = [new("未启动", "not started"), new("方案编制", "drafted"), new("方案评审", "reviewed"), new("规划批复", "approved")],
        };

    private static readonly Target Plan = new(VillageOne, Planning.Code, 2022, TargetKind.Amount, 3);

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(1.5, false)]
    [InlineData(-1, false)]
    public void Has_one_of_its_stages_for_a_target(double target, bool isRight) => Assert.Equal(
        isRight ? null : ("目标应为阶段 1 至 3 的整数", "the target is a stage from 1 to 3"),
        Planning.Kind.TargetFault(Planning, (decimal)target));

    [Fact]
    public void Of_one_unit_at_the_first_stage_names_it_alone() =>
        Assert.Equal(("未启动", "not started"), Planning.Kind.FigureText(Planning, At(0)));

    [Fact]
    public void Of_one_unit_without_a_date_names_its_stage() =>
        Assert.Equal(("已完成规划批复（第3阶段，共3阶段）", "at “approved” (stage 3 of 3)"), Planning.Kind.FigureText(Planning, At(3)));

    [Theory]
    [InlineData(2, "片区规划：已完成方案评审（第2阶段，共3阶段），达到计划进度", "Area plan: at “reviewed” (stage 2 of 3), as planned")]
    [InlineData(1, "片区规划：已完成方案编制（第1阶段，共3阶段），滞后计划1个阶段", "Area plan: at “drafted” (stage 1 of 3), 1 stage behind the plan")]
    [InlineData(0, "片区规划：未启动，滞后计划2个阶段", "Area plan: not started, 2 stages behind the plan")]
    public void Of_one_unit_says_how_far_it_is_behind_the_plan(int stage, string zh, string en) =>
        Assert.Equal((zh, en), Planning.Kind.PhraseText(Planning, At(stage), UnitLevel.Village, Plan, 8));

    [Theory]
    [InlineData(1, 8, "已完成方案编制（第1阶段，共3阶段），滞后计划1个阶段（应完成方案评审）",
        ": at “drafted” (stage 1 of 3), 1 stage behind the plan (planned by now: reviewed)")]
    [InlineData(0, 3, "未启动，达到计划进度", ": not started, as planned")]
    public void Of_one_unit_says_in_an_alert_what_is_planned(int stage, int month, string zh, string en) =>
        Assert.Equal((zh, en), Planning.Kind.ProgressText(Planning, At(stage), UnitLevel.Village, Plan, month));

    [Fact]
    public void Of_a_parent_says_in_an_alert_how_many_are_behind() => Assert.Equal(
        ("：3个村（社区）中，滞后计划2个（应完成方案评审）", ": 3 villages and communities, 2 behind the plan (planned by now: reviewed)"),
        Planning.Kind.ProgressText(Planning, Of(3, 1, 0), UnitLevel.Village, Plan, 8));

    [Fact]
    public void Of_a_parent_says_that_all_are_as_planned_once_all_have_reported()
    {
        Assert.Equal(("片区规划：2个街道（镇）中，2个完成方案评审，均达到计划进度", "Area plan: of 2 sub-districts and towns, 2 at “reviewed”, all as planned"),
            Planning.Kind.PhraseText(Planning, Of(2, 2), UnitLevel.Street, Plan, 8));
        Assert.Equal(
            ("片区规划：3个街道（镇）中，2个完成方案评审，1个未报，已报的均达到计划进度",
                "Area plan: of 3 sub-districts and towns, 2 at “reviewed”, 1 not reported, those that have reported as planned"),
            Planning.Kind.PhraseText(Planning, Planning.Total(Sum(2, 2), expected: 3).Stages!, UnitLevel.Street, Plan, 8));
    }

    [Fact]
    public void Has_no_words_of_progress_where_no_unit_has_a_stage() =>
        Assert.Null(Planning.Kind.ProgressText(Planning, null, UnitLevel.Village, Plan, 8));

    [Theory]
    [InlineData(null, "个单位", "units")]
    [InlineData(UnitLevel.Enterprise, "家企业", "enterprises")]
    [InlineData(UnitLevel.Village, "个村（社区）", "villages and communities")]
    [InlineData(UnitLevel.Street, "个街道（镇）", "sub-districts and towns")]
    [InlineData(UnitLevel.District, "个区", "districts")]
    [InlineData(UnitLevel.City, "个市", "cities")]
    public void Counts_units_by_the_name_of_their_level(UnitLevel? level, string zh, string en) => Assert.Equal(
        ($"片区规划：2{zh}中，2个完成方案评审", $"Area plan: of 2 {en}, 2 at “reviewed”"),
        Planning.Kind.PhraseText(Planning, Of(2, 2), level, null, 8));

    private static StageCounts At(int stage) => Planning.Total(Sum(stage)).Stages!;

    private static StageCounts Of(params int[] stages) => Planning.Total(Sum(stages), stages.Length, isOwn: false).Stages!;

    private static Sums Sum(params int[] stages) => stages
        .Select(stage => Planning.Contribute("2022-06", Year(null, null, null, null, null, stage)))
        .Aggregate((all, one) => all + one);
}

public sealed class A_yes_or_no_in_words
{
    private static readonly Indicator Award = NewIndicator(YesNoKind.Instance, GrowthBasis.None, rankBy: RankBy.Value, decimals: 0) with
    {
        NameZh = "示范点创建",
        NameEn = "Model site",
        Printing = new("家", "sites", 1, 0, false, "成功创建示范点{value}", "", ""),
    };

    private static readonly Target ByNovember = new(VillageOne, Award.Code, 2022, TargetKind.Amount, 2) { ByMonth = 11 };

    [Theory]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(0, false)]
    [InlineData(1.5, false)]
    [InlineData(-2, false)]
    public void Has_a_number_of_units_for_a_target(double target, bool isRight) => Assert.Equal(
        isRight ? null : ("目标应为达成的单位数（一个单位自己的目标为 1）", "the target is a number of units that achieve it (1 for a single unit)"),
        Award.Kind.TargetFault(Award, (decimal)target));

    [Fact]
    public void Names_both_of_its_stages()
    {
        Assert.Equal(("未达成", "not achieved"), Award.Kind.FigureText(Award, Own(0)));
        Assert.Equal(("已达成", "achieved"), Award.Kind.FigureText(Award, Own(1)));
    }

    [Fact]
    public void Of_one_unit_has_the_words_of_the_catalogue_once_it_is_achieved()
    {
        Assert.Equal(("成功创建示范点1家", "Model site: achieved"), Award.Kind.PhraseText(Award, Own(1), UnitLevel.Village, null, 6));
        Assert.Equal(("示范点创建：未达成", "Model site: not achieved"), Award.Kind.PhraseText(Award, Own(0), UnitLevel.Village, null, 6));
    }

    [Fact]
    public void Without_words_in_the_catalogue_is_counted_beside_its_name()
    {
        var plain = Award with { Printing = Award.Printing with { PhraseZh = "" } };
        Assert.Equal(("示范点创建：3家企业中2个已达成", "Model site: 2 of 3 enterprises"),
            Award.Kind.PhraseText(plain, Of(1, 0, 1), UnitLevel.Enterprise, null, 6));
    }

    [Fact]
    public void Of_one_unit_says_in_an_alert_by_when_it_is_to_be_achieved()
    {
        Assert.Equal(("未达成，目标为11月底前达成", ": not achieved; the target is month 11"), Progress(Own(0)));
        Assert.Equal(("已达成", ": achieved"), Progress(Own(1)));
    }

    [Fact]
    public void Of_a_parent_says_in_an_alert_how_many_are_missing()
    {
        Assert.Equal(("已达成1家，目标为11月底前2家，还差1家", ": 1 achieved, 1 short of the target of 2 by month 11"), Progress(Of(1, 0, 0)));
        Assert.Equal(("已达成2家，达到目标（2家）", ": 2 achieved, the target of 2 is met"), Progress(Of(1, 1, 0)));
        Assert.Equal(("已达成3家，达到目标（2家）", ": 3 achieved, the target of 2 is met"), Progress(Of(1, 1, 1)));
        Assert.Null(Progress(null));
    }

    [Fact]
    public void Is_behind_by_the_share_of_the_target_that_is_missing()
    {
        var target = ByNovember with { Value = 4 };
        Assert.Equal(new TargetProgress(25, -75), TargetProgress.Measure(Award, Total(1, 0, 0, 0), target, 11, null));
        Assert.Equal(new TargetProgress(25, 0), TargetProgress.Measure(Award, Total(1, 0, 0, 0), target, 10, null));
        Assert.Equal(new TargetProgress(125, 25), TargetProgress.Measure(Award, Total(1, 1, 1, 1, 1), target, 10, null));
    }

    [Fact]
    public void Has_a_month_only_where_it_was_reported()
    {
        Assert.Equal((1m, 1m), (Total(1, 0).Month, Total(1, 0).Ytd));
        var kept = Award.Total(Award.Contribute("2022-07", Year(null, null, null, null, null, 1)));
        Assert.Equal((null, 1m), (kept.Month, kept.Ytd));
    }

    private static (string, string)? Progress(StageCounts? stages) =>
        Award.Kind.ProgressText(Award, stages, UnitLevel.Village, ByNovember, 6);

    private static StageCounts Own(int achieved) => Award.Total(Sum(achieved)).Stages!;

    private static StageCounts Of(params int[] achieved) => Total(achieved).Stages!;

    private static Total Total(params int[] achieved) => Award.Total(Sum(achieved), achieved.Length, isOwn: false);

    private static Sums Sum(params int[] achieved) => achieved
        .Select(yes => Award.Contribute("2022-06", Year(null, null, null, null, null, yes)))
        .Aggregate((all, one) => all + one);
}
