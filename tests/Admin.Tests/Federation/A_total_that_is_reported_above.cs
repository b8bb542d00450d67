using System.Globalization;
using XilinIngest.Admin.Federation;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using static XilinIngest.Admin.Tests.Federation.UpperCatalogue;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>Each kind of indicator, from the total that is published below to the value that is submitted above.</summary>
public sealed class A_total_that_is_reported_above
{
    private static readonly Indicator Flow = NewIndicator(FlowKind.Instance);
    private static readonly Indicator Milestone = NewIndicator(MilestoneKind.Instance, "阶段", stages: 5);

    [Fact]
    public void Of_a_flow_has_month_year_to_date_and_the_comparable_base()
    {
        var value = Value(Flow, Total() with { Month = 12.5m, YearToDate = 100m, Base = 80m, Basis = ComparisonBasis.Comparable });
        Assert.Equal((12.5m, 100m, 80m, "万元"), (value.Value, value.YearToDate, value.LastYear, value.Unit));
        Assert.Null(value.Note);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Keeps_a_base_that_is_not_positive(int lastYear) => Assert.Equal(
        lastYear,
        Value(NewIndicator(FlowKind.Instance, mayBeNegative: true),
            Total() with { Month = 1, YearToDate = 2, Base = lastYear, Basis = ComparisonBasis.Comparable }).LastYear);

    [Fact]
    public void Has_no_base_that_was_recorded_and_not_reported() =>
        Assert.Null(Value(Flow, Total() with { Month = 1, YearToDate = 2, Base = 5, Basis = ComparisonBasis.Recorded }).LastYear);

    [Fact]
    public void Has_no_base_of_a_part_of_the_units_and_says_so()
    {
        var value = Value(
            Flow, Total() with { Month = 1, YearToDate = 9, Base = 5, Compared = 7, Basis = ComparisonBasis.Comparable });
        Assert.Null(value.LastYear);
        Assert.Contains("未包括全部单位", value.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_many_bases_are_recorded_ones() => Assert.Contains(
        "2个单位以上年原报数代替",
        Value(Flow, Total() with
        {
            Month = 1,
            YearToDate = 9,
            Base = 5,
            BaseSubstitutes = 2,
            Basis = ComparisonBasis.Comparable,
        }).Note, StringComparison.Ordinal);

    [Fact]
    public void Of_a_stock_has_the_stock_at_the_months_end_and_its_base()
    {
        var value = Value(
            NewIndicator(StockKind.Instance), Total() with { Month = 30, YearToDate = 30, Base = 28, Basis = ComparisonBasis.Comparable });
        Assert.Equal((30m, null, 28m), (value.Value, value.YearToDate, value.LastYear));
    }

    [Fact]
    public void Of_a_net_increase_has_the_stock_and_not_the_increase()
    {
        var value = Value(NewIndicator(NetIncreaseKind.Instance), Total() with { Month = 57, YearToDate = 13 });
        Assert.Equal((57m, null, null), (value.Value, value.YearToDate, value.LastYear));
    }

    [Theory]
    [InlineData(58, 60)]
    [InlineData(0, 0)]
    public void Of_a_rate_has_the_summed_parts_and_no_rate(int numerator, int denominator)
    {
        var value = Value(NewIndicator(RateKind.Instance, "%"), Total() with
        {
            Month = denominator == 0 ? null : 96.666666666666666666666666667m,
            Numerator = numerator,
            Denominator = denominator,
        });
        Assert.Equal((null, (decimal)numerator, (decimal)denominator), (value.Value, value.Numerator, value.Denominator));
    }

    [Fact]
    public void Of_a_rate_is_left_out_where_an_older_version_published_it_without_parts() =>
        AssertLeftOut("旧版本", NewIndicator(RateKind.Instance, "%"), Total() with { Month = 96.7m });

    [Fact]
    public void Of_an_index_has_the_given_value() => Assert.Equal(
        103.2m, Value(NewIndicator(GivenKind.Instance, "%"), Total() with { Month = 103.2m, YearToDate = 103.2m }).Value);

    [Theory]
    [InlineData(2, "2022-07-15")]
    [InlineData(0, null)]
    public void Of_a_stage_that_the_unit_reports_itself_has_its_date(int stage, string? since)
    {
        var value = Value(Milestone, Total() with
        {
            Month = stage,
            YearToDate = stage,
            Stages = [0, 0, 1, 0, 0],
            Since = since is null ? null : DateOnly.Parse(since, CultureInfo.InvariantCulture),
        });
        Assert.Equal(((decimal)stage, since), (value.Value, value.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Of_a_parents_stage_has_the_one_that_all_have_reached_by_the_last_day_of_a_month()
    {
        var value = Value(
            Milestone, Total() with { YearToDate = 2, Stages = [0, 0, 2, 1, 0], UnitsWithoutStage = 0 }, new DateOnly(2022, 3, 31));
        Assert.Equal((2m, new DateOnly(2022, 3, 31)), (value.Value, value.Date));
        Assert.Contains("最后一天", value.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true, "单位还没有报过阶段")]
    [InlineData(0, false, "不知道何时")]
    public void Is_left_out_where_a_parents_stage_is_not_known(int without, bool isDated, string reason) => AssertLeftOut(
        reason, Milestone, Total() with { YearToDate = 2, Stages = [0, 0, 3, 0, 0], UnitsWithoutStage = without },
        date: isDated ? new DateOnly(2022, 3, 31) : null);

    [Fact]
    public void Is_left_out_where_it_is_a_number_of_units_and_no_yes_or_no() => AssertLeftOut(
        "达成的单位数", NewIndicator(YesNoKind.Instance, "个"),
        Total() with { YearToDate = 3, Stages = [4, 3], UnitsWithoutStage = 0 });

    [Fact]
    public void Of_a_yes_that_the_unit_reports_itself_is_a_yes() => Assert.Equal(
        (1m, new DateOnly(2022, 5, 6)),
        Value(NewIndicator(YesNoKind.Instance, "个"), Total() with
        {
            Month = 1,
            YearToDate = 1,
            Stages = [0, 1],
            Since = new DateOnly(2022, 5, 6),
        }) is { } value ? (value.Value!.Value, value.Date!.Value) : default);

    [Fact]
    public void Of_February_has_both_months_where_January_is_exempt_above() => Assert.Equal(
        (30m, 30m),
        TotalMapping.Map(
            Total() with { Month = 20, YearToDate = 30 }, Flow,
            Place(NewIndicator(FlowKind.Instance, january: new(2013, 9999)), new Period(2022, 2)), NoDate).Value is { } value
            ? (value.Value!.Value, value.YearToDate!.Value) : default);

    [Fact]
    public void Of_January_is_left_out_where_it_is_exempt_above() => AssertLeftOut(
        "免报", NewIndicator(FlowKind.Instance, january: new(2013, 9999)), Total() with { Month = 1, YearToDate = 1 },
        period: new Period(2022, 1));

    [Fact]
    public void Is_left_out_while_reports_are_missing() => AssertLeftOut(
        "快报，2/3已报", Flow, Total() with { Month = 1, YearToDate = 1, Reported = 2, State = ResultState.Provisional });

    [Fact]
    public void Is_marked_where_provisional_ones_are_asked_for() => Assert.Equal(
        "快报：2/3已报",
        TotalMapping.Map(
            Total() with { Month = 1, YearToDate = 1, Reported = 2, State = ResultState.Provisional }, Flow,
            Place(Flow, takesProvisional: true), NoDate).Value?.Note);

    [Fact]
    public void Of_a_stock_is_never_reported_while_reports_are_missing()
    {
        var stock = NewIndicator(StockKind.Instance);
        Assert.NotNull(TotalMapping.Map(
            Total() with { Month = 1, YearToDate = 3, Reported = 2, State = ResultState.Provisional }, stock,
            Place(stock, takesProvisional: true), NoDate).Obstacle);
    }

    [Fact]
    public void Is_withdrawn_where_there_is_no_figure_any_more() =>
        Assert.True(TotalMapping.Map(Total() with { State = ResultState.Provisional }, Flow, Place(Flow), NoDate).IsWithdrawn);

    [Fact]
    public void Is_left_out_where_the_upper_catalogue_does_not_have_it() =>
        Assert.False(TotalMapping.Map(Total() with { Month = 1 }, Flow, Place(null), NoDate).Obstacle!.IsFault);

    [Fact]
    public void Is_left_out_where_the_unit_does_not_report_it_above() => AssertLeftOut(
        "上级不要求", NewIndicator(FlowKind.Instance, reportedBy: UnitLevel.District), Total() with { Month = 1 });

    [Fact]
    public void Is_a_fault_in_another_unit_of_measure_of_another_kind_with_a_negative_or_too_many_digits()
    {
        Assert.Contains("计量单位", Fault(NewIndicator(FlowKind.Instance, "亿元"), 1), StringComparison.Ordinal);
        Assert.Contains("类别", Fault(NewIndicator(StockKind.Instance), 1), StringComparison.Ordinal);
        Assert.Contains("负数", Fault(Flow, -1), StringComparison.Ordinal);
        Assert.Contains("位数", Fault(Flow, 1_000_000_000_000_000m), StringComparison.Ordinal);
        Assert.Contains("位数", Fault(Flow, 0.0000001m), StringComparison.Ordinal);
    }

    private static string Fault(Indicator above, decimal month)
    {
        var obstacle = TotalMapping.Map(Total() with { Month = month, YearToDate = 5 }, Flow, Place(above), NoDate).Obstacle;
        Assert.True(obstacle?.IsFault);
        return obstacle!.Zh;
    }

    private static IndicatorValue Value(Indicator indicator, IndicatorTotal total, DateOnly? date = null)
    {
        var mapped = TotalMapping.Map(total, indicator, Place(indicator), _ => date);
        Assert.Null(mapped.Obstacle);
        return mapped.Value!;
    }

    private static void AssertLeftOut(
        string reason, Indicator indicator, IndicatorTotal total, DateOnly? date = null, Period? period = null)
    {
        var mapped = TotalMapping.Map(total, indicator, Place(indicator, period), _ => date);
        Assert.Null(mapped.Value);
        Assert.False(mapped.IsWithdrawn);
        Assert.Contains(reason, mapped.Obstacle!.Zh, StringComparison.Ordinal);
    }

    private static DateOnly? NoDate(int stage) => null;
}
