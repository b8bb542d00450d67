using XilinIngest.CatalogueFiles.Rules;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Rules;

public sealed class A_rule_that_divides_by_zero
{
    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(10, 5, false)]
    public void Is_told_apart_from_one_that_lacks_a_figure(int month, int previous, bool divides)
    {
        var rule = RuleExpression.Parse("month / previous > 1");

        Assert.Equal(divides, rule.DividesByZero(Of(month, previous)));
        Assert.Equal(divides ? null : true, rule.Condition(Of(month, previous)));
        Assert.False(rule.DividesByZero(Of(month, null)));
    }

    [Theory]
    [InlineData("month / 0 > 1", 9)]
    [InlineData("month > 1 and month / 0.00 > 1", 23)]
    public void Is_a_fault_of_the_catalogue_where_it_always_does(string text, int column)
    {
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.Equal(column, fault.Column);
        Assert.Contains("divided by 0", fault.Problem.En, StringComparison.Ordinal);
    }

    private static RuleFigures Of(decimal month, decimal? previous) =>
        previous is { } before ? FigureLookup.Create(("month", month), ("previous", before)) : FigureLookup.Create(("month", month));
}
