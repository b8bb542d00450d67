using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Reviews;
using static XilinIngest.TestFixtures.ReviewMessages;

namespace XilinIngest.Submissions.Tests;

/// <summary>The street reviews its villages. Row 5 is a village's report of July, which locks on 30 June 2023.</summary>
public sealed class A_review_of_a_report
{
    private const string July = "2022-07";
    private static readonly Catalogue Catalogue = ReadCatalogue();
    private readonly EffectiveMonth _month = new();
    private readonly ReviewStates _reviews = new();
    private DateTimeOffset _now = TestSubmissions.Now;
    private ReportedRow? _row = new(5, Village, July, IsAcceptedReport: true);

    public A_review_of_a_report() => Apply("PETITIONS", 5);

    [Fact]
    public void Is_read_with_its_row_and_decision()
    {
        var review = Read(Returning(5, Village, July));
        Assert.Empty(review.Findings);
        Assert.Equal(new ReviewRequest(5, ReviewAction.Return, ReturnReason), review.ReviewRequest);
        Assert.Equal((Village, July, new Period(2022, 7), false), (review.UnitText, review.PeriodText, review.Period, review.IsReport));
        Assert.Equal(new ReviewRequest(5, ReviewAction.Approve, null), Read(Approving(5, Village, July)).ReviewRequest);
    }

    [Theory]
    [InlineData("messageId", "\"7\"", "F107")]
    [InlineData("rowToReview", "0", "F101")]
    [InlineData("rowToReview", "1.5", "F101")]
    [InlineData("rowToReview", "\"5\"", "F101")]
    [InlineData("unit", "\"320404007999\"", "F201")]
    [InlineData("unit", "null", "F201")]
    [InlineData("period", "\"2022-7\"", "F203")]
    [InlineData("period", "null", "F203")]
    [InlineData("decision", "\"accept\"", "F101")]
    [InlineData("decision", "null", "F101")]
    [InlineData("reason", "\"核实无误\"", "F808")]
    [InlineData("reason", "\"台账不符\\u202e请核实\"", "F101")]
    [InlineData("values", "[]", "F102")]
    public void Is_told_every_fault(string field, string json, string rule) =>
        Assert.Equal([rule], Read(Returning(5, Village, July).Set(field, JsonNode.Parse(json))).RuleIds());

    [Fact]
    public void Of_the_first_row_is_read() => Assert.Empty(Read(Returning(1, Village, July)).Findings);

    [Fact]
    public void Is_not_read_where_it_is_too_large() =>
        Assert.Equal(["F106"], Read(Returning(5, Village, July, new string('x', 300 * 1024))).RuleIds());

    [Fact]
    public void Is_accepted_of_a_report_that_is_in_force()
    {
        Assert.Equal("Accepted", Decide(Approving(5, Village, July)));
        Assert.Equal("Accepted", Decide(Returning(5, Village, July)));
        Assert.Equal("Refused F807", Decide(Returning(5, Village, July, reason: null)));
    }

    [Fact]
    public void Is_refused_of_a_row_that_is_not_the_report()
    {
        _row = null;
        Assert.Equal("Refused F801", Decide(Approving(5, Village, July)));
        _row = new(5, Village, "2022-06", true);
        Assert.Equal("Refused F802", Decide(Approving(5, Village, July)));
        _row = new(5, NewVillage, July, true);
        Assert.Equal("Refused F802", Decide(Approving(5, Village, July)));
        _row = new(5, Village, July, IsAcceptedReport: false);
        Assert.Equal("Refused F803", Decide(Approving(5, Village, July)));
    }

    [Fact]
    public void Is_refused_once_all_figures_of_the_row_were_replaced()
    {
        Apply("FIRMS", 5);
        Apply("PETITIONS", 8);
        Assert.Equal("Accepted", Decide(Approving(5, Village, July)));
        Apply("FIRMS", 7);
        Assert.Equal("Refused F804", Decide(Approving(5, Village, July)));
        Assert.False(_row!.IsInForce(_month, out var newest));
        Assert.Equal(8, newest);
    }

    [Fact]
    public void Is_refused_where_it_changes_nothing()
    {
        _reviews.Apply(new(6, 5, new(Village), new(2022, 7), ReviewAction.Return, _now, "http", null));
        Assert.Equal("Refused F806", Decide(Returning(5, Village, July)));
        Assert.Equal("Accepted", Decide(Approving(5, Village, July)));
    }

    [Fact]
    public void Is_refused_of_what_is_not_reviewed_and_of_a_month_that_is_locked()
    {
        const string Street = "320404007000";
        _row = new(5, Street, July, true);
        Assert.Equal("Refused F805", Decide(Approving(5, Street, July)));
        _row = new(5, Village, July, true);
        _now = new(2023, 6, 30, 18, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal("Accepted", Decide(Approving(5, Village, July)));
        _now = _now.AddTicks(1);
        Assert.Equal("Refused F809", Decide(Approving(5, Village, July)));
    }

    [Fact]
    public void With_a_fault_does_not_learn_what_the_ledger_has()
    {
        _row = null;
        Assert.Equal("Refused F107", Decide(Approving(5, Village, July).Set("messageId", "7")));
        Assert.Equal("Refused F108 F801", Decide(Approving(5, Village, July), BuiltInFindings.ReusedId(Guid.Empty, 3)));
    }

    private string Decide(JsonObject message, Finding? reused = null)
    {
        var locks = Catalogue.WindowOf(new(2022, 7))!.Locks;
        var decision = ReviewDecider.Decide(
            Read(message), Catalogue, locks, sequence => sequence == 5 ? _row : null, _month, _reviews, _now, reused);
        return $"{decision.Verdict} {string.Join(' ', decision.Findings.Select(finding => finding.Rule))}".Trim();
    }

    private void Apply(string indicator, long row) => _month.Apply(
        new(indicator), new(1), FigureFields.Value, new(new OrderKey((int)row, row, Guid.Empty), row));

    private static Submission Read(JsonObject message)
    {
        var review = Assert.Single(SubmissionReader.Read(message.Bytes(), Catalogue).All);
        FormChecks.Check(review, Catalogue, TestSubmissions.Now);
        return review;
    }

    private static Catalogue ReadCatalogue()
    {
        using var folder = ReviewedCatalogue();
        return folder.Read().Catalogue!;
    }
}
