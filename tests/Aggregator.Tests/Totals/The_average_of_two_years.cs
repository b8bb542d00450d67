using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Totals;

/// <summary>Village 1 had 20 in January 2020, and 30 a year later.</summary>
public sealed class The_average_of_two_years
{
    private readonly Teller _teller = new(Known.Catalogue);

    public The_average_of_two_years() => _teller.Step(
        new[] { 2020, 2021, 2022 }.SelectMany(year => Known.Year(year, months: 1)).Append(Known.Revision(World.FirmCode(0), World.Output, new Period(2021, 1), 20)));

    [Theory]
    [InlineData(30, 41.4)] // 20, 30, 40
    [InlineData(10, 0.0)] // 20, 30, 20
    [InlineData(-10, null)] // nothing left
    public void Is_geometric_over_the_growth_of_both(decimal now, double? average)
    {
        _teller.Step(Known.Revision(World.FirmCode(0), World.Output, new Period(2022, 1), now));
        Assert.Equal((decimal?)average, Series(World.Output, 2022).TwoYearAverage);
    }

    [Fact]
    public void Is_absent_without_the_first_of_them_and_for_a_rate()
    {
        Assert.Equal((50m, null), (Series(World.Output, 2021).Growth, Series(World.Output, 2021).TwoYearAverage));
        Assert.Equal((0m, null), (Series(World.Vaccination, 2022).Growth, Series(World.Vaccination, 2022).TwoYearAverage));
    }

    private SeriesPoint Series(string indicator, int year) => SeriesPoints.Of(
        _teller.Cube, Known.Catalogue.Units[new UnitCode(World.Village1)], World.Indicators.Single(one => one.Code.Value == indicator), new Period(year, 1), Teller.Now);
}
