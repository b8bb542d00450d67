using XilinIngest.CatalogueFiles.Rules;

namespace XilinIngest.CatalogueFiles.Tests.Rules;

public sealed class A_condition_over_figures
{
    [Theory]
    [InlineData("month > 0", true)]
    [InlineData("month < 0", false)]
    [InlineData("month == 12.50", true)]
    [InlineData("month != 12.5", false)]
    [InlineData("month<=12.5and ytd>=100", true)]
    [InlineData("1 + 2 * 3 == 7", true)]
    [InlineData("(1 + 2) * 3 == 9", true)]
    [InlineData("10 - 4 - 3 == 3", true)]
    [InlineData("100 / 10 / 5 == 2", true)]
    [InlineData("-month == 0 - 12.5", true)]
    [InlineData("--month == month", true)]
    [InlineData("2 * -3 == -6", true)]
    [InlineData("- 2 + 3 == 1", true)]
    [InlineData("abs(-3) == 3 and min(1, 2) == 1 and max(1, 2) == 2", true)]
    [InlineData("not month < 0", true)]
    [InlineData("not not month < 0", false)]
    [InlineData("month < 0 and month < 0 or month > 0", true)]
    [InlineData("month > 0 or month < 0 and month < 0", true)]
    [InlineData("(month > 0 or month < 0) and month < 0", false)]
    [InlineData("present(month) and absent(previous)", true)]
    [InlineData("RETAIL_SALES * 2 > month", true)]
    [InlineData("absent(EXPORTS)", true)]
    [InlineData(" ( ( month ) )  >\t0 ", true)]
    [InlineData(".5 + 1. == 1.5", true)]
    [InlineData("0.1 + 0.2 == 0.3", true)]
    public void Is_evaluated_in_decimal_with_the_usual_precedence(string text, bool expected) =>
        Assert.Equal(expected,
            RuleExpression.Parse(text).Condition(FigureLookup.Create(("month", 12.5m), ("ytd", 100m), ("RETAIL_SALES", 40m))));

    [Fact]
    public void States_the_figures_it_uses_each_once_in_the_order_of_the_text()
    {
        var expression = RuleExpression.Parse("abs(ytd - months_sum) > 1 and ytd > RETAIL_SALES and absent(EXPORTS) and RETAIL_SALES > 0");
        Assert.Equal(["ytd", "months_sum", "RETAIL_SALES", "EXPORTS"], expression.Names);
        Assert.Equal([("RETAIL_SALES", 37), ("EXPORTS", 61)], expression.Indicators.Select(named => (named.Code.Value, named.Column)));
    }

    [Theory]
    [InlineData("month", "month")]
    [InlineData("ytd", "ytd")]
    [InlineData("months_sum", "months_sum")]
    [InlineData("previous", "previous")]
    [InlineData("last_year", "last_year")]
    [InlineData("recorded", "recorded")]
    [InlineData("typical", "typical")]
    [InlineData("numerator", "numerator")]
    [InlineData("denominator", "denominator")]
    public void Takes_each_name_for_the_figure_of_that_name(string name, string figure)
    {
        Assert.True(RuleExpression.Parse($"{name} == 7").Condition(FigureLookup.Create((figure, 7m))));
        Assert.Null(RuleExpression.Parse($"{name} == 7").Condition(FigureLookup.Create()));
    }
}

public sealed class A_condition_with_an_unknown
{
    // u is unknown: previous is absent in all of these.
    [Theory]
    [InlineData("previous > 0", null)]
    [InlineData("previous == previous", null)]
    [InlineData("previous != 0", null)]
    [InlineData("month + previous > 0", null)]
    [InlineData("-previous > 0", null)]
    [InlineData("abs(previous) > 0", null)]
    [InlineData("min(previous, 1) > 0", null)]
    [InlineData("max(1, previous) > 0", null)]
    [InlineData("not previous > 0", null)]
    [InlineData("previous > 0 and month > 0", null)]
    [InlineData("month > 0 and previous > 0", null)]
    [InlineData("previous > 0 and month < 0", false)]
    [InlineData("month < 0 and previous > 0", false)]
    [InlineData("previous > 0 or month > 0", true)]
    [InlineData("month > 0 or previous > 0", true)]
    [InlineData("previous > 0 or month < 0", null)]
    [InlineData("month < 0 or previous > 0", null)]
    [InlineData("month / (ytd - ytd) > 1 or month / (month - month) > 1", null)]
    [InlineData("0 / (month - month) == 0", null)]
    [InlineData("month / (month - month) > 1", null)]
    [InlineData("79228162514264337593543950335 * 10 > 1", null)]
    [InlineData("79228162514264337593543950335 + 1 > 1", null)]
    [InlineData("-79228162514264337593543950335 - 1 < 1", null)]
    [InlineData("79228162514264337593543950335 / 0.1 > 1", null)]
    public void Is_unknown_unless_the_other_side_decides(string text, bool? expected) =>
        Assert.Equal(expected, RuleExpression.Parse(text).Condition(FigureLookup.Create(("month", 1m))));
}

