using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>
/// What DOMAIN says of a change to May: itself and the months after it, their growth a year later, ancestors, siblings, alerts; nothing
/// else.
/// </summary>
public sealed class A_revision_of_last_years_May
{
    private static readonly string[] Above = [TestDistrict.Village1, TestDistrict.Street1, TestDistrict.District];
    private static readonly IEnumerable<long> MayToDecember = Enumerable.Range(5, 8).Select(month => (long)month);
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);
    private readonly List<ResultVersion> _said;

    public A_revision_of_last_years_May()
    {
        _teller.Step(UniformDistrict.Year(2021).Concat(UniformDistrict.Year(2022)));
        _said = _teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2021, 5), 110));
    }

    [Fact]
    public void Changes_the_totals_of_May_to_December_of_both_years_up_to_the_district() => Assert.Equal(
        from unit in Above from year in new[] { 2021, 2022 } from month in MayToDecember select (unit, (year * 100) + month),
        Said(ResultKinds.Total).Order(UnitsUp));

    [Fact]
    public void Changes_year_to_date_in_the_first_year_and_growth_in_the_next()
    {
        var totals = _said.Where(version => version.Id.Kind == ResultKinds.Total && version.Id.Unit == TestDistrict.Village1)
            .ToDictionary(version => version.Id.Period, version => version.Contract<IndicatorTotal>());
        Assert.All(MayToDecember, month =>
        {
            var (before, after) = (month * 20, (month * 20) + 100);
            Assert.Equal(after, totals[202100 + month].YearToDate);
            Assert.Equal(month == 5 ? 120 : 20, totals[202100 + month].Month);
            Assert.Null(totals[202100 + month].Growth);
            Assert.Equal(before, totals[202200 + month].YearToDate);
            Assert.Equal(after, totals[202200 + month].Base);
            Assert.Equal(Rounding.Rate((before - after) * 100m / after), totals[202200 + month].Growth);
        });
    }

    [Fact]
    public void Changes_the_ranks_of_the_siblings_in_the_next_year_alone() => Assert.Equal(
        from unit in Above[1..] from month in MayToDecember select (unit, 202200 + month),
        Said(ResultKinds.Ranking).Order(UnitsUp));

    [Fact]
    public void Raises_the_alerts_of_the_next_year_and_the_streets_silences_the_villages()
    {
        var alerts = _said.Where(version => version.Id.Kind == ResultKinds.Alert)
            .Select(version => version.Contract<AlertRaised>()).ToDictionary(alert => alert.Unit);
        Assert.Equal([TestDistrict.Street1, TestDistrict.Village1], alerts.Keys.Order());
        Assert.All(alerts.Values, alert => Assert.Equal((2022, "2022-12", "2022-05"), (alert.Year, alert.Period, alert.Since)));
        Assert.Equal(TestDistrict.Street1, alerts[TestDistrict.Village1].SilencedBy);
        Assert.Null(alerts[TestDistrict.Street1].SilencedBy);
    }

    [Fact]
    public void Is_named_as_the_cause_of_every_new_version() =>
        Assert.All(_said, version => Assert.Equal(100_002, Assert.Single(version.Contract() switch
        {
            IndicatorTotal total => total.Cause,
            RankingPublished ranking => ranking.Cause,
            var alert => ((AlertEvent)alert).Cause,
        })));

    [Fact]
    public void Changes_no_other_indicator() => Assert.All(_said, version => Assert.Equal(TestDistrict.Output, version.Indicator));

    private IEnumerable<(string Unit, long Period)> Said(string kind) =>
        _said.Where(version => version.Id.Kind == kind).Select(version => (version.Id.Unit, version.Id.Period));

    private static readonly Comparer<(string Unit, long Period)> UnitsUp = Comparer<(string Unit, long Period)>.Create((a, b) =>
        (Array.IndexOf(Above, a.Unit), a.Period).CompareTo((Array.IndexOf(Above, b.Unit), b.Period)));
}

