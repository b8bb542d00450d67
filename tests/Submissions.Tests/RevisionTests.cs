using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Tests;

/// <summary>A month of which the value, the year-to-date and last year's figure are reported, and what a revision makes of it.</summary>
public sealed class A_revision
{
    private static readonly Period July = new(2022, 7);
    private readonly Dictionary<Period, EffectiveMonth> _history = [];
    private int _revision;

    public A_revision() => Revise(("value", 20m), ("yearToDate", 20m), ("lastYear", 70m));

    private Figures Effective => _history[July][new("PETITIONS")];

    [Fact]
    public void Of_one_figure_lets_the_others_stand_and_says_both()
    {
        var decision = Revise(("value", 20.01m));
        Assert.Equal(new Figures(20.01m, 20, 70), Effective);
        var changed = decision[0];
        Assert.Equal(("F602", FindingSeverity.Notice, "PETITIONS"), (changed.Rule, changed.Severity, changed.Indicator));
        Assert.Equal("信访：本月 20 → 20.01；未变：1—本月 20、上年同期 70。", changed.MessageZh);
        Assert.Equal("Petitions: month 20 → 20.01; unchanged: year-to-date 20, last year 70.", changed.MessageEn);
        Assert.Equal([("value_before", 20m), ("value", 20.01m)], changed.Figures!.Select(figure => (figure.Key, figure.Value)));
    }

    [Fact]
    public void Of_last_years_figure_alone_is_taken_where_the_month_was_reported()
    {
        Revise(("lastYear", 71m));
        Assert.Equal(new Figures(20, 20, 71), Effective);
    }

    [Fact]
    public void Of_last_years_figure_alone_is_refused_where_the_month_was_not()
    {
        var decision = Submit("2022-06", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("lastYear", 71m));
        Assert.Equal((Verdict.Refused, "F305"), (decision.Verdict, decision.Findings.Single().Rule));
    }

    [Fact]
    public void Takes_back_one_figure_by_name()
    {
        var decision = Revise(("withdraw", "lastYear"));
        Assert.Equal(new Figures(20, 20), Effective);
        Assert.Equal("信访：上年同期 70 → 撤回；未变：本月 20、1—本月 20。", decision.Single().MessageZh);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Withdraws_the_whole_by_name_or_by_a_null(bool byName)
    {
        Revise(byName ? ("withdraw", "value") : ("value", null));
        Assert.Equal(default, Effective);
    }

    [Fact]
    public void By_a_program_that_writes_null_for_what_it_does_not_say_takes_nothing_back()
    {
        Revise(("value", 20.01m), ("yearToDate", null), ("lastYear", null), ("numerator", null), ("denominator", null), ("withdraw", null));
        Assert.Equal(new Figures(20.01m, 20, 70), Effective);
    }

    [Fact]
    public void That_the_year_to_date_does_not_follow_says_so()
    {
        var notice = Revise(("value", 20.005m))[^1];
        Assert.Equal(("F604", 20m), (notice.Rule, notice.Figures!["yearToDate"]));
        Assert.Contains("1—7月累计仍按所报的 20 计", notice.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_earlier_month_says_from_which_month_on_the_year_to_date_does_not_follow()
    {
        Submit("2022-06", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 5m));
        var notices = Submit("2022-06", 2, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 6m)).Findings;
        Assert.Equal(["F602", "F604"], notices.Select(finding => finding.Rule));
        Assert.Contains("自2022年7月起", notices[1].MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void That_changes_nothing_says_so()
    {
        Assert.Equal("F603", Revise(("value", 20.00m), ("lastYear", 70m)).Single().Rule);
    }

    [Fact]
    public void Is_not_asked_again_about_a_figure_that_stands_as_it_was()
    {
        for (var month = 1; month <= 6; month++)
        {
            Submit($"2022-0{month}", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 1m));
        }

        // Twenty is twenty times the usual one: asked when it is reported, not when last year's figure is corrected.
        Assert.Equal(Verdict.Refused, Submit("2022-07", 8, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 21m)).Verdict);
        Revise(("lastYear", 69m));
    }

    [Fact]
    public void Of_which_a_later_one_has_set_a_part_takes_effect_for_the_rest()
    {
        Revise(("lastYear", 72m));
        var decision = Submit("2022-07", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 20.01m), ("lastYear", 73m),
                ("at", "2022-08-03T10:00:00+08:00"));
        Assert.Equal((Verdict.Accepted, "F601"), (decision.Verdict, decision.Findings[0].Rule));
        Assert.Contains("信访的上年同期（台账第 1 号，revision 2）", decision.Findings[0].MessageZh, StringComparison.Ordinal);
        Assert.Equal(new Figures(20.01m, 20, 72), Effective);
    }

