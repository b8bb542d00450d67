using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Kinds;

public sealed class A_milestone
{
    private static readonly Indicator Planning =
        NewIndicator(MilestoneKind.Instance, GrowthBasis.None, rankBy: RankBy.Value, decimals: 0) with
        {
            NameZh = "片区规划",
            NameEn = "Area plan",
            Stages = [new("未启动", "not started"), new("方案编制", "drafted"), new("方案评审", "reviewed"), new("规划批复", "approved")],
            Printing = new("阶段", "stage", 1, 0, false, "", "", ""),
        };

    private static readonly Target Plan = new(VillageOne, Planning.Code, 2022, TargetKind.Amount, 3);
    private static readonly ColourRule Rule = new(UnitLevel.Street, ColourScheme.Pace, 5, 40, 1, false);

    [Fact]
    public void Keeps_its_stage_and_date_in_a_month_without_a_report_and_counts_as_unreported()
    {
        var sums = Planning.Contribute("2022-06", Reached(2, 1, "2022-02-10"));
        Assert.Equal((0, 1), (sums.Reported, sums.YtdCount));
        Assert.Equal((1, new DateOnly(2022, 2, 10)), (sums.Stages!.Lowest, sums.Stages.Since));
    }

    [Fact]
    public void Keeps_the_stage_that_was_reached_in_any_month_of_last_year() =>
        Assert.Equal(1, Planning.Contribute("2022-06", new Figures[12], Reached(4, 1, "2021-04-30")).Stages!.Lowest);

    [Fact]
    public void Keeps_a_stage_of_January()
    {
        Assert.Equal(2, Planning.Contribute("2022-06", Reached(1, 2, "2022-01-10"), Reached(12, 1, "2021-12-10")).Stages!.Lowest);
        Assert.Equal(1, Planning.Contribute("2022-06", new Figures[12], Reached(1, 1, "2021-01-30")).Stages!.Lowest);
        Assert.Null(Planning.Contribute("2022-06", new Figures[12]).Stages);
    }

    [Fact]
    public void Of_one_unit_has_a_month_where_it_was_reported()
    {
        Assert.Equal((2m, 2m), Of(Planning.Total(Planning.Contribute("2022-06", Reached(6, 2, "2022-06-15")))));
        Assert.Equal((null, 2m), Of(Planning.Total(Planning.Contribute("2022-07", Reached(6, 2, "2022-06-15")))));
        Assert.Equal((null, 2m), Of(Planning.Total(Units(2), isOwn: false)));

        static (decimal?, decimal?) Of(Total total) => (total.Month, total.Ytd);
    }

    [Fact]
    public void Of_a_parent_counts_its_units_at_each_stage_and_stands_where_the_last_of_them_stands()
    {
        var total = Planning.Total(Units(3, 2, 2, 0), expected: 4);
        Assert.Equal([1, 0, 2, 1], Enumerable.Range(0, 4).Select(total.Stages!.UnitsAt));
        Assert.Equal((0m, null, TotalState.Complete), (total.Ytd, total.Stages.Since, total.State));
        Assert.Equal(("1个完成规划批复，2个完成方案评审，1个未启动", "1 at “approved”, 2 at “reviewed”, 1 at “not started”"),
            Planning.Kind.FigureText(Planning, total.Stages!));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(8, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 3)]
    public void Is_planned_on_an_even_way_in_whole_stages(int month, int stage) =>
        Assert.Equal(stage, MilestoneKind.PlannedStage(Plan, month));

