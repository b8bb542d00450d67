using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Tests;

public sealed class A_question_of_the_rules
{
    private readonly Dictionary<Period, EffectiveMonth> _history = [];

    private void SetEffective(string period, decimal value, decimal? ytd = null, string indicator = "PETITIONS") =>
        (_history.TryGetValue(Period.Parse(period), out var month) ? month : _history[Period.Parse(period)] = new())
        .Apply(new(indicator), new(value, ytd), new Figures(value, ytd).PresentFields,
            new Provenance(new OrderKey(1, 1, Guid.NewGuid()), 1));

    private CheckedDecision Decide(JsonObject sheet, params (string Rule, string Text)[] answers)
    {
        sheet["explanations"] = new JsonArray([.. answers.Select(answer => Because(answer.Rule, answer.Text))]);
        var submission = sheet.Read();
        Assert.Empty(submission.Findings);
        var decision = submission.Decide(_history);
        Assert.All(decision.Findings, FindingAssertions.AssertComplete);
        return new(decision.Verdict, decision.Findings);
    }

    private sealed record CheckedDecision(Verdict Verdict, IReadOnlyList<Finding> Findings);

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Is_asked_where_a_value_jumps(int times)
    {
        SetEffective("2022-05", 4);
        SetEffective("2022-06", 6);
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(5 * times)));
        var finding = Assert.Single(decision.Findings);
        Assert.Equal((Verdict.Refused, "R01", FindingSeverity.Question, 1),
            (decision.Verdict, finding.Rule, finding.Severity, finding.Version));
        Assert.Equal([("typical", 5m), ("month", 5m * times)], finding.Figures!.Select(figure => (figure.Key, figure.Value)));
        Assert.False(_history[new(2022, 7)][new("PETITIONS")].HasValue, "a refused value does not count");
    }

    [Fact]
    public void Is_answered_by_an_explanation_that_explains()
    {
        SetEffective("2022-06", 5);
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R01", "集中处理历史积案"));
        Assert.Equal((Verdict.Accepted, FindingSeverity.Explained), (decision.Verdict, decision.Findings.Single().Severity));
    }

    [Fact]
    public void Is_not_answered_by_an_explanation_of_another()
    {
        SetEffective("2022-06", 5);
        Assert.Equal(Verdict.Refused, Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R06", "集中处理历史积案")).Verdict);
    }

    [Fact]
    public void That_was_not_asked_makes_its_explanation_a_notice_and_nothing_worse()
    {
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(5)), ("R01", "集中处理历史积案"));
        Assert.Equal((Verdict.Accepted, "F404 notice"),
            (decision.Verdict, decision.Findings.Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}").Single()));
        Assert.Contains("R01", decision.Findings[0].MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void That_was_not_asked_is_said_once_however_often_it_was_answered()
    {
        var decision =
            Decide(NewSubmission(Village, "2022-07", Petitions(5)), ("R01", "集中处理历史积案"), ("R01", "集中处理历史积案"), ("R01", "又是历史积案化解"),
                ("R06", "集中处理历史积案"));
        Assert.Equal(["F404", "F404"], decision.Findings.Select(finding => finding.Rule));
        Assert.Equal(["R01", "R06"], decision.Findings.Select(finding => finding.MessageZh.Split('“', '”')[1]));
    }

    [Fact]
    public void Says_beside_it_which_explanation_is_of_another()
    {
        SetEffective("2022-06", 5);
        Assert.Equal(["R01 question", "F404 notice"],
            Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R06", "集中处理历史积案")).Findings.Select(
                finding => $"{finding.Rule} {finding.Severity.ToWireName()}"));
    }

    [Fact]
    public void Is_one_of_several_at_once()
    {
        SetEffective("2022-06", 5);
        var sheet = NewSubmission(Village, "2022-07", Petitions(50), Rate(3, 2));
        sheet.FirstValue()["yearToDate"] = 99;
        var decision = Decide(sheet, ("R01", "集中处理历史积案"));
        Assert.Equal(["R01 explained", "R06 question", "R08 error"],
            decision.Findings.Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}"));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(71, false)]
    [InlineData(69, true)]
    [InlineData(131, true)]
    [InlineData(20, true)]
    public void On_last_year_compares_year_to_dates(int lastYear, bool asked)
    {
        for (var month = 1; month <= 7; month++)
        {
            SetEffective($"2021-0{month}", month == 7 ? 20 : 1, month == 6 ? 80 : null); // 80 + 20, not the sum of months
        }

        var sheet = NewSubmission(Village, "2022-07", Petitions(20));
        sheet.FirstValue()["lastYear"] = lastYear;
        var findings = Decide(sheet).Findings;
        Assert.Equal(asked ? ["R07"] : [], findings.Select(finding => finding.Rule));
        Assert.All(findings, finding => Assert.Equal(100m, finding.Figures!["recorded"]));
    }

    [Fact]
    public void On_last_year_is_not_asked_where_last_year_is_not_whole()
    {
        SetEffective("2021-06", 20);
        SetEffective("2021-07", 20);
        var sheet = NewSubmission(Village, "2022-07", Petitions(20));
        sheet.FirstValue()["lastYear"] = 1;
        Assert.Empty(Decide(sheet).Findings);
    }

    [Fact]
    public void On_last_year_of_a_stock_compares_the_month()
    {
        SetEffective("2021-07", 100, indicator: "FIRMS");
        var sheet = NewSubmission(Village, "2022-07", Value("FIRMS", 100, "家"));
        sheet.FirstValue()["lastYear"] = 60;
        Assert.Equal(100m, Assert.Single(Decide(sheet).Findings).Figures!["recorded"]);
    }
}
