using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

[Collection(SampleYearsCollection.Name)]
public sealed class The_form_of_a_month(SampleService sample)
{
    private readonly InProcessService _service = sample.Service;

    /// <summary>Against what the units sent, and against who is missing.</summary>
    [Theory]
    [InlineData(XilinSubmissions.Dongdai, "2022-11")]
    [InlineData("91320404MA0000001L", "2022-08")]
    [InlineData("91320404MA00000644", "2022-02")]
    public async Task Has_what_is_due_with_the_figures_that_were_sent(string unit, string period)
    {
        var form = await _service.GetAsync($"/api/form?unit={unit}&period={period}");
        var entries = form["entries"]!.AsArray();
        Assert.NotEmpty(entries);
        var (year, month) = (int.Parse(period[..4], System.Globalization.CultureInfo.InvariantCulture),
                int.Parse(period[5..], System.Globalization.CultureInfo.InvariantCulture));
        await AssertSentAsync(unit, period, entries, "now");
        await AssertSentAsync(unit, month == 1 ? $"{year - 1}-12" : $"{year}-{month - 1:00}", entries, "lastMonth");
        await AssertSentAsync(unit, $"{year - 1}-{month:00}", entries, "lastYear");
        Assert.Equal(2, (int)form["nextRevision"]!);
        Assert.All(entries, entry => Assert.True((bool)entry!["isDue"]!));
    }

    [Fact]
    public async Task Asks_for_what_completeness_misses_and_says_until_when()
    {
        var form = await _service.GetAsync($"/api/form?unit={XilinSubmissions.Dongdai}&period=2023-02");
        var missing = (await _service.GetAsync($"/api/completeness?unit={XilinSubmissions.Dongdai}&period=2023-02"))["missing"]!.AsArray();
        Assert.Equal(
            missing.Single(each => (string?)each!["unit"] == XilinSubmissions.Dongdai)!["indicators"]!.AsArray()
                .Select(code => (string?)code),
            form["entries"]!.AsArray().Select(entry => (string?)entry!["indicator"]));
        Assert.All(form["entries"]!.AsArray(), entry => Assert.Null(entry!["now"]));
        Assert.Equal(1, (int)form["nextRevision"]!);
        Assert.Equal(DateTimeOffset.Parse("2023-03-08T18:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture),
            (DateTimeOffset)form["deadline"]!);
    }

    [Fact]
    public async Task Asks_for_nothing_in_an_exempt_January() =>
        Assert.Empty((await _service.GetAsync("/api/form?unit=91320404MA0000021N&period=2023-01"))["entries"]!.AsArray());

    /// <summary>The sample's clock stands in January 2023: December is open.</summary>
    [Fact]
    public async Task That_is_due_now_is_the_newest_that_is_open() =>
        Assert.Equal("2022-12", (string?)(await _service.GetAsync("/api/begin"))["due"]);

    // Every figure of the sheet that was sent, and none that was not.
    private async Task AssertSentAsync(string unit, string period, JsonArray entries, string which)
    {
        var row = (await _service.GetAsync($"/api/submissions?unit={unit}&period={period}&verdict=accepted")).AsArray().Single()!;
        var sent = JsonNode.Parse((string)(await _service.GetAsync($"/api/submissions/{row["sequence"]}"))["body"]!)!["values"]!.AsArray()
            .ToDictionary(value => (string)value!["indicator"]!, value => value!);
        Assert.NotEmpty(sent);
        foreach (var entry in entries)
        {
            var (figures, value) = (entry![which], sent.GetValueOrDefault((string)entry["indicator"]!));
            Assert.Equal(value is null, figures is null);
            foreach (var field in new[] { "value", "yearToDate", "lastYear", "numerator", "denominator" })
            {
                Assert.Equal((decimal?)value?[field], (decimal?)figures?[field]);
            }

            Assert.Equal(value is null ? null : (long?)row["sequence"], (long?)figures?["sequence"]);
        }
    }
}
