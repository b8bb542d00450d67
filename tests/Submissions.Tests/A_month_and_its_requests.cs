using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Months;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Timeliness;
using static XilinIngest.TestFixtures.MonthMessages;

namespace XilinIngest.Submissions.Tests;

/// <summary>It is 5 August 2022: July is open, May is closed by the calendar, May 2021 is locked.</summary>
public sealed class A_request_about_a_month
{
    private static readonly Catalogue Catalogue = SubmissionTestReader.Catalogue;
    private static readonly Unit Street = Catalogue.Units.All.First(unit => unit.Level == UnitLevel.Street);
    private readonly MonthStates _months = new();
    private IReadOnlyList<Unit> _missing = [];

    [Fact]
    public void Is_read_as_a_request_of_the_topmost_unit()
    {
        var closing = Read(Closing("2022-07"));
        Assert.Empty(closing.Findings);
        Assert.Equal(new MonthRequest(MonthAction.Close, Reason, null), closing.MonthRequest);
        Assert.Equal((Catalogue.Units.Topmost, new Period(2022, 7), false), (closing.Unit, closing.Period, closing.IsReport));
        Assert.Equal(Catalogue.Units.Topmost!.Code.Value, closing.UnitText);

        var reopening = Read(Reopening("2022-05", reason: null, until: "2022-09-01T18:00:00+08:00"));
        Assert.Equal(new MonthRequest(MonthAction.Reopen, null, new(2022, 9, 1, 10, 0, 0, TimeSpan.Zero)), reopening.MonthRequest);
    }

    [Theory]
    [InlineData("messageId", null, "F107")]
    [InlineData("messageId", "00000000-0000-0000-0000-000000000000", "F107")]
    [InlineData("messageId", "7", "F107")]
    [InlineData("monthToReopen", "2022-7", "F203")]
    [InlineData("monthToReopen", "2099-01", "F204")]
    [InlineData("reason", "核实无误", "F707")]
    [InlineData("reason", "补报\u200B漏报的合同", "F101")]
    [InlineData("until", "2022-09-01T18:00:00", "F101")]
    [InlineData("until", "2022-09-01", "F101")]
    [InlineData("unit", "320404000000", "F102")]
    public void Is_told_every_fault(string field, string? text, string rule) =>
        Assert.Equal([rule], Read(Reopening("2022-05").Set(field, text)).RuleIds());

    [Fact]
    public void To_close_takes_no_time_of_its_end() =>
        Assert.Equal(["F102"], Read(Closing("2022-07").Set("until", "2022-09-01T18:00:00+08:00")).RuleIds());

    [Fact]
    public void Is_not_read_where_it_is_too_large() =>
        Assert.Equal(["F106"], Read(Closing("2022-07", new string('x', 300 * 1024))).RuleIds());

    [Fact]
    public void To_close_is_accepted_once_all_have_reported_or_with_a_reason()
    {
        Assert.Equal("Accepted", Decide(Closing("2022-07", reason: null)));
        _missing = [Street];
        Assert.Equal("Refused F703", Decide(Closing("2022-07", reason: null)));
        Assert.Equal("Accepted F704", Decide(Closing("2022-07")));
    }

    [Fact]
    public void To_close_is_refused_where_the_month_is_closed_by_a_row_or_locked()
    {
        Assert.Equal("Refused F702", Decide(Closing("2021-05")));
        _months.Apply(new(3, new(2022, 7), MonthAction.Close, TestSubmissions.Now, null, "http", null));
        Assert.Equal("Refused F701", Decide(Closing("2022-07")));
        Assert.Equal("Accepted", Decide(Closing("2022-06")));
    }

    [Fact]
    public void To_reopen_needs_a_closed_month_a_reason_and_a_time_to_come()
    {
        Assert.Equal("Accepted", Decide(Reopening("2022-05")));
        Assert.Equal("Accepted", Decide(Reopening("2022-05", until: "2022-08-05T08:00:01+08:00")));
        Assert.Equal("Refused F708", Decide(Reopening("2022-05", until: "2022-08-05T08:00:00+08:00")));
        Assert.Equal("Refused F705", Decide(Reopening("2022-07")));
        Assert.Equal("Refused F706", Decide(Reopening("2022-05", reason: null)));
        Assert.Equal("Refused F705 F706", Decide(Reopening("2022-07", reason: null)));
    }

    [Fact]
    public void With_a_fault_or_the_id_of_another_message_does_not_learn_who_is_missing()
    {
        _missing = [Street];
        Assert.Equal("Refused F107", Decide(Closing("2022-07", reason: null).Set("messageId", "7")));
        Assert.Equal("Refused F108 F703", Decide(Closing("2022-07", reason: null), BuiltInFindings.ReusedId(Guid.Empty, 5)));
        Assert.Equal("Refused F204", Decide(Closing("2099-01")));
    }

