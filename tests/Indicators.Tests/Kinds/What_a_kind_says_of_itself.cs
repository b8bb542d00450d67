using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Kinds;

/// <summary>What other code asks a kind, and from which months its figures are.</summary>
public sealed class What_a_kind_says_of_itself
{
    private const FigureFields AmountFields = FigureFields.Value | FigureFields.LastYear;
    private const FigureFields Parts = FigureFields.Numerator | FigureFields.Denominator;

    public static TheoryData<string, string, FigureFields, FigureFields, string> Table => new()
    {
        { "Flow", "flow", AmountFields | FigureFields.YearToDate, FigureFields.Value, "adds grows summed Percent Pace None" },
        { "Stock", "stock", AmountFields, FigureFields.Value, "end grows summed Percent Path YearEndForTarget" },
        { "NetIncrease", "net_increase", AmountFields, FigureFields.Value, "end grows summed Percent Pace None" },
        { "Rate", "rate", Parts | FigureFields.Value, Parts, "ratio grows summed Points Level EachMonth" },
        { "Given", "given", AmountFields, FigureFields.Value, "grows any Percent Level None" },
        { "Milestone", "milestone", FigureFields.Value | FigureFields.Date, FigureFields.Value,
            "end keeps named summed Percent Stage None" },
        { "YesNo", "yes_no", FigureFields.Value | FigureFields.Date, FigureFields.Value, "end keeps summed Percent Stage None" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Is_its_own(string name, string word, FigureFields fields, FigureFields required, string traits)
    {
        var kind = IndicatorKinds.Parse(name);
        Assert.Same(kind, IndicatorKinds.ByCatalogueWord[word]);
        Assert.Equal((name, word, name), (kind.Name, kind.CatalogueWord, $"{kind}"));
        Assert.Equal((fields, required), (kind.Fields, kind.RequiredFields));
        Assert.Equal(name == "Rate" ? FigureFields.Value : FigureFields.None, kind.DerivedFields);
        Assert.Equal(traits, string.Join(' ', Traits(kind)));
    }

    [Fact]
    public void Is_found_by_what_a_submission_carries()
    {
        Assert.Same(FlowKind.Instance, IndicatorKinds.ThatAllows(FigureFields.Value));
        Assert.Same(RateKind.Instance, IndicatorKinds.ThatAllows(Parts));
        Assert.Same(MilestoneKind.Instance, IndicatorKinds.ThatAllows(FigureFields.Date));
        Assert.Same(FlowKind.Instance, IndicatorKinds.ThatAllows(FigureFields.Date | FigureFields.YearToDate));
        Assert.False(IndicatorKinds.TryParse("flow", out _));
        Assert.Contains("'flow'", Assert.Throws<FormatException>(() => IndicatorKinds.Parse("flow")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 6, true)]
    [InlineData(0, 6, true)]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(null, 6, false)]
    [InlineData(5, null, false)]
    public void Takes_for_a_rate_what_has_both_parts(int? numerator, int? denominator, bool isReport)
    {
        var figures = new Figures(null, numerator: numerator, denominator: denominator);
        Assert.Equal(isReport, RateKind.Instance.IsReport(figures));
        Assert.Equal(
            denominator > 0 && numerator is not null ? numerator * 100m / denominator : null, RateKind.Instance.MonthValue(figures));
        Assert.Equal(7, RateKind.Instance.MonthValue(new(7, numerator: 1, denominator: 2)));
        Assert.False(FlowKind.Instance.IsReport(figures));
        Assert.True(FlowKind.Instance.IsReport(new(0)));
    }

    [Fact]
    public void Names_the_months_of_a_flow_back_to_a_year_to_date()
    {
        var year = Year(10, 20, null, 40, 50, 60).With(2, february => february with { YearToDate = 33 });
        Assert.Equal("2022-02 2022-04 2022-05", Sources(FlowKind.Instance, year, "2022-05"));
        Assert.Equal("2022-01", Sources(FlowKind.Instance, year, "2022-01"));
        Assert.Equal("2022-04 2022-05", Sources(FlowKind.Instance, year, "2022-05", Village("2022-03")));
        Assert.Equal("", Sources(FlowKind.Instance, new Figures[12], "2022-05"));
    }

    [Fact]
    public void Names_the_months_of_a_flows_base_where_it_is_whole()
    {
        Assert.Equal("2021-01 2021-02 2021-03", Bases(FlowKind.Instance, Every(8), "2022-03"));
        Assert.Equal("", Bases(FlowKind.Instance, Every(8), "2022-03", GrowthBasis.None));
        Assert.Equal("", Bases(FlowKind.Instance, Year(1, null, 3), "2022-03"));
        Assert.Equal("2021-03", Bases(FlowKind.Instance, Year(null, null, 3).With(3, march => march with { YearToDate = 9 }), "2022-03"));
    }

    [Fact]
    public void Names_the_one_month_of_what_is_not_added()
    {
        var year = Year(1, null, 3);
        Assert.Equal("2022-03", Sources(StockKind.Instance, year, "2022-05"));
        Assert.Equal("2021-12", Sources(StockKind.Instance, new Figures[12], "2022-05", last: Every(8)));
        Assert.Equal("", Sources(StockKind.Instance, new Figures[12], "2022-05", last: Year(8)));
        Assert.Equal("2022-01", Sources(NetIncreaseKind.Instance, year, "2022-02"));
        Assert.Equal("2021-05", Sources(MilestoneKind.Instance, new Figures[12], "2022-05", last: Year(0, 0, 0, 0, 1)));
        Assert.Equal("2021-01", Sources(MilestoneKind.Instance, new Figures[12], "2022-05", last: Year(1)));
        Assert.Equal("2022-03", Sources(GivenKind.Instance, year, "2022-03"));
        Assert.Equal("", Sources(GivenKind.Instance, year, "2022-02"));
    }

    [Fact]
    public void Names_the_base_of_what_is_not_added()
    {
        Assert.Equal("2021-05", Bases(StockKind.Instance, Every(8), "2022-05"));
        Assert.Equal("", Bases(StockKind.Instance, Every(8), "2022-05", GrowthBasis.None));
        Assert.Equal("", Bases(StockKind.Instance, Year(1, 2), "2022-05"));
        Assert.Equal("", Bases(StockKind.Instance, Every(8), "2022-05", unit: Village("2021-06")));
        Assert.Equal("2021-12", Bases(NetIncreaseKind.Instance, Every(8), "2022-05"));
        Assert.Equal("", Bases(NetIncreaseKind.Instance, Year(8), "2022-05"));
        Assert.Equal("", Bases(NetIncreaseKind.Instance, Every(8), "2022-05", unit: Village("2022-01")));
        Assert.Equal("2021-05", Bases(RateKind.Instance, Every(8), "2022-05"));
        Assert.Equal("2021-05", Bases(RateKind.Instance, Year(null, null, null, null, 8), "2022-05"));
        Assert.Equal("", Bases(RateKind.Instance, Year(1), "2022-05"));
        Assert.Equal("", Bases(RateKind.Instance, Every(8), "2022-05", GrowthBasis.None));
        Assert.Equal("", Bases(GivenKind.Instance, Every(8), "2022-05"));
    }

    private static IEnumerable<string> Traits(IndicatorKind kind) => new[]
    {
        kind.AddsMonths ? "adds" : "", kind.IsRatio ? "ratio" : "", kind.IsAtMonthEnd ? "end" : "", kind.KeepsLatest ? "keeps" : "",
        kind.AllowsGrowth ? "grows" : "", kind.HasNamedStages ? "named" : "", kind.IsSummedByParents ? "summed" : "",
        kind.AllowsAnyTarget ? "any" : "", $"{kind.GrowthUnit}", $"{kind.TargetMeasure}", $"{kind.LookBack}",
    }.Where(trait => trait.Length > 0);

    private static string Sources(IndicatorKind kind, Figures[] year, string period, Unit? unit = null, Figures[]? last = null) =>
        string.Join(' ', kind.SourceMonthsOf(new(NewIndicator(kind), unit ?? Village(), Month(period), year, last ?? new Figures[12])));

    private static string Bases(
        IndicatorKind kind, Figures[] last, string period, GrowthBasis basis = GrowthBasis.Recorded, Unit? unit = null) =>
        string.Join(' ', kind.BaseMonthsOf(new(NewIndicator(kind, basis), unit ?? Village(), Month(period), Every(1), last)));
}
