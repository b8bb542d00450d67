using System.Globalization;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

[Collection(SampleYearsCollection.Name)]
public sealed class Results_of_the_sample_years(SampleService sample)
{
    private const string ThisTotal = $"unit={XilinSubmissions.Xilin}&period=2022-12";
    private readonly InProcessService _service = sample.Service;

    [Fact]
    public async Task The_report_has_the_38_printed_figures_and_the_three_in_the_top()
    {
        var report = await _service.GetAsync("/api/report/2022");
        Assert.Equal(XilinSubmissions.Xilin, (string?)report["unit"]);
        var rows = report["rows"]!.AsArray().ToDictionary(row => (string)row!["indicator"]!);
        foreach (var fact in ReferenceFiles.Printed)
        {
            var row = rows[fact["code"]]!;
            if (fact["printed"].Length > 0)
            {
                Assert.Equal(Number(fact["printed"]), (decimal)row["yearToDate"]!);
            }

            if (fact["growth_pct"].Length > 0)
            {
                Assert.Equal(Number(fact["growth_pct"]), (decimal)row["growth"]!);
            }
        }

        Assert.Equal(40, report["rows"]!.AsArray().Count);
        Assert.Equal(["TRADE_CATERING_SALES", "RETAIL_SALES", "KEY_SERVICE_REVENUE"],
            report["topThree"]!.AsArray().Select(code => (string?)code));
        Assert.Contains("全年预计完成公共财政预算1.8亿元；固定资产投资34.3亿元，增幅11.1%；", (string?)report["paragraphZh"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_says_and_more_as_the_reports_own_words_do() => Assert.Contains(
        "连续开展核酸检测25万余人次；发放封管控区居民生活物资7000余份；摸排外地来常车辆1700余辆；发放“龙城畅运”通行证4300余张；“健康驿站”为1100余名货车司机提供温馨服务",
        (string?)(await _service.GetAsync("/api/report/2022"))["paragraphZh"], StringComparison.Ordinal);

    [Fact]
    public async Task The_report_of_a_village_has_whole_units_as_submitted()
    {
        var report = await _service.GetAsync($"/api/report/2022?unit={XilinSubmissions.Dongdai}");
        var paragraph = (string)report["paragraphZh"]!;
        Assert.Contains("核酸检测33364人次", paragraph, StringComparison.Ordinal);
        Assert.Matches("规模工业总产值[0-9]+万元", paragraph);
        Assert.DoesNotContain("亿元", paragraph, StringComparison.Ordinal);
        Assert.DoesNotContain("余", paragraph, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_the_district_names_villages_and_streets_together_as_units() => Assert.Contains(
        "片区城市设计和控规调整：14个单位中，",
        (string?)(await _service.GetAsync($"/api/report/2022?unit={XilinSubmissions.District}"))["paragraphZh"], StringComparison.Ordinal);

    [Fact]
    public async Task What_pulls_a_growth_down_is_what_it_takes_from_the_growth()
    {
        const string Of = $"unit={XilinSubmissions.Xilin}&period=2022-09";
        var shortfall = (await _service.GetAsync($"/api/shortfalls?{Of}")).AsArray()
            .Single(each => (string?)each!["indicator"] == "RETAIL_SALES")!;
        var children = (await _service.GetAsync($"/api/children?{Of}&indicator=RETAIL_SALES")).AsArray()
            .ToDictionary(child => (string)child!["unit"]!, child => (decimal?)child!["growthPoints"]);
        Assert.NotEmpty(shortfall["causes"]!.AsArray());
        Assert.All(shortfall["causes"]!.AsArray(), cause => Assert.InRange(
            (decimal)cause!["points"]! - children[(string)cause["unit"]!]!.Value, -0.06m, 0.06m));
    }

    [Fact]
    public async Task The_report_of_a_village_claims_no_place_in_the_district() =>
        Assert.DoesNotContain("全区", (string?)(await _service.GetAsync($"/api/report/2022?unit={XilinSubmissions.Dongdai}"))["paragraphZh"],
            StringComparison.Ordinal);

    [Fact]
    public async Task The_report_of_a_month_says_so() =>
        Assert.Contains("1—7月完成", (string?)(await _service.GetAsync("/api/report/2022?month=7"))["paragraphZh"], StringComparison.Ordinal);

    [Fact]
    public async Task The_totals_are_complete_and_carry_versions_and_causes()
    {
        var totals = (await _service.GetAsync($"/api/totals?{ThisTotal}")).AsArray();
        Assert.Equal(40, totals.Count);
        Assert.All(totals, total =>
        {
            Assert.Equal((int)total!["expected"]!, (int)total["reported"]!);
            Assert.True((int)total["version"]! >= 1);
            Assert.NotEmpty(total["cause"]!.AsArray());
        });
        foreach (var total in totals.Take(3))
        {
            var versions = (await _service.GetAsync($"/api/totals/versions?{ThisTotal}&indicator={total!["indicator"]}")).AsArray();
            Assert.Equal(Enumerable.Range(1, (int)total["version"]!).Reverse(),
                versions.Select(version => (int)version!["totals"]![0]!["version"]!));
        }
    }

    [Fact]
    public async Task A_series_has_twelve_months_that_add_up()
    {
        var months = (await _service.GetAsync(
            $"/api/series?unit={XilinSubmissions.Xilin}&indicator=PUBLIC_BUDGET_REVENUE&year=2022")).AsArray();
        Assert.Equal(12, months.Count);
        Assert.Equal((decimal)months[11]!["yearToDate"]!, months.Sum(month => (decimal)month!["month"]!));
        Assert.All(months, month => Assert.NotNull(month!["lastYearMonth"]));
    }

    [Fact]
    public async Task A_ranking_has_all_streets_and_each_version_is_there_as_it_was_said()
    {
        const string Of = $"parent={XilinSubmissions.District}&indicator=RETAIL_SALES&period=2022-12";
        var newest = await _service.GetAsync($"/api/rankings?{Of}");
        var units = newest["units"]!.AsArray();
        Assert.Equal(8, units.Count);
        Assert.Equal(3, (int)units.Single(unit => (string?)unit!["unit"] == XilinSubmissions.Xilin)!["rank"]!);
        Assert.Equal(6, units.Select(unit => (int)unit!["rank"]!).Count(rank => rank > 2));
        foreach (var version in (await _service.GetAsync($"/api/rankings/versions?{Of}")).AsArray())
        {
            Assert.True(JsonNode.DeepEquals(version, await _service.GetAsync($"/api/rankings?{Of}&version={version!["version"]}")));
        }
    }

    [Fact]
    public async Task The_alerts_that_stand_are_those_of_the_samples_story_each_with_a_history()
    {
        var alerts = (await _service.GetAsync("/api/alerts?year=2022")).AsArray();
        Assert.Equal(9, alerts.Count);
        Assert.Equal(3, alerts.Count(alert => (string?)alert!["colour"] == "red"));
        Assert.Equal([XilinSubmissions.Xilin, XilinSubmissions.Xilin],
            alerts.Select(alert => (string?)alert!["silencedBy"]).OfType<string>());
        var history = (await _service.GetAsync($"/api/alerts/history?year=2022&unit={XilinSubmissions.Dongdai}")).AsArray();
        Assert.Equal("AlertRaised", (string?)history[^1]!["event"]);
        Assert.All(history, entry => Assert.NotEmpty(entry!["data"]!["cause"]!.AsArray()));
    }

    [Theory]
    [InlineData(XilinSubmissions.Xilin, "INDUSTRIAL_OUTPUT")]
    [InlineData(XilinSubmissions.Xilin, "PUBLIC_BUDGET_REVENUE")]
    [InlineData(XilinSubmissions.Xilin, "ENTERPRISE_VISITS")]
    [InlineData(XilinSubmissions.District, "TRADE_CATERING_SALES")]
    [InlineData(XilinSubmissions.Dongdai, "INDUSTRIAL_OUTPUT")]
    public async Task The_lineage_of_a_number_sums_to_the_number_and_each_part_is_in_its_submission(string unit, string indicator)
    {
        var lineage = await _service.GetAsync($"/api/lineage?unit={unit}&indicator={indicator}&period=2022-12&take=2000");
        var parts = lineage["parts"]!.AsArray();
        Assert.Equal((int)lineage["count"]!, parts.Count);
        var published =
            (await _service.GetAsync($"/api/totals?unit={unit}&period=2022-12")).AsArray()
            .Single(total => (string?)total!["indicator"] == indicator);
        Assert.Equal((decimal)published!["yearToDate"]!, (decimal)lineage["yearToDate"]!);

        // A year-to-date that a unit states is the authority over its months up to it.
        var sum = parts.Where(part => (string?)part!["role"] == "current").GroupBy(part => (string?)part!["unit"]).Sum(of =>
        {
            var months = of.OrderBy(part => (string?)part!["period"]).ToList();
            var stated = months.FindLastIndex(part => part!["yearToDate"] is not null);
            return (stated < 0 ? 0 : (decimal)months[stated]!["yearToDate"]!) + months.Skip(stated + 1)
                .Sum(part => (decimal?)part!["value"] ?? 0);
        });
        Assert.Equal((decimal)lineage["yearToDate"]!, sum);

        foreach (var part in parts.Take(10))
        {
            var row = await _service.GetAsync($"/api/submissions/{part!["sequence"]}");
            Assert.Equal((string?)part["submissionId"], (string?)row["receipt"]!["submissionId"]);
            var value = JsonNode.Parse((string)row["body"]!)!["values"]!.AsArray()
                .Single(value => (string?)value!["indicator"] == indicator);
            Assert.Equal((decimal?)part["value"], (decimal?)value!["value"]);
        }
    }

    [Fact]
    public async Task A_month_is_complete_and_the_next_lists_all_who_are_missing()
    {
        var december = await _service.GetAsync($"/api/completeness?unit={XilinSubmissions.Xilin}&period=2022-12");
        Assert.Equal((int)december["expected"]!, (int)december["reported"]!);
        Assert.Empty(december["missing"]!.AsArray());
        var next = await _service.GetAsync($"/api/completeness?unit={XilinSubmissions.Xilin}&period=2023-02");
        Assert.Equal(0, (int)next["reported"]!);
        Assert.Equal((int)next["expected"]!, next["missing"]!.AsArray().Count);
        Assert.All(next["missing"]!.AsArray(), missing => Assert.NotEmpty(missing!["indicators"]!.AsArray()));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