    [Theory]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(12, 3)]
    public void Is_planned_by_the_month_of_its_target(int month, int stage) =>
        Assert.Equal(stage, MilestoneKind.PlannedStage(Plan with { ByMonth = 6 }, month));

    [Theory]
    [InlineData(8, 3, Colour.Green, 33.3)]
    [InlineData(8, 2, Colour.Green, 0)]
    [InlineData(8, 1, Colour.Amber, -33.3)]
    [InlineData(12, 1, Colour.Red, -66.7)]
    public void Of_one_unit_is_judged_by_the_stages_that_it_is_behind(int month, int stage, Colour colour, double gap)
    {
        var judged = Judge(Units(stage), month);
        Assert.Equal((colour, (decimal)gap), (judged.Colour, Rounding.Rate(judged.Gap!.Value)));
    }

    [Theory]
    [InlineData(new[] { 3, 3, 3, 3 }, Colour.Green, 0)]
    [InlineData(new[] { 3, 3, 3, 2 }, Colour.Amber, -25)]
    [InlineData(new[] { 3, 3, 2, 0 }, Colour.Red, -50)]
    public void Of_a_parent_is_judged_by_the_share_of_its_units_that_are_behind(int[] stages, Colour colour, int gap)
    {
        var judged = Judge(Units(stages), 12);
        Assert.Equal((colour, (decimal)gap, 100 + (decimal)gap), (judged.Colour, judged.Gap, judged.Value));
        var counts = Planning.Total(Units(stages), stages.Length).Stages;
        Assert.Equal(stages.Count(stage => stage < 3), Planning.Kind.UnitsBehind(counts, Plan, 12));
    }

    [Fact]
    public void Is_reported_in_a_sentence_with_who_is_behind()
    {
        var total = Planning.Total(Units(3, 3, 2), expected: 3);
        Assert.Equal(
            ("片区规划：3个村（社区）中，2个完成规划批复，1个完成方案评审，滞后计划1个",
                "Area plan: of 3 villages and communities, 2 at “approved”, 1 at “reviewed”, 1 behind the plan"),
            Planning.Kind.PhraseText(Planning, total.Stages!, UnitLevel.Village, Plan, 12));
        Assert.Equal("片区规划：3个村（社区）中，2个完成规划批复，1个完成方案评审",
            Planning.Kind.PhraseText(Planning, total.Stages!, UnitLevel.Village, null, 12)!.Value.Zh);
    }

    [Theory]
    [InlineData(UnitLevel.Enterprise, "家企业")]
    [InlineData(UnitLevel.Street, "个街道（镇）")]
    [InlineData(null, "个单位")]
    public void Names_its_units_by_their_level(UnitLevel? level, string units)
    {
        var stages = Planning.Total(Units(3, 3, 2), expected: 3).Stages!;
        Assert.StartsWith($"片区规划：3{units}中，", Planning.Kind.PhraseText(Planning, stages, level, null, 12)!.Value.Zh,
            StringComparison.Ordinal);
        Assert.StartsWith($"：3{units}中", Planning.Kind.ProgressText(Planning, stages, level, Plan, 12)!.Value.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_unit_says_its_stage_and_date()
    {
        var total = Planning.Total(Planning.Contribute("2022-06", Reached(6, 2, "2022-06-15")));
        Assert.Equal(("片区规划：已完成方案评审（第2阶段，共3阶段，2022-06-15）", "Area plan: at “reviewed” (stage 2 of 3, 2022-06-15)"),
            Planning.Kind.PhraseText(Planning, total.Stages!, UnitLevel.Village, null, 6));
    }

    [Fact]
    public void Ranks_by_stage_and_then_by_the_earlier_date()
    {
        RankKey? Key(int stage, string date) =>
            CompetitionRanking.KeyOf(
                Planning, UnitLevel.Village, Planning.Total(Planning.Contribute("2022-06", Reached(6, stage, date))), null);
        Assert.Equal(
            [2, 1, 4, 2, null],
            CompetitionRanking.ComputeByKey([Key(2, "2022-05-01"), Key(2, "2022-04-30"), Key(1, "2021-01-01"), Key(2, "2022-05-01"), null],
                Direction.HigherIsBetter));
    }

    [Fact]
    public void Of_a_parent_counts_its_units_though_only_one_has_reported()
    {
        var total = Planning.Total(Units(2), expected: 7);
        Assert.Equal((2m, (decimal?)null, null, TotalState.Provisional), (total.Ytd, total.Month, total.Stages!.Since, total.State));
        Assert.Equal(
            ("片区规划：7个村（社区）中，1个完成方案评审，6个未报，滞后计划1个",
                "Area plan: of 7 villages and communities, 1 at “reviewed”, 6 not reported, 1 behind the plan"),
            Planning.Kind.PhraseText(Planning, total.Stages, UnitLevel.Village, Plan, 12));
        Assert.Equal("片区规划：7个村（社区）中，1个完成方案评审，6个未报，已报的均达到计划进度",
            Planning.Kind.PhraseText(Planning, total.Stages, UnitLevel.Village, Plan, 8)!.Value.Zh);
        Assert.Equal("：7个村（社区）中，滞后计划1个（应完成规划批复）",
            Planning.Kind.ProgressText(Planning, total.Stages, UnitLevel.Village, Plan, 12)!.Value.Zh);
    }

    [Fact]
    public void Of_a_parent_with_a_single_unit_counts_it()
    {
        var total = Planning.Total(Units(2), expected: 1, isOwn: false);
        Assert.Equal("片区规划：1个村（社区）中，1个完成方案评审", Planning.Kind.PhraseText(Planning, total.Stages!, UnitLevel.Village, null, 12)!.Value.Zh);
        Assert.Null(total.Stages!.Since);
    }

    [Fact]
    public void Of_0_has_no_date_and_shares_its_rank_whatever_date_is_left_of_a_stage_taken_back()
    {
        RankKey? Key(DateOnly? left)
        {
            var year = new Figures[12];
            year[5] = new Figures(0, date: left);
            return CompetitionRanking.KeyOf(Planning, UnitLevel.Village, Planning.Total(Planning.Contribute("2022-06", year)), null);
        }

        Assert.Equal([1, 1, 1],
            CompetitionRanking.ComputeByKey([Key(new DateOnly(2021, 11, 24)), Key(null), Key(new DateOnly(2022, 1, 3))],
                Direction.HigherIsBetter));
    }

    private static Judgement Judge(Sums sums, int month) =>
        ColourEvaluator.Judge(Planning, Planning.Total(sums, sums.Reported), Plan, Rule, month, null, null, Colour.Green)!.Value;

    private static Sums Units(params int[] stages) => stages
        .Select(stage => Planning.Contribute("2022-06", Reached(6, stage, "2022-06-15")))
        .Aggregate((all, one) => all + one);

    private static Figures[] Reached(int month, int stage, string date)
    {
        var year = new Figures[12];
        year[month - 1] =
            new Figures(stage, date: stage == 0 ? null : DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        return year;
    }
}

public sealed class A_yes_or_no
{
    private static readonly Indicator Award = NewIndicator(YesNoKind.Instance, GrowthBasis.None, rankBy: RankBy.Value, decimals: 0) with
    {
        NameZh = "示范点创建",
        NameEn = "Model site",
        Printing = new("家", "sites", 1, 0, false, "成功创建示范点{value}", "", ""),
    };

    private static readonly ColourRule Rule = new(UnitLevel.Street, ColourScheme.Pace, 5, 15, 1, false);

    [Fact]
    public void Of_a_parent_counts_the_units_that_achieved_it()
    {
        var total = Award.Total(Units(true, false, true), expected: 3);
        Assert.Equal((2m, 2), (total.Ytd, total.Stages!.UnitsAt(1)));
        Assert.Equal(("2家（共3家）", "2 of 3"), Award.Kind.FigureText(Award, total.Stages!));
        Assert.Equal(("成功创建示范点2家", "Model site: 2 of 3 villages and communities"),
            Award.Kind.PhraseText(Award, total.Stages!, UnitLevel.Village, null, 12));
    }

    [Fact]
    public void Of_a_parent_counts_its_units_though_only_one_has_reported()
    {
        var total = Award.Total(Units(true), expected: 7);
        Assert.Null(total.Stages!.Since);
        Assert.Equal(("1家（共7家，6个未报）", "1 of 7, 6 not reported"), Award.Kind.FigureText(Award, total.Stages));
        Assert.Equal("Model site: 1 of 7 villages and communities, 6 not reported",
            Award.Kind.PhraseText(Award, total.Stages, UnitLevel.Village, null, 12)!.Value.En);
        Assert.Equal("示范点创建：7个村（社区）中0个已达成，6个未报",
            Award.Kind.PhraseText(Award, Award.Total(Units(false), expected: 7).Stages!, UnitLevel.Village, null, 12)!.Value.Zh);
    }

    [Fact]
    public void Of_one_unit_says_since_when() =>
        Assert.Equal(("已达成（2022-05-20）", "achieved (2022-05-20)"), Award.Kind.FigureText(Award, Award.Total(Units(true)).Stages!));

    [Theory]
    [InlineData(11, 1, Colour.Green)]
    [InlineData(12, 1, Colour.Red)]
    [InlineData(12, 3, Colour.Green)]
    public void Is_asked_for_by_the_years_end_and_not_before(int month, int achieved, Colour colour)
    {
        var sums = Units([.. Enumerable.Range(0, 4).Select(unit => unit < achieved)]);
        var target = new Target(VillageOne, Award.Code, 2022, TargetKind.Amount, 3);
        Assert.Equal(colour,
            ColourEvaluator.Judge(Award, Award.Total(sums, 4), target, Rule, month, null, null, Colour.Green)!.Value.Colour);
    }

    private static Sums Units(params bool[] achieved) => achieved
        .Select(yes =>
            Award.Contribute("2022-06",
                Year(null, null, null, null, null, yes ? 1 : 0)
                    .With(6, figures => yes ? new Figures(1, date: new DateOnly(2022, 5, 20)) : figures)))
        .Aggregate((all, one) => all + one);
}

public sealed class The_kinds_of_indicators
{
    [Fact]
    public void Have_names_and_words_of_their_own()
    {
        Assert.Equal(IndicatorKinds.All.Count, IndicatorKinds.All.Select(kind => kind.Name).Distinct().Count());
        Assert.Equal(IndicatorKinds.All.Count, IndicatorKinds.ByCatalogueWord.Count);
        Assert.All(IndicatorKinds.All, kind => Assert.Same(kind, IndicatorKinds.Parse(kind.ToString())));
    }

    [Fact]
    public void Are_all_listed() => Assert.Equal(
        typeof(IndicatorKind).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(IndicatorKind)) && !type.IsAbstract).ToHashSet(),
        IndicatorKinds.All.Select(kind => kind.GetType()).ToHashSet());
}
