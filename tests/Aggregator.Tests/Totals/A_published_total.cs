using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Totals;

/// <summary>Investment is on the comparable basis; firms 0 and 1 are in village 1.</summary>
public sealed class A_published_total_on_the_comparable_basis
{
    private static readonly Period February = new(2022, 2);
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public A_published_total_on_the_comparable_basis() =>
        _teller.Step(UniformDistrict.Year(2021, months: 2).Concat(UniformDistrict.Year(2022, months: 2)));

    [Fact]
    public void Names_the_recorded_basis_where_no_unit_reports_a_base_of_its_own()
    {
        var total = Newest();
        Assert.Equal((ComparisonBasis.Recorded, 0.0m, 2, null, 0.0m),
            (total.Basis, total.Growth, total.BaseSubstitutes, total.ComparableGrowth, total.RecordedGrowth));
    }

    [Fact]
    public void Names_the_comparable_one_with_what_stood_in_once_a_unit_does()
    {
        _teller.Step(WithBase(0, 5));
        var total = Newest();
        Assert.Equal((ComparisonBasis.Comparable, 33.3m, 1, 33.3m, 0.0m),
            (total.Basis, total.Growth, total.BaseSubstitutes, total.ComparableGrowth, total.RecordedGrowth));

        _teller.Step(WithBase(1, 5));
        total = Newest();
        Assert.Equal((ComparisonBasis.Comparable, 100.0m, 0, 100.0m, 0.0m),
            (total.Basis, total.Growth, total.BaseSubstitutes, total.ComparableGrowth, total.RecordedGrowth));
    }

    private static AcceptedSubmission WithBase(int firm, decimal lastYear)
    {
        var revision = UniformDistrict.Revision(TestDistrict.FirmCode(firm), TestDistrict.Investment, February, 10);
        return revision with { Values = [revision.Values[0] with { LastYear = lastYear }] };
    }

    private IndicatorTotal Newest() => _teller.Newest.Single(version =>
        version.Id == new ResultId(ResultKinds.Total, TestDistrict.Village1, TestDistrict.Investment, 202202)).Contract<IndicatorTotal>();
}

/// <summary>Firm 0 of village 1 has not sent its March; there is a year before, and so there is growth.</summary>
public sealed class A_published_total_of_those_who_have_reported
{
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public A_published_total_of_those_who_have_reported() => _teller.Step(
        UniformDistrict.Year(2021, months: 4)
        .Concat(UniformDistrict.Year(2022, months: 4)
            .Where(submission => submission.Unit != TestDistrict.FirmCode(0) || submission.Period != "2022-03")));

    [Fact]
    public void Has_no_change_of_its_growth_against_that_of_all()
    {
        Assert.Equal((ResultState.Provisional, true, null), Said(202203));
        Assert.Equal((ResultState.Provisional, true, null), Said(202204));

        _teller.Step(UniformDistrict.Month(new Period(2022, 3)));
        Assert.NotEqual(ResultState.Provisional, Said(202204).State);
        Assert.Equal((true, 0.0m), (Said(202204).HasGrowth, Said(202204).Change));
    }

    private (ResultState State, bool HasGrowth, decimal? Change) Said(int period)
    {
        var total = _teller.Newest.Single(version =>
            version.Id == new ResultId(ResultKinds.Total, TestDistrict.Village1, TestDistrict.Output, period)).Contract<IndicatorTotal>();
        return (total.State, total.Growth is not null, total.GrowthChange);
    }
}