    [Fact]
    public void Names_at_most_ten_units_that_are_missing()
    {
        var (ten, eleven) = (Enumerable.Repeat(Street, 10).ToList(), Enumerable.Repeat(Street, 11).ToList());
        var july = new Period(2022, 7);
        Assert.EndsWith($"{Street.NameZh}。", BuiltInFindings.MonthIncomplete(july, ten).MessageZh, StringComparison.Ordinal);
        Assert.EndsWith($"{Street.NameEn}.", BuiltInFindings.MonthIncomplete(july, ten).MessageEn, StringComparison.Ordinal);
        Assert.EndsWith($"{Street.NameZh}等。", BuiltInFindings.MonthIncomplete(july, eleven).MessageZh, StringComparison.Ordinal);
        Assert.EndsWith($"{Street.NameEn} and 1 more.", BuiltInFindings.MonthIncomplete(july, eleven).MessageEn, StringComparison.Ordinal);
    }

    // A request is not judged by the closing of its month, as a report is.
    private static Submission Read(JsonObject message)
    {
        var request = Assert.Single(SubmissionReader.Read(message.Bytes(), Catalogue).All);
        FormChecks.Check(request, Catalogue, TestSubmissions.Now);
        return request;
    }

    private string Decide(JsonObject message, Finding? reused = null)
    {
        var request = Read(message);
        var window = request.Period is { } period ? Catalogue.WindowOf(period) : null;
        var decision = MonthDecision.Decide(request, window, _months, TestSubmissions.Now, () => _missing, reused);
        Assert.Equal(decision.Verdict == Verdict.Refused, decision.Findings.Any(finding => FindingSeverities.Refuses(finding.Severity)));
        return $"{decision.Verdict} {string.Join(' ', decision.Findings.Select(finding => finding.Rule))}".Trim();
    }
}

/// <summary>The village's report of July is due with two indicators.</summary>
public sealed class A_report_of_a_month
{
    private static readonly Indicator[] Due =
        [.. SubmissionTestReader.Catalogue.Indicators.Where(indicator => indicator.Code.Value is "PETITIONS" or "FIRMS")];

    private static readonly DateTimeOffset Deadline = new(2022, 8, 8, 18, 0, 0, TimeSpan.FromHours(8));
    private readonly MonthReport _report = new(Due);

    [Fact]
    public void Is_complete_when_the_last_figure_comes()
    {
        Apply(1, Deadline.AddDays(-2), Petitions(3));
        Assert.Equal((false, null), (_report.IsComplete, _report.CompletedAt));
        Apply(2, Deadline, Value("FIRMS", 5, "家"));
        Apply(3, Deadline.AddDays(9), Petitions(4));
        Assert.Equal((true, Deadline), (_report.IsComplete, _report.CompletedAt));
        Assert.Equal(ReportTiming.OnTime, _report.Judge(Deadline, Deadline.AddDays(10)));
        Assert.Equal(ReportTiming.Late, _report.Judge(Deadline.AddTicks(-1), Deadline.AddDays(10)));
    }

    [Fact]
    public void Is_missing_after_the_deadline_and_while_a_figure_is_taken_back()
    {
        Assert.Equal(ReportTiming.Open, _report.Judge(Deadline, Deadline));
        Assert.Equal(ReportTiming.Missing, _report.Judge(Deadline, Deadline.AddTicks(1)));
        Apply(1, Deadline, Petitions(3), Value("FIRMS", 5, "家"));
        Apply(2, Deadline, Petitions(null));
        Assert.Equal(ReportTiming.Missing, _report.Judge(Deadline, Deadline.AddTicks(1)));
    }

    [Fact]
    public void Is_not_due_where_the_calendar_or_the_catalogue_asks_for_nothing()
    {
        Assert.Equal(ReportTiming.NotDue, _report.Judge(null, Deadline));
        Assert.Equal(ReportTiming.NotDue, new MonthReport([]).Judge(Deadline, Deadline));
    }

    [Fact]
    public void Is_missing_of_every_unit_that_lacks_a_figure_that_is_due()
    {
        var (catalogue, july) = (SubmissionTestReader.Catalogue, new Period(2022, 7));
        var month = new EffectiveMonth();
        foreach (var indicator in catalogue.Indicators)
        {
            month.Apply(indicator.Code, new(1, numerator: 1, denominator: 2), FigureFields.All, new(new OrderKey(1, 1, Guid.Empty), 1));
        }

        var none = MissingReports.Find(catalogue, july, new Dictionary<string, MonthFigures>());
        Assert.Contains(none, unit => unit.Code.Value == Village);
        Assert.DoesNotContain(none, unit => unit.Code.Value == NewVillage);
        var one = MissingReports.Find(catalogue, july, new Dictionary<string, MonthFigures> { [Village] = new(month) });
        Assert.Equal(none.Where(unit => unit.Code.Value != Village), one);
        var empty = MissingReports.Find(catalogue, july, new Dictionary<string, MonthFigures> { [Village] = new(new EffectiveMonth()) });
        Assert.Equal(none, empty);
    }

    private void Apply(int revision, DateTimeOffset at, params JsonObject[] values)
    {
        var submission = NewSubmission(Village, "2022-07", values).Set("revision", revision).Read();
        _report.Apply(submission, new(submission.OrderKey, revision), at);
    }
}
