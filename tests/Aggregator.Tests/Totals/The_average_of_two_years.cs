using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Totals;

/// <summary>Village 1 had 20 in January 2020, and 30 a year later.</summary>
public sealed class The_average_of_two_years
{
    private readonly AggregatorFixture _teller = new(UniformDistrict.Catalogue);

    public The_average_of_two_years() => _teller.Step(
        new[] { 2020, 2021, 2022 }.SelectMany(year => UniformDistrict.Year(year, months: 1))
        .Append(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2021, 1), 20)));

    [Theory]
    [InlineData(30, 41.4)] // 20, 30, 40
    [InlineData(10, 0.0)] // 20, 30, 20
    [InlineData(-10, null)] // nothing left
    public void Is_geometric_over_the_growth_of_both(decimal now, double? average)
    {
        _teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(2022, 1), now));
        Assert.Equal((decimal?)average, Series(TestDistrict.Output, 2022).TwoYearAverage);
    }

    [Fact]
    public void Is_absent_without_the_first_of_them_and_for_a_rate()
    {
        Assert.Equal((50m, null), (Series(TestDistrict.Output, 2021).Growth, Series(TestDistrict.Output, 2021).TwoYearAverage));
        Assert.Equal((0m, null), (Series(TestDistrict.Vaccination, 2022).Growth, Series(TestDistrict.Vaccination, 2022).TwoYearAverage));
    }

    private SeriesPoint Series(string indicator, int year) => SeriesPointBuilder.Build(
        _teller.Published, UniformDistrict.Catalogue.Units[new UnitCode(TestDistrict.Village1)],
        TestDistrict.Indicators.Single(one => one.Code.Value == indicator), new Period(year, 1));
}
