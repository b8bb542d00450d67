using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Tests;

/// <summary>The rows of <c>catalogue/rules.csv</c> as they are shipped, asked of a unit that usually reports 100.</summary>
public sealed class A_rule_of_the_catalogue_that_is_shipped
{
    private static readonly Catalogue Catalogue = CatalogueReader.Read(RepositoryFiles.Catalogue).Catalogue!;

    [Theory]
    [InlineData(-699.99, "R15")]
    [InlineData(-700, "R01 R15")]
    [InlineData(-6_999.99, "R01 R15")]
    [InlineData(-7_000, "R02 R15")]
    [InlineData(-699_999.99, "R02 R15")]
    [InlineData(-700_000, "R03 R15")]
    [InlineData(699.99, "")]
    [InlineData(700, "R01")]
    [InlineData(6_999.99, "R01")]
    [InlineData(7_000, "R02")]
    [InlineData(699_999.99, "R02")]
    [InlineData(700_000, "R03")]
    [InlineData(1e9, "R03")]
    [InlineData(-0.01, "R15")]
    [InlineData(0, "")]
    [InlineData(100, "")]
    public void Asks_about_size_whatever_the_sign_and_about_the_sign(double month, string rules) =>
        Assert.Equal(rules, Fired("PUBLIC_BUDGET_REVENUE", (decimal)month, 100));

    [Theory]
    [InlineData("FIXED_ASSET_INVESTMENT", 700, "R01")]
    [InlineData("RETAIL_SALES", 7_000, "R02")]
    [InlineData("DIGITAL_CORE_VALUE_ADDED", 700_000, "R03")]
    [InlineData("FIXED_ASSET_INVESTMENT", -50, "")] // refused already: it may not be negative
    [InlineData("ENTERPRISE_VISITS", 700_000, "")]
    public void Is_asked_of_the_indicators_it_names_alone(string indicator, double month, string rules) =>
        Assert.Equal(rules, Fired(indicator, (decimal)month, 100));

    [Theory]
    [InlineData(700_000, "")]
    [InlineData(-700_000, "R15")]
    public void Compares_with_nothing_where_the_unit_has_no_history(double month, string rules) =>
        Assert.Equal(rules, Fired("PUBLIC_BUDGET_REVENUE", (decimal)month, null));

    [Theory]
    [InlineData(700_000, "")]
    [InlineData(-700_000, "R15")]
    public void Compares_with_nothing_where_the_usual_is_below_zero(double month, string rules) =>
        Assert.Equal(rules, Fired("PUBLIC_BUDGET_REVENUE", (decimal)month, -100));

    /// <summary>
    /// Investment alone is sent; what is manufacturing's share of it stands from an earlier sheet. An error beside it changes nothing.
    /// </summary>
    [Theory]
    [InlineData(60, 50.0, false, "")]
    [InlineData(40, 50.0, false, "R11")]
    [InlineData(40, 50.0, true, "R11")]
    [InlineData(40, null, true, "")]
    public void Compares_with_what_stands_of_an_indicator_that_is_not_sent(double sent, double? stands, bool besideAnError, string rules)
    {
        var (submission, history, period) =
            (Of("FIXED_ASSET_INVESTMENT", (decimal)sent), new Dictionary<Period, EffectiveMonth>(), new Period(2022, 7));
        if (stands is { } manufacturing)
        {
            history[period] = new EffectiveMonth();
            history[period]
                .Apply(new IndicatorCode("MANUFACTURING_INVESTMENT"), new Figures((decimal)manufacturing), FigureFields.Value,
                    new Provenance(new OrderKey(1, 1, Guid.NewGuid()), 1));
        }

        if (besideAnError)
        {
            Assert.True(Catalogue.TryFind(new IndicatorCode("FIXED_ASSET_INVESTMENT"), out var indicator));
            submission.Findings.Add(BuiltInFindings.Negative(indicator, "lastYear", -1));
        }

        Assert.Equal(rules, string.Join(' ', Check(submission, history).Select(finding => finding.Rule)));
    }

    private static IEnumerable<Contracts.Finding> Check(Submission submission, Dictionary<Period, EffectiveMonth> history)
    {
        var current = history.GetValueOrDefault(submission.Period!.Value) ?? new EffectiveMonth();
        return RuleChecks.Check(submission,
            [.. submission.Values.Select(value => RevisedValue.Create(value, current, new OrderKey(9, 0, Guid.Empty)))], Catalogue.Rules,
            history.ToFigures());
    }

    private static Submission Of(string code, decimal value)
    {
        Assert.True(Catalogue.TryFind(new IndicatorCode(code), out var indicator));
        var submission = new Submission { Body = default, Period = new Period(2022, 7), Unit = Catalogue.Units.All[0] };
        submission.Values.Add(new SubmittedValue(indicator, new Figures(value), FigureFields.Value));
        return submission;
    }

    private static string Fired(string code, decimal value, decimal? usual)
    {
        var (submission, history, period) = (Of(code, value), new Dictionary<Period, EffectiveMonth>(), new Period(2022, 7));
        for (var back = 1; usual is { } past && back <= 6; back++)
        {
            history[period.AddMonths(-back)] = new EffectiveMonth();
            history[period.AddMonths(-back)]
                .Apply(new IndicatorCode(code), new Figures(past), FigureFields.Value,
                    new Provenance(new OrderKey(1, 1, Guid.NewGuid()), back));
        }

        return string.Join(' ', Check(submission, history).Select(finding => finding.Rule));
    }
}
