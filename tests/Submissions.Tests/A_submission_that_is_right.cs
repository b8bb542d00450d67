using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Tests;

public sealed class A_submission_that_is_right
{
    [Fact]
    public void Is_accepted_and_becomes_effective()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        var decision = ValidSubmission().Read().Decide(history);
        Assert.Equal((Verdict.Accepted, 0), (decision.Verdict, decision.Findings.Count));
        Assert.Equal(new Figures(3), history[new(2022, 7)][new("PETITIONS")]);
    }

    [Fact]
    public void Keeps_the_digits_it_was_sent_with()
    {
        var sheet = NewSubmission(Village, "2022-07", Value("PROFIT", -123456789012345.654321m, "万元"), Value("FIRMS", 12.50m, "家"));
        var values = sheet.Read().Values;
        Assert.Equal([-123456789012345.654321m, 12.50m], values.Select(value => value.Figures.Value!.Value));
        Assert.Equal(2, values[1].Figures.Value!.Value.Scale);
    }

    [Fact]
    public void Withdraws_a_value_by_an_explicit_null()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        ValidSubmission().Read().Decide(history);
        var withdrawal = NewSubmission(Village, "2022-07", Petitions(null)).Set("revision", 2);
        withdrawal.FirstValue().Remove("unit");
        Assert.Equal(Verdict.Accepted, withdrawal.Read().Decide(history).Verdict);
        Assert.False(history[new(2022, 7)][new("PETITIONS")].HasValue);
    }

    [Fact]
    public void Replaces_what_it_names_and_leaves_what_it_does_not()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        NewSubmission(Village, "2022-07", Petitions(3), Value("FIRMS", 8, "家")).Read().Decide(history);
        NewSubmission(Village, "2022-07", Petitions(4)).Set("revision", 2).Read().Decide(history);
        Assert.Equal((4m, 8m), (history[new(2022, 7)][new("PETITIONS")].Value, history[new(2022, 7)][new("FIRMS")].Value));
    }

    [Fact]
    public void Is_superseded_where_a_later_revision_came_before_it()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        ValidSubmission().Set("revision", 2).Read().Decide(history);
        Assert.Equal(Verdict.Superseded, ValidSubmission().Read().Decide(history).Verdict);
    }

    [Fact]
    public void May_be_of_the_first_moment_of_the_calendar() =>
        Assert.Empty(ValidSubmission().Set("submittedAt", "2021-01-01T00:00:00+08:00").Read().Findings);

    [Fact]
    public void May_come_after_the_close_with_a_reason() =>
        Assert.Empty(ValidSubmission().Set("period", "2022-05").Set("correction", ReasonOf("补报漏报的合同")).Read().Findings);

    [Fact]
    public void May_be_a_rate_without_the_per_cent() => Assert.Empty(NewSubmission(Village, "2022-07", Rate(1, 2)).Read().Findings);

    [Fact]
    public void May_come_in_a_pack_each_judged_alone()
    {
        var pack = new JsonObject { ["submissions"] = new JsonArray(ValidSubmission(), ValidSubmission().Set("period", "x"), 7) };
        Assert.Equal(["", "F203", "F101"],
            SubmissionTestReader.Read(pack.Bytes()).Select(submission => string.Join(' ', submission.RuleIds())));
    }
}