    [Fact]
    public void Of_one_part_of_a_rate_lets_the_other_stand()
    {
        Submit("2022-07", 1, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 1m), ("denominator", 2m));
        var decision = Submit("2022-07", 2, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 2m));
        Assert.Equal((Verdict.Accepted, "F602"), (decision.Verdict, decision.Findings.Single().Rule));
        Assert.Equal(new Figures(null, numerator: 2, denominator: 2), _history[July][new("VACCINATION")]);
    }

    [Fact]
    public void Of_one_part_of_a_rate_that_was_never_reported_is_refused() => Assert.Equal(
        "F309", Submit("2022-07", 1, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 2m)).Findings.Single().Rule);

    [Fact]
    public void That_comes_late_is_judged_by_what_would_stand_beside_the_later_one()
    {
        Submit("2022-07", 1, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 10m), ("denominator", 20m));
        Submit("2022-07", 3, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 12m));

        // 5 of 8 by itself, and 12 of 8 beside what has come already.
        var late = Submit("2022-07", 2, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 5m), ("denominator", 8m));
        Assert.Equal((Verdict.Refused, "R08"), (late.Verdict, late.Findings.Single().Rule));
        Assert.Equal(new Figures(null, numerator: 12, denominator: 20), _history[July][new("VACCINATION")]);
    }

    [Fact]
    public void That_comes_too_late_for_all_it_says_is_asked_nothing()
    {
        Revise(("lastYear", 71m), ("value", 20.01m), ("yearToDate", 20.01m));
        var late = Submit("2022-07", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 15m), ("yearToDate", 99m), ("lastYear", 1m));
        Assert.Equal((Verdict.Superseded, "F601"), (late.Verdict, late.Findings.Single().Rule));
    }

    [Fact]
    public void That_withdraws_late_leaves_nothing_that_counts()
    {
        Submit("2022-07", 1, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 10m), ("denominator", 20m));
        Submit("2022-07", 3, ("indicator", "VACCINATION"), ("unit", "%"), ("denominator", 30m));
        Submit("2022-07", 2, ("indicator", "VACCINATION"), ("withdraw", "value"));
        Assert.Equal(default, _history[July][new("VACCINATION")]);

        // Reported again, by its part that was withdrawn: the other one was set later and never taken back.
        Submit("2022-07", 4, ("indicator", "VACCINATION"), ("unit", "%"), ("numerator", 11m));
        Assert.Equal(new Figures(null, numerator: 11, denominator: 30), _history[July][new("VACCINATION")]);
    }

    [Fact]
    public void Is_no_more_silent_for_a_first_report_below_a_carried_year_to_date()
    {
        var first = Submit("2022-05", 1, ("indicator", "PETITIONS"), ("unit", "件"), ("value", 5m));
        Assert.Equal((Verdict.Accepted, "F604"), (first.Verdict, first.Findings.Single().Rule));
    }

    // Accepted; what the revision says of itself.
    private List<Finding> Revise(params (string Name, object? Value)[] fields)
    {
        var decision = Submit("2022-07", ++_revision, [("indicator", "PETITIONS"), ("unit", "件"), .. fields]);
        Assert.Equal(Verdict.Accepted, decision.Verdict);
        Assert.All(decision.Findings, FindingAssertions.AssertComplete);
        return [.. decision.Findings.Where(finding => finding.Rule.StartsWith("F6", StringComparison.Ordinal))];
    }

    private Decision Submit(string period, int revision, params (string Name, object? Value)[] fields)
    {
        var value = new JsonObject();
        foreach (var (name, field) in fields.Where(field => field.Name != "at"))
        {
            value[name] = name == "withdraw" && field is string back
                ? new JsonArray(back) : field is decimal number ? JsonValue.Create(number) : JsonValue.Create((string?)field);
        }

        var sheet = NewSubmission(Village, period, value).Set("revision", revision);
        if (fields.FirstOrDefault(field => field.Name == "at").Value is string at)
        {
            sheet["submittedAt"] = at;
        }

        if (period != "2022-07")
        {
            sheet["correction"] = new JsonObject { ["reason"] = "补报漏报的一笔合同" };
        }

        return sheet.Read().Decide(_history);
    }
}
