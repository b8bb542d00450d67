using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Api;

/// <summary>A table up to March 2022, for which only January and February are reported. March is due until 9 April.</summary>
public sealed class A_cell_without_a_figure
{
    private static readonly DateTimeOffset Deadline = new(2022, 4, 9, 0, 0, 0, TimeSpan.FromHours(8));
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public A_cell_without_a_figure() => _teller.Step(UniformDistrict.Year(2022, months: 2));

    [Fact]
    public void Is_not_due_yet_until_the_deadline_and_missing_after_it()
    {
        Assert.Equal(FigureAbsence.NotDueYet, AbsenceOf(TestDistrict.Village1, TestDistrict.Firms, 3, Deadline));
        Assert.Equal(FigureAbsence.Missing, AbsenceOf(TestDistrict.Village1, TestDistrict.Firms, 3, Deadline.AddSeconds(1)));
        Assert.Equal(FigureAbsence.Missing, AbsenceOf(TestDistrict.FirmCode(0), TestDistrict.Output, 3, Deadline.AddDays(1)));
    }

    [Fact]
    public void Is_exempt_in_a_January_that_is_not_reported() =>
        Assert.Equal(FigureAbsence.Exempt, AbsenceOf(TestDistrict.Village1, TestDistrict.Investment, 1, Deadline));

    [Fact]
    public void Does_not_apply_to_a_unit_that_does_not_report_it() =>
        Assert.Equal(FigureAbsence.NotApplicable, AbsenceOf(TestDistrict.Village1, TestDistrict.Budget, 3, Deadline));

    [Fact]
    public void Was_never_due_in_a_month_before_the_calendar() =>
        Assert.Equal(FigureAbsence.NotApplicable, AbsenceOf(TestDistrict.Village1, TestDistrict.Firms, 3, Deadline, year: 1999));

    [Fact]
    public void Is_of_an_enterprise_no_year_to_date_which_is_the_sum_of_its_months() =>
        Assert.True(CellOf(TestDistrict.FirmCode(0), TestDistrict.Output, 2, Deadline, 2022) is { Month: > 0 and var month } cell
            && cell.YearToDate > month);

    [Fact]
    public void Has_last_years_sum_of_an_enterprise_that_opens_with_its_year_to_date()
    {
        var (firm, march) = (TestDistrict.FirmCode(0), new Period(2022, 3));
        _teller.Step(UniformDistrict.Year(2021, months: 3));
        _teller.Step(SubmissionHistory.Submission(firm, march, 1, AggregatorFixture.Now, Guid.NewGuid(),
            [new AcceptedValue { Indicator = TestDistrict.Output, YearToDate = 45 }]) with
        {
            Sequence = 200_000,
        });
        Assert.True(CellOf(firm, TestDistrict.Output, 3, Deadline, 2022) is
        { Month: null, YearToDate: 45, LastYearToDate: 30, Absence: null, State: ResultState.Complete });
    }

    [Fact]
    public void Has_no_reason_where_there_is_a_figure() =>
        Assert.Null(AbsenceOf(TestDistrict.Village1, TestDistrict.Firms, 2, Deadline));

    private FigureAbsence? AbsenceOf(string unit, string indicator, int month, DateTimeOffset now, int year = 2022) =>
        CellOf(unit, indicator, month, now, year).Absence;

    private FigureCell CellOf(string unit, string indicator, int month, DateTimeOffset now, int year)
    {
        var catalogue = _teller.Cube.Catalogue;
        Assert.True(catalogue.TryFind(indicator, out var found));
        return new FigureCellBuilder(_teller.Published, Caller.LocalTrusted, now)
            .Build(catalogue.Units[new UnitCode(unit)], found, new Period(year, month))!;
    }
}
