using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Submissions.Tests;

/// <summary>What a ledger accepted, as a message to the aggregators and back.</summary>
public sealed class Accepted_rows_in_a_message
{
    private static readonly Period July = new(2022, 7);
    private static readonly DateTimeOffset At = new(2022, 8, 25, 9, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(MonthAction.Close, MonthTransition.Closed)]
    [InlineData(MonthAction.Reopen, MonthTransition.Reopened)]
    public void Of_a_month_come_back_as_they_were(MonthAction action, MonthTransition transition)
    {
        var change = new MonthStateChange(9, July, action, At, At.AddDays(7), "王芳", "补报漏报的合同");
        var accepted = AcceptedMonthFacts.Create(change);
        Assert.Equal(("2022-07", transition), (accepted.Period, accepted.Transition));
        Assert.Equal(change, AcceptedMonthFacts.ChangeOf(accepted));
    }

    [Theory]
    [InlineData(ReviewAction.Approve, ReviewDecision.Approve)]
    [InlineData(ReviewAction.Return, ReviewDecision.Return)]
    public void Of_a_review_come_back_as_they_were(ReviewAction action, ReviewDecision decision)
    {
        var review = new ReportReview(9, 5, new UnitCode("320404007201"), July, action, At, "李强", "数字有误");
        var accepted = AcceptedReviewFacts.Create(review);
        Assert.Equal(("320404007201", "2022-07", decision), (accepted.Unit, accepted.Period, accepted.Decision));
        Assert.Equal(review, AcceptedReviewFacts.ReviewOf(accepted));
    }

    [Theory]
    [InlineData("month", "close it", false)]
    [InlineData("monthToClose", "2022-07", true)]
    [InlineData("monthToClose", "2022-7", false)]
    public void Of_a_month_are_read_from_the_body_of_a_row(string field, string text, bool isChange)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($"{{\"{field}\":\"{text}\",\"reason\":\"补报漏报的合同\"}}");
        var expected = isChange ? new MonthStateChange(9, July, MonthAction.Close, At, null, "王芳", "补报漏报的合同") : null;
        Assert.Equal(expected, AcceptedMonthFacts.ReadRecorded(body, 9, At, "王芳"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    public void Are_none_of_a_body_that_was_altered(string body)
    {
        Assert.Null(AcceptedMonthFacts.ReadRecorded(System.Text.Encoding.UTF8.GetBytes(body), 9, At, "王芳"));
        Assert.Null(AcceptedReviewFacts.ReadRecorded(System.Text.Encoding.UTF8.GetBytes(body), 9, At, "王芳"));
    }

    [Fact]
    public void Of_a_report_come_back_with_the_fields_that_it_gives_and_takes_back()
    {
        var sheet = ValidSubmission();
        var value = sheet.FirstValue();
        (value["lastYear"], value["withdraw"]) = (7, new System.Text.Json.Nodes.JsonArray("yearToDate"));
        var submission = sheet.Read();
        var accepted = AcceptedSubmissionFacts.Create(submission, submission.Id, 12);
        Assert.Equal((12L, submission.Id, Village, "2022-07", 1), (accepted.Sequence, accepted.SubmissionId, accepted.Unit, accepted.Period,
            accepted.Revision));
        Assert.Equal(new Provenance(submission.OrderKey, 12), AcceptedSubmissionFacts.ProvenanceOf(accepted));
        var only = Assert.Single(accepted.Values);
        Assert.Equal(["yearToDate"], only.WithdrawnFigures!);
        Assert.False(only.Withdrawn);
        Assert.Equal((new Figures(3, lastYear: 7), FigureFields.Value | FigureFields.LastYear | FigureFields.YearToDate),
            AcceptedSubmissionFacts.NamedFieldsOf(only));
    }

    [Theory]
    [InlineData("yearToDate", FigureFields.YearToDate)]
    [InlineData("lastYear", FigureFields.LastYear)]
    [InlineData("date", FigureFields.Date)]
    public void Take_back_a_figure_by_its_name(string name, FigureFields field) => Assert.Equal(
        (new Figures(3), FigureFields.Value | field),
        AcceptedSubmissionFacts.NamedFieldsOf(new AcceptedValue { Indicator = "PETITIONS", Value = 3, WithdrawnFigures = [name] }));

    [Fact]
    public void Take_back_a_whole_indicator()
    {
        var withdrawn = new AcceptedValue { Indicator = "PETITIONS", Withdrawn = true };
        Assert.Equal((default, FigureFields.All), AcceptedSubmissionFacts.NamedFieldsOf(withdrawn));
        var submission = NewSubmission(Village, "2022-07", Petitions(null)).Read();
        var only = Assert.Single(AcceptedSubmissionFacts.Create(submission, submission.Id, 1).Values);
        Assert.True(only.Withdrawn);
        Assert.Null(only.WithdrawnFigures);
    }

    [Fact]
    public void That_take_back_what_this_program_does_not_know_are_not_read()
    {
        var later = new AcceptedValue { Indicator = "PETITIONS", Value = 3, WithdrawnFigures = ["median"] };
        var exception = Assert.Throws<InvalidDataException>(() => AcceptedSubmissionFacts.NamedFieldsOf(later));
        Assert.Contains("'median'", exception.Message, StringComparison.Ordinal);
    }
}