public sealed class A_text_that_is_no_condition
{
    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("   ", 1, "empty")]
    [InlineData("month >", 8, "expected a number, a name, a function or '(', found the end")]
    [InlineData("month > )", 9, "expected a number, a name, a function or '(', found ')'")]
    [InlineData("month > 0 ytd", 11, "expected an operator or the end, found 'y'")]
    [InlineData("(month > 0", 11, "expected an operator or ')', found the end")]
    [InlineData("min(month, 2 > 0", 17, "expected an operator, ',' or ')', found the end")]
    [InlineData("abs() > 0", 5, "expected a number")]
    [InlineData("month = 0", 7, "expected an operator or the end, found '='")]
    [InlineData("0 < month < 9", 11, "expected an operator or the end, found '<'")]
    [InlineData("month > 1e9", 10, "expected an operator or the end, found 'e'")]
    [InlineData("month > 1,000", 10, "found ','")]
    [InlineData("（month > 0)", 1, "found '（'")]
    [InlineData("month", 1, "expected a condition")]
    [InlineData("month + 1", 1, "expected a condition")]
    [InlineData("month > 0 and ytd", 15, "expected a condition")]
    [InlineData("1 + (month > 0) > 2", 6, "expected a figure")]
    [InlineData("present(month) > 0", 1, "expected a figure")]
    [InlineData("not month", 5, "expected a condition")]
    [InlineData("present(month + 1)", 1, "present takes one name")]
    [InlineData("present(month, ytd)", 1, "present takes one name")]
    [InlineData("min(month) > 0", 1, "min is given 1 arguments")]
    [InlineData("0 < round(month)", 5, "there is no function 'round'")]
    [InlineData("monht > 0", 1, "there is no figure named 'monht'")]
    [InlineData("Month > 0", 1, "there is no figure named 'Month'")]
    [InlineData("and > 0", 1, "expected a number")]
    [InlineData("month > 1.2.3", 9, "'1.2.3' is not a number")]
    [InlineData("month > 99999999999999999999999999999999", 9, "is not a number")]
    [InlineData("System.IO.File.Delete(month) > 0", 7, "found '.'")]
    [InlineData("month > 0; drop", 10, "found ';'")]
    public void Says_the_column_and_what_was_expected(string text, int column, string problem)
    {
        Assert.False(RuleExpression.TryParse(text, out var expression, out var fault));
        Assert.Null(expression);
        Assert.Equal(column, fault.Column);
        Assert.Contains(problem, fault.Problem.En, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Problem.Zh);
        Assert.NotEmpty(fault.Remedy.Zh);
    }
}

public sealed class A_hostile_text
{
    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("(", 400)]
    [InlineData("((", 20)]
    [InlineData("abs(", 40)]
    [InlineData("-", 490)]
    [InlineData("not ", 120)]
    [InlineData("-(", 200)]
    [InlineData(")", 400)]
    public void Is_a_fault_and_does_not_end_the_process(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault.Problem.En);
    }

    [Fact]
    public void Is_taken_at_the_depth_and_length_that_are_allowed()
    {
        var deep = new string('(', RuleExpression.MaxDepth) + "month" + new string(')', RuleExpression.MaxDepth) + " > 0";
        Assert.True(RuleExpression.Parse(deep).Condition(FigureLookup.Create(("month", 1m))));

        var condition = new string('(', RuleExpression.MaxDepth) + "month > 0" + new string(')', RuleExpression.MaxDepth);
        Assert.True(RuleExpression.Parse(condition).Condition(FigureLookup.Create(("month", 1m))));

        var wide = "1" + string.Concat(Enumerable.Repeat("+1", 248)) + ">1";
        Assert.True(RuleExpression.Parse(wide).Condition(FigureLookup.Create()));
    }
}
