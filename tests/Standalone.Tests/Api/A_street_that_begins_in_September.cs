using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>
/// A district that reports from September 2022 on. Of last year it has the year-to-date of August and what came after; of this year the
/// year-to-date of August. Eight streets, all alike.
/// </summary>
public sealed class A_street_that_begins_in_September : IAsyncLifetime
{
    private static readonly string[] Streets =
        [.. Enumerable.Range(1, 7).Append(116).Select(street => string.Create(CultureInfo.InvariantCulture, $"320404{street:000}000"))];

    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();
    private InProcessService _service = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllLinesAsync(_catalogue.In("calendar.csv"),
        [
            "period,opens,deadline,closes,locks",
            .. Enumerable.Range(8, 5).Select(month => History(new(2021, month))), History(new(2022, 8)),
            "2022-09,2022-10-01T00:00:00+08:00,2022-10-08T18:00:00+08:00,2022-11-20T18:00:00+08:00,2023-06-30T18:00:00+08:00",
        ]);
        _service = await InProcessService.StartAsync(_catalogue.Path);
        _service.Clock.Set(new DateTimeOffset(2022, 10, 5, 0, 0, 0, TimeSpan.Zero));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Has_its_growth_and_its_completeness_from_the_first_month_on()
    {
        foreach (var street in Streets)
        {
            await SendAsync(street, "2021-08", value: null, yearToDate: 900);
            await SendAsync(street, "2021-09", value: 100, yearToDate: null);
            await SendAsync(street, "2022-08", value: null, yearToDate: 990);
            await SendAsync(street, "2022-09", value: 120, yearToDate: null);
        }

        Assert.Equal((null, 7_920m, 10m, "complete"), await TotalAsync("2022-08"));
        Assert.Equal((960m, 8_880m, 11m, "complete"), await TotalAsync("2022-09"));
        var parts = (await _service.GetAsync(
            $"/api/lineage?unit={XilinSubmissions.Xilin}&indicator=PUBLIC_BUDGET_REVENUE&period=2022-09"))["parts"]!.AsArray();
        Assert.Equal(
            [("2021-08", true), ("2021-09", true), ("2022-08", true), ("2022-09", false)],
            parts.Select(part => ((string)part!["period"]!, (bool)part["isBackfilled"]!)).Order());
    }

    [Fact]
    public async Task Is_told_that_it_backfills_and_is_asked_nothing_about_months_that_it_never_reported()
    {
        var receipt = await SendAsync(XilinSubmissions.Xilin, "2022-08", value: 80, yearToDate: 990);
        Assert.Equal("F208", (string?)receipt["findings"]!.AsArray().Single()!["rule"]);
        Assert.Contains("补录", (string?)receipt["findings"]![0]!["messageZh"]);
    }

    // 990 was typed where the month's value belongs.
    [Fact]
    public async Task Gives_the_year_to_date_alone_once_it_has_withdrawn_a_wrong_value_of_the_month()
    {
        await SendAsync(XilinSubmissions.Xilin, "2022-08", value: 990, yearToDate: null);
        await SendAsync(XilinSubmissions.Xilin, "2022-08", value: null, yearToDate: null, revision: 2);
        await SendAsync(XilinSubmissions.Xilin, "2022-08", value: null, yearToDate: 990, revision: 3);
        Assert.Equal((null, 990m), await OwnAsync("2022-08"));
    }

    // As the notice F604 tells an office that has found its single months.
    [Fact]
    public async Task Takes_the_year_to_date_back_by_its_name_and_reports_the_months_in_its_place()
    {
        await SendAsync(XilinSubmissions.Xilin, "2022-08", value: null, yearToDate: 990);
        var withdrawal = XilinSubmissions.Budget(null).Set("withdraw", new JsonArray("yearToDate"));
        withdrawal.Remove("value");
        await _service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Xilin, "2022-08", withdrawal).Set("revision", 2));
        Assert.Equal((null, null), await OwnAsync("2022-08"));
        await SendAsync(XilinSubmissions.Xilin, "2022-08", value: 80, yearToDate: null, revision: 3);
        Assert.Equal((80m, 80m), await OwnAsync("2022-08"));
    }

    [Fact]
    public async Task Cannot_give_the_year_to_date_alone_of_a_month_that_is_due()
    {
        var (status, receipt) = await _service.PostAsync(Sheet(XilinSubmissions.Xilin, "2022-09", null, 990).Body());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "refused"), (status, (string?)receipt["verdict"]));
        Assert.Equal(["F305"], receipt["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]));
    }

    [Fact]
    public async Task Is_not_late_with_history_however_much_time_passes()
    {
        await SendAsync(XilinSubmissions.Wuxing, "2022-08", value: null, yearToDate: 990);
        _service.Clock.Set(new DateTimeOffset(2022, 12, 20, 0, 0, 0, TimeSpan.Zero));
        var month = await _service.GetAsync($"/api/completeness?unit={XilinSubmissions.District}&period=2022-08");
        Assert.Null(month["deadline"]);
        Assert.NotEmpty(month["missing"]!.AsArray());
        Assert.All(month["missing"]!.AsArray(), missing => Assert.False((bool)missing!["late"]!));
        var year = await _service.GetAsync($"/api/timeliness?unit={XilinSubmissions.District}&year=2022");
        Assert.All(year["units"]!.AsArray(), unit => Assert.Equal("notDue",
            (string?)unit!["months"]!.AsArray().Single(each => (string?)each!["period"] == "2022-08")!["state"]));
    }

    private async Task<(decimal? Month, decimal? Ytd)> OwnAsync(string period)
    {
        var total = await FindTotalAsync(XilinSubmissions.Xilin, period);
        return ((decimal?)total["month"], (decimal?)total["yearToDate"]);
    }

    private async Task<(decimal? Month, decimal? Ytd, decimal? Growth, string? State)> TotalAsync(string period)
    {
        var total = await FindTotalAsync(XilinSubmissions.District, period);
        return ((decimal?)total["month"], (decimal?)total["yearToDate"], (decimal?)total["growth"], (string?)total["state"]);
    }

    private async Task<JsonNode> FindTotalAsync(string unit, string period) =>
        (await _service.GetAsync($"/api/totals?unit={unit}&period={period}"))
            .AsArray().Single(each => (string?)each!["indicator"] == "PUBLIC_BUDGET_REVENUE")!;

    private async Task<JsonObject> SendAsync(string unit, string period, decimal? value, decimal? yearToDate, int revision = 1)
    {
        var (status, receipt) = await _service.PostAsync(Sheet(unit, period, value, yearToDate).Set("revision", revision).Body());
        Assert.True(status == HttpStatusCode.OK && (string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        await _service.WaitUntilAppliedAsync((long)receipt["sequence"]!);
        return receipt;
    }

    private static JsonObject Sheet(string unit, string period, decimal? value, decimal? yearToDate) =>
        TestSubmissions.NewSubmission(unit, period, XilinSubmissions.Budget(value).Set("yearToDate", yearToDate))
            .Set("submittedAt", "2022-10-04T09:14:00+08:00");

    private static string History((int Year, int Month) period) => string.Create(CultureInfo.InvariantCulture,
        $"{period.Year}-{period.Month:00},2022-10-01T00:00:00+08:00,,2022-10-31T18:00:00+08:00,2022-12-31T18:00:00+08:00");
}
