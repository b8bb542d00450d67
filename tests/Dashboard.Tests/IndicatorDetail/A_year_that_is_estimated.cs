namespace XilinIngest.Dashboard.Tests.Indicator;

[Collection("site")]
public sealed class A_year_that_is_estimated(DashboardSite site)
{
    private const string Of = "unit=320404004000&period=2022-09&indicator=KEY_SERVICE_REVENUE";

    /// <summary>
    /// 2021 is recorded, and 2020 is what the units reported in 2021 as their year before. A street is printed in hundredths of 亿元, which
    /// are 100 万元, and a village in 万元.
    /// </summary>
    [Theory]
    [InlineData("320404004000", 50)]
    [InlineData("320404004203", 0.5)]
    public async Task Is_the_year_to_date_by_the_mean_share_of_the_earlier_years(string unit, decimal rounding)
    {
        var before = await site.GetJsonAsync($"/api/series?unit={unit}&indicator=KEY_SERVICE_REVENUE&year=2021");
        var now = (await site.GetJsonAsync($"/api/series?unit={unit}&indicator=KEY_SERVICE_REVENUE&year=2022"))[8]!;
        var reported = (decimal)before[8]!["comparison"]!["base"]! / (decimal)before[11]!["comparison"]!["base"]!;
        var recorded = (decimal)before[8]!["yearToDate"]! / (decimal)before[11]!["yearToDate"]!;
        var expected = (decimal)now["yearToDate"]! * 2 / (reported + recorded);
        var estimate = await site.GetJsonAsync($"/api/estimate?unit={unit}&period=2022-09&indicator=KEY_SERVICE_REVENUE");
        Assert.InRange((decimal)estimate["amount"]! - expected, -rounding, rounding);

        // One recorded year cannot say how far an estimate is off.
        Assert.Null(estimate["low"]);
        Assert.Null(estimate["errorPercent"]);
    }

    [Fact]
    public async Task Says_that_it_is_rough_and_shows_its_method_and_the_earlier_years()
    {
        await using var reader = await site.OpenAsync("/indicator?" + Of);
        var section = reader.Page.Locator(".exp-estimate");
        await Assertions.Expect(section.Locator("[data-fact=estimate]")).ToContainTextAsync("给不出区间，仅供参考");
        await Assertions.Expect(section).ToContainTextAsync("不参加排名");
        await section.Locator("summary").ClickAsync();
        await Assertions.Expect(section.Locator("[data-year]")).ToHaveCountAsync(2);
        await Assertions.Expect(section.Locator("[data-year='2020']")).ToContainTextAsync("次年所报上年同期数");
    }

    [Fact]
    public async Task Is_none_where_too_few_years_are_there_and_says_so()
    {
        await using var reader = await site.OpenAsync("/indicator?unit=320404004000&period=2022-09&indicator=RETAIL_SALES", english: true);
        await Assertions.Expect(reader.Page.Locator("[data-fact=no-estimate]")).ToContainTextAsync("Fewer than two earlier years");
    }

    [Theory]
    [InlineData("2022-12", "KEY_SERVICE_REVENUE", "yearIsOver")]
    [InlineData("2022-09", "INDUSTRY_PROJECTS", "notSummed")]
    [InlineData("2023-06", "KEY_SERVICE_REVENUE", "incomplete")]
    public async Task Is_none_for_a_reason_that_the_answer_names(string period, string indicator, string reason) => Assert.Equal(reason,
        (string?)(await site.GetJsonAsync($"/api/estimate?unit=320404004000&period={period}&indicator={indicator}"))["obstacle"]);
}
