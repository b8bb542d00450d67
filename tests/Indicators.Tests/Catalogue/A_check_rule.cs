using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Catalogue;

/// <summary>A row of <c>rules.csv</c>: which figures of a submission it uses, and to which indicators it applies.</summary>
public sealed class A_check_rule
{
    private static readonly Indicator Sales = NewIndicator();
    private static readonly Indicator Firms = NewIndicator(StockKind.Instance) with { Code = new("FIRMS") };

    [Theory]
    [InlineData("month", FigureFields.Value | FigureFields.Numerator | FigureFields.Denominator)]
    [InlineData("months_sum", FigureFields.Value)]
    [InlineData("ytd", FigureFields.YearToDate)]
    [InlineData("last_year", FigureFields.LastYear)]
    [InlineData("numerator", FigureFields.Numerator)]
    [InlineData("denominator", FigureFields.Denominator)]
    [InlineData("date", FigureFields.Date)]
    [InlineData("ytd last_year", FigureFields.YearToDate | FigureFields.LastYear)]
    [InlineData("date RETAIL_SALES", FigureFields.Date)]
    [InlineData("previous typical RETAIL_SALES", FigureFields.None)]
    public void Uses_the_fields_of_the_figures_that_it_names(string names, FigureFields fields) =>
        Assert.Equal(fields, Rule(names.Split(' ')).OwnFields);

    [Fact]
    public void Applies_to_all_indicators_unless_it_names_some()
    {
        Assert.True(Rule().AppliesTo(Sales));
        var forSales = Rule() with { Indicators = new HashSet<IndicatorCode> { Sales.Code } };
        Assert.True(forSales.AppliesTo(Sales));
        Assert.False(forSales.AppliesTo(Firms));
    }

    [Fact]
    public void Applies_to_all_kinds_unless_it_names_some()
    {
        var forStocks = Rule() with { Kinds = new HashSet<IndicatorKind> { StockKind.Instance } };
        Assert.True(forStocks.AppliesTo(Firms));
        Assert.False(forStocks.AppliesTo(Sales));
    }

    [Fact]
    public void Applies_where_both_the_indicator_and_the_kind_are_named()
    {
        var rule = Rule() with
        {
            Indicators = new HashSet<IndicatorCode> { Sales.Code },
            Kinds = new HashSet<IndicatorKind> { StockKind.Instance },
        };
        Assert.False(rule.AppliesTo(Sales));
        Assert.False(rule.AppliesTo(Firms));
        Assert.True(rule.AppliesTo(Firms with { Code = Sales.Code }));
    }

    [Fact]
    public void Divides_by_nothing_unless_its_expression_does() => Assert.False(Rule().DividesByZero(null!));

    private static CheckRule Rule(params string[] names) => new()
    {
        Id = "R1",
        Version = 1,
        Severity = Severity.Question,
        Indicators = new HashSet<IndicatorCode>(),
        Kinds = new HashSet<IndicatorKind>(),
        Expression = "",
        Condition = _ => true,
        Names = names,
        MessageZh = "",
        MessageEn = "",
        RemedyZh = "",
        RemedyEn = "",
    };
}