public sealed class A_burst_of_a_thousand_submissions
{
    [Fact]
    public void Is_one_new_version_of_a_ranking()
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(UniformDistrict.Year(2021).Concat(UniformDistrict.Year(2022)));
        var period = new Period(2022, 7);
        var said = teller.Step(
            Enumerable.Range(2, 1000)
            .Select(revision => UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, period, revision, revision)));
        var ranking = Assert.Single(said,
            version => version.Id is { Kind: ResultKinds.Ranking, Unit: TestDistrict.Street1, Period: 202207 });
        Assert.Equal(2, ranking.Version);
        Assert.Equal(20, ranking.Contract<RankingPublished>().Cause.Count);
    }

    [Fact]
    public void In_December_does_not_hide_the_row_that_changed_May()
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(UniformDistrict.Year(2022));
        var december =
            Enumerable.Range(2, 100)
            .Select(revision =>
                UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2022, 12), revision, revision));
        var said = teller.Step(
            december.Append(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2022, 5), 11, 500)));
        var may = Assert.Single(said, version => version.Id is { Kind: ResultKinds.Total, Unit: TestDistrict.Village1, Period: 202205 });
        Assert.Equal([100_500], may.Contract<IndicatorTotal>().Cause);
    }
}

public sealed class A_month_that_is_withdrawn
{
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);
    private readonly List<ResultVersion> _said;

    public A_month_that_is_withdrawn()
    {
        _teller.Step(UniformDistrict.Year(2022, months: 3));
        _said = _teller.Step(
            from unit in new[] { TestDistrict.Street1, TestDistrict.Street2, TestDistrict.WholeTown }
            select UniformDistrict.Revision(unit,
                TestDistrict.Budget, new Period(2022, 3), null));
    }

    [Fact]
    public void Is_published_without_a_figure_and_not_as_zero()
    {
        var total = _said.Single(version => version.Id is { Kind: ResultKinds.Total, Unit: TestDistrict.District })
            .Contract<IndicatorTotal>();
        Assert.Equal((null, null, 0, 3, ResultState.Provisional),
            (total.Month, total.YearToDate, total.Reported, total.Expected, total.State));
    }

    [Fact]
    public void Ends_its_ranking_and_says_why()
    {
        var ranking = _said.Single(version => version.Id.Kind == ResultKinds.Ranking).Contract<RankingPublished>();
        Assert.Equal((RankingEnd.NoFigures, 2, ResultState.Provisional, 0, 3),
            (ranking.Ended, ranking.Version, ranking.State, ranking.Reported, ranking.Expected));
        Assert.Empty(ranking.Units);
        Assert.Equal([100_002], ranking.Cause);
    }

    [Fact]
    public void Is_ranked_again_once_a_figure_comes()
    {
        var said = _teller.Step(UniformDistrict.Revision(TestDistrict.Street1, TestDistrict.Budget, new Period(2022, 3), 10, revision: 3));
        var ranking = said.Single(version => version.Id.Kind == ResultKinds.Ranking).Contract<RankingPublished>();
        Assert.Equal((null, 3, 3), (ranking.Ended, ranking.Version, ranking.Units.Count));
    }

    [Fact]
    public void Is_published_once()
    {
        Assert.Empty(
            _teller.Step(UniformDistrict.Revision(TestDistrict.Street1, TestDistrict.Budget, new Period(2022, 3), null, revision: 3)));
    }
}

public sealed class A_firm_with_a_target
{
    [Fact]
    public void Has_an_alert_but_no_total_of_its_own()
    {
        var teller = new AggregatorFixture(TestDistrict.Fixed(
            [new Target(new UnitCode(TestDistrict.FirmCode(0)), new IndicatorCode(TestDistrict.Output), 2022, TargetKind.Amount, 1200)],
            new ColourRule(UnitLevel.Enterprise, ColourScheme.Pace, 10, 30, 0, true)));
        var said = teller.Step(UniformDistrict.Year(2022));
        Assert.Equal([ResultKinds.Alert],
            said.Where(version => version.Id.Unit == TestDistrict.FirmCode(0)).Select(version => version.Id.Kind));
    }
}
