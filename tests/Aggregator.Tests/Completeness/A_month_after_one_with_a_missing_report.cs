using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Completeness;

/// <summary>Firm 0 of village 1 sent nothing for March; all sent April. Two questions, and so two counts.</summary>
public sealed class A_month_after_one_with_a_missing_report
{
    private static readonly Period March = new(2022, 3);
    private static readonly Period April = new(2022, 4);
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public A_month_after_one_with_a_missing_report() => _teller.Step(UniformDistrict.Year(2022, months: 4).Where(IsNotTheMissingOne));

    [Fact]
    public void Lists_no_one_as_missing_for_it_lists_the_month_alone()
    {
        var (march, april) = (Month(March), Month(April));
        Assert.Equal([TestDistrict.FirmCode(0)], march.Missing.Select(missing => missing.Unit));
        Assert.Equal((march.Expected - 1, march.Expected), (march.Reported, march.Expected));
        Assert.Empty(april.Missing);
        Assert.Equal(april.Expected, april.Reported);
    }

    [Fact]
    public void Has_provisional_totals_for_their_year_lacks_a_month()
    {
        var total = Total(TestDistrict.Output);
        Assert.Equal((1, 2, TotalState.Provisional), (total.Reported, total.Expected, total.State));

        _teller.Step(UniformDistrict.Month(March));
        total = Total(TestDistrict.Output);
        Assert.Equal((2, 2), (total.Reported, total.Expected));
        Assert.NotEqual(TotalState.Provisional, total.State);
    }

    [Fact]
    public void Counts_a_unit_once_where_totals_count_it_per_indicator()
    {
        // The village, and its two firms.
        Assert.Equal(3, Month(April).Expected);
        Assert.Equal((2, 1), (Total(TestDistrict.Output).Expected, Total(TestDistrict.Firms).Expected));
    }

    private static bool IsNotTheMissingOne(AcceptedSubmission submission) =>
        submission.Unit != TestDistrict.FirmCode(0) || submission.Period != March.ToString();

    private MonthCompleteness Month(Period period) => CompletenessQuery.ForMonth(_teller.Cube, Village, period, AggregatorFixture.Now);

    private Total Total(string indicator) => _teller.Cube.TotalOf(
        _teller.Cube.Nodes.NodeOf(Village), TestDistrict.Indicators.Single(one => one.Code.Value == indicator), April,
        AggregatorFixture.Now)!;

    private static Unit Village => UniformDistrict.Catalogue.Units[new UnitCode(TestDistrict.Village1)];
}
