namespace XilinIngest.Samples.Tests;

public sealed class DistrictOf2022
{
    private static readonly string[] Streets = [.. SampleRepository.Catalogue.Streets.Select(street => street.Code)];

    private static IEnumerable<string> RankedBy(string what) =>
        SampleRepository.Rows("catalogue/indicators.csv").Where(row => row["rank_by"] == what).Select(row => row["code"]);

    [Fact]
    public void Has_eight_streets_and_towns() => Assert.Equal(8, Streets.Length);

    [Fact]
    public void Has_Xilin_among_the_first_three_in_growth_for_exactly_the_three_of_the_report() => Assert.Equal(
        ["TRADE_CATERING_SALES", "RETAIL_SALES", "KEY_SERVICE_REVENUE"],
        RankedBy("growth").Where(indicator => Rank(SampleLedger.Xilin, indicator) <= 3));

    [Fact]
    public void Has_two_streets_with_the_same_rank()
    {
        var growths =
            Streets.Where(street => street != SampleLedger.Xilin).Select(street => SampleLedger.Growth(street, "RETAIL_SALES")).ToArray();
        Assert.Equal(6, growths.Distinct().Count());
    }

    [Fact]
    public void Has_one_street_whose_growth_is_absent_for_its_base_is_zero() =>
        Assert.Single(Streets, street => SampleLedger.Growth(street, "MANUFACTURING_INVESTMENT") is null);

    [Fact]
    public void Has_Xilin_second_in_vaccination()
    {
        var ours = SampleLedger.Rate(SampleLedger.Xilin, "SENIOR_VACCINATION_RATE");
        Assert.Equal(["AREA_PLANNING", "SENIOR_VACCINATION_RATE", "PARTY_BUILDING_SITE"], RankedBy("value"));
        Assert.Single(Streets, street => Math.Round(SampleLedger.Rate(street, "SENIOR_VACCINATION_RATE"), 1, MidpointRounding.AwayFromZero)
            >= Math.Round(ours, 1, MidpointRounding.AwayFromZero) && street != SampleLedger.Xilin);
    }

    [Theory]
    [InlineData("FIXED_ASSET_INVESTMENT")]
    [InlineData("MANUFACTURING_INVESTMENT")]
    [InlineData("KEY_SERVICE_REVENUE")]
    public void Has_a_recorded_base_that_would_give_another_growth_than_the_comparable_one(string indicator)
    {
        var (now, recorded, reported) =
            (SampleLedger.Published(SampleLedger.Xilin, indicator), SampleLedger.RecordedBase(SampleLedger.Xilin, indicator),
                SampleLedger.ReportedBase(SampleLedger.Xilin, indicator));
        Assert.True(Math.Abs(now / recorded - now / reported) > 0.01m, $"{indicator}: {recorded} recorded, {reported} reported now");
    }

    [Fact]
    public void Has_a_red_village_an_amber_street_and_a_green_one_at_the_years_end()
    {
        var dongdai = SampleRepository.Catalogue.CodeOf("东岱村");
        var firms = SampleRepository.Catalogue.Units.Where(unit => unit.Parent == dongdai).Select(unit => unit.Code).ToHashSet();
        var output = SampleLedger.Year(
            SampleLedger.FiguresOf(SampleLedger.Xilin, "INDUSTRIAL_OUTPUT", 2022).Where(sent => firms.Contains(sent.Unit)));

        Assert.True((output / Target(dongdai, "INDUSTRIAL_OUTPUT") - 1) * 100 < -30, "the village is red");
        Assert.InRange(Target(SampleLedger.Xilin, "RETAIL_SALES") - SampleLedger.Growth(SampleLedger.Xilin, "RETAIL_SALES")!.Value, 5, 15);
        Assert.True(SampleLedger.Growth(SampleLedger.Xilin, "INDUSTRIAL_OUTPUT") > Target(SampleLedger.Xilin, "INDUSTRIAL_OUTPUT"),
            "the street silences no output alert");
    }

    private static decimal Target(string unit, string indicator) => decimal.Parse(
        SampleRepository.Rows("catalogue/targets.csv")
            .Single(row => row["unit"] == unit && row["indicator"] == indicator && row["year"] == "2022")["value"],
        System.Globalization.CultureInfo.InvariantCulture);

    private static int Rank(string street, string indicator) =>
        1 + Streets.Count(other => SampleLedger.Growth(other, indicator) > SampleLedger.Growth(street, indicator));
}
