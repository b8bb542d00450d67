using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>The sample years, of which single figures are corrected, over HTTP.</summary>
public sealed class Figures_that_are_corrected : IAsyncLifetime
{
    private const string Firm = "91320404MA00000064";
    private const string CarriedFirm = "91320404MA00000077";
    private readonly SampleService _sample = new();

    public Task InitializeAsync() => _sample.InitializeAsync();

    public Task DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task By_one_cent_of_the_month_keep_the_base_that_was_reported()
    {
        var before = await TotalAsync(XilinSubmissions.Dongdai, "FIXED_ASSET_INVESTMENT");
        var (status, receipt) = await PostAsync(Firm, 2, TestSubmissions.Value("FIXED_ASSET_INVESTMENT", 1546.71m, "万元"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("上年同期 16875.87", Notice(receipt, "F602"), StringComparison.Ordinal);
        await InProcessService.EventuallyAsync(
            async () => (decimal)(await TotalAsync(XilinSubmissions.Dongdai,
                "FIXED_ASSET_INVESTMENT"))["yearToDate"]! == (decimal)before["yearToDate"]! + 0.01m);
        var after = await TotalAsync(XilinSubmissions.Dongdai, "FIXED_ASSET_INVESTMENT");
        Assert.Equal((before["base"]!.ToJsonString(), before["growth"]!.ToJsonString()),
            (after["base"]!.ToJsonString(), after["growth"]!.ToJsonString()));
    }

    [Fact]
    public async Task Are_asked_about_where_the_year_to_date_is_not_the_last_one_and_the_month()
    {
        var (_, asked) = await PostAsync(CarriedFirm, 2, WithYearToDate(12040.13m));
        Assert.Equal("refused", (string?)asked["verdict"]);
        var question = asked["findings"]!.AsArray().Single(finding => (string?)finding!["severity"] == "question")!;
        Assert.Equal(("R06", 12209.38m), ((string?)question["rule"], (decimal)question["figures"]!["months_sum"]!));
        var (_, taken) = await PostAsync(CarriedFirm, 3, WithYearToDate(12209.38m));
        Assert.Equal("accepted", (string?)taken["verdict"]);
        Assert.DoesNotContain(taken["findings"]!.AsArray(), finding => (string?)finding!["severity"] == "question");

        static JsonObject WithYearToDate(decimal ytd) => TestSubmissions.Value("INDUSTRIAL_OUTPUT", 1247.68m, "万元").Set("yearToDate", ytd);
    }

    [Fact]
    public async Task May_say_that_there_was_nothing_to_count()
    {
        var street = await TotalAsync(XilinSubmissions.Xilin, "DUST_CONTROL_RATE");
        var (status, receipt) = await PostAsync(XilinSubmissions.Dongdai, 2,
                new JsonObject { ["indicator"] = "DUST_CONTROL_RATE", ["unit"] = "%", ["numerator"] = 0, ["denominator"] = 0 });
        Assert.Equal((HttpStatusCode.OK, "accepted"), (status, (string?)receipt["verdict"]));
        await InProcessService.EventuallyAsync(
            async () => (await TotalAsync(XilinSubmissions.Dongdai, "DUST_CONTROL_RATE"))["yearToDate"] is null);
        var village = await TotalAsync(XilinSubmissions.Dongdai, "DUST_CONTROL_RATE");
        Assert.Equal((1, 1, "complete"), ((int)village["reported"]!, (int)village["expected"]!, (string?)village["state"]));
        var now = await TotalAsync(XilinSubmissions.Xilin, "DUST_CONTROL_RATE");
        Assert.Equal(((int)street["reported"]!, "complete"), ((int)now["reported"]!, (string?)now["state"]));
        Assert.Equal("无",
            (string?)(await _sample.Service.GetAsync($"/api/report/2022?unit={XilinSubmissions.Dongdai}"))["rows"]!.AsArray()
                .Single(row => (string?)row!["indicator"] == "DUST_CONTROL_RATE")!["amountZh"]);
    }

    [Fact]
    public async Task Stand_beside_the_base_that_their_growth_was_computed_from_everywhere()
    {
        var total = await TotalAsync(XilinSubmissions.Dongdai, "FIXED_ASSET_INVESTMENT");
        var place = (await _sample.Service.GetAsync(
            $"/api/rankings?parent={XilinSubmissions.Xilin}&indicator=FIXED_ASSET_INVESTMENT&period=2022-12"))["units"]!.AsArray()
            .Single(unit => (string?)unit!["unit"] == XilinSubmissions.Dongdai)!;
        var child = (await _sample.Service.GetAsync(
            $"/api/children?unit={XilinSubmissions.Xilin}&indicator=FIXED_ASSET_INVESTMENT&period=2022-12")).AsArray()
            .Single(unit => (string?)unit!["unit"] == XilinSubmissions.Dongdai)!["figure"]!;
        var row = (await _sample.Service.GetAsync($"/api/report/2022?unit={XilinSubmissions.Dongdai}"))["rows"]!.AsArray()
            .Single(each => (string?)each!["indicator"] == "FIXED_ASSET_INVESTMENT")!;
        foreach (var comparison in new[] { place["comparison"]!, child["comparison"]! })
        {
            Assert.Equal(((decimal)total["base"]!, "comparable"), ((decimal)comparison["base"]!, (string?)comparison["basis"]));
            Assert.Equal((decimal)total["growth"]!,
                Math.Round((((decimal)comparison["current"]! / (decimal)comparison["base"]!) - 1) * 1000,
                    MidpointRounding.AwayFromZero) / 10);
        }

        Assert.Equal((decimal)row["base"]!, (decimal)row["comparison"]!["base"]!);
        Assert.StartsWith("可比口径，", (string?)row["comparisonZh"], StringComparison.Ordinal);
        using var export =
            await _sample.Service.Client.GetAsync(
                $"/export/ranking.csv?unit={XilinSubmissions.Xilin}&indicator=FIXED_ASSET_INVESTMENT&period=2022-12&exact=1");
        var line = (await export.Content.ReadAsStringAsync()).Split('\n')
            .Single(each => each.Contains(XilinSubmissions.Dongdai, StringComparison.Ordinal));
        Assert.Contains(((decimal)total["base"]!).ToString(System.Globalization.CultureInfo.InvariantCulture), line,
            StringComparison.Ordinal);
    }

    private async Task<JsonNode> TotalAsync(string unit, string indicator) =>
        (await _sample.Service.GetAsync($"/api/totals?unit={unit}&period=2022-12")).AsArray()
        .Single(total => (string?)total!["indicator"] == indicator)!;

    private Task<(HttpStatusCode Status, JsonObject Answer)> PostAsync(
        string unit, int revision, JsonObject value) => _sample.Service.PostAsync(
        TestSubmissions.NewSubmission(unit, "2022-12", value)
        .Set("revision", revision).Set("submittedAt", "2023-01-09T09:00:00+08:00").Body());

    private static string Notice(JsonObject receipt, string rule) =>
        (string)receipt["findings"]!.AsArray().Single(finding => (string?)finding!["rule"] == rule)!["messageZh"]!;
}
