using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

/// <summary>Village 1 had vaccinated 10 of 20 a year before.</summary>
public sealed class The_change_of_a_rate
{
    [Theory]
    [InlineData(12, "同比提高10.0个百分点", "(+10.0 points)")]
    [InlineData(9, "同比下降5.0个百分点", "(-5.0 points)")]
    [InlineData(10, "与上年持平", "(+0.0 points)")]
    public void Is_reported_in_points(int of20, string zh, string en)
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        var later = UniformDistrict.Revision(TestDistrict.Village1, TestDistrict.Vaccination, new Period(2022, 1), null);
        teller.Step(UniformDistrict.Year(2021, months: 1).Concat(UniformDistrict.Year(2022, months: 1))
            .Append(later with
            {
                Values =
                [new AcceptedValue { Indicator = TestDistrict.Vaccination, Numerator = of20, Denominator = 20 }]
            }));
        var village = teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Village1)];
        var row = ReportBuilder.Build(teller.Published, village, 2022, 1)!.Rows.Single(row => row.Indicator == TestDistrict.Vaccination);
        Assert.EndsWith("，" + zh, row.PhraseZh, StringComparison.Ordinal);
        Assert.EndsWith(en, row.PhraseEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Stands_apart_from_a_name_that_ends_with_a_figure() => Assert.Equal("PM2.5 35.0微克", ChineseText.Join("PM2.5", "35.0微克"));
}
