using XilinIngest.Aggregator.Shortfalls;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Shortfalls;

/// <summary>A street whose output falls below zero in January, and misses its target of growth.</summary>
public sealed class The_causes_of_a_growth_in_words
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Are_the_largest_falls_by_amount_as_far_as_the_reader_may_see_them(bool maySee)
    {
        var january = new Period(2022, 1);
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(UniformDistrict.Month(january.SameMonthLastYear).Concat(UniformDistrict.Month(january)));
        teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, january, -1000));

        var street = teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Street1)];
        var shortfall = ShortfallQuery.ForMonth(teller.Published, street, january, _ => maySee)
            .Single(each => each.Indicator == TestDistrict.Output);
        Assert.Equal(TargetColour.Red, shortfall.Colour);
        Assert.Equal(
            maySee ? [(TestDistrict.Village1, null, -1010m)] : [],
            shortfall.Causes.Select(cause => (cause.Unit, cause.Points, cause.Amount)));
    }
}
