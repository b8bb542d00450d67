using System.Net;

namespace XilinIngest.Standalone.Tests.Http;

public sealed class Questions_with_bad_parameters(InProcessService service) : IClassFixture<InProcessService>
{
    private const string Good = "unit=320404004000&indicator=RETAIL_SALES&period=2022-07";

    [Theory]
    [InlineData("/api/nothing/here")]
    [InlineData("/api/report/2022?unit=320404999999")]
    [InlineData("/api/report/0")]
    [InlineData("/api/report/-1")]
    [InlineData("/api/report/99999")]
    [InlineData("/api/report/1")]
    [InlineData("/api/report/1950")]
    [InlineData("/api/report/2022")]
    [InlineData("/api/report/2030?month=5")]
    [InlineData("/api/report/twenty")]
    [InlineData("/api/totals?unit=320404999999&period=2022-07")]
    [InlineData("/api/series?unit=320404004000&indicator=NO_SUCH&year=2022")]
    [InlineData("/api/rankings?parent=320404000000&indicator=RETAIL_SALES&period=2022-07&version=7")]
    [InlineData("/api/rankings?parent=320404000000&indicator=RETAIL_SALES&period=2022-07&version=-1")]
    [InlineData("/api/lineage?unit=320404999999&indicator=RETAIL_SALES&period=2022-07")]
    [InlineData("/api/form?unit=320404999999&period=2022-07")]
    [InlineData("/api/alerts?unit=320404999999")]
    [InlineData("/api/alerts/history?unit=320404999999")]
    [InlineData("/api/ledger/checkpoint")]
    [InlineData("/api/submissions/1")]
    [InlineData("/api/submissions/-1")]
    [InlineData("/api/submissions/one")]
    [InlineData("/api/submissions/9223372036854775807")]
    [InlineData("/api/submissions/1/proof")]
    [InlineData("/api/submissions/-1/proof")]
    [InlineData("/api/submissions/one/proof")]
    [InlineData("/api/submissions/9223372036854775807/proof?checkpoint=newest")]
    [InlineData("/api/submissions/1/proof?partition=32")]
    public Task For_what_does_not_exist_are_answered_404(string path) => AssertProblemAsync(path, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/api/report/2022?month=13", "month")]
    [InlineData("/api/report/2022?month=0", "month")]
    [InlineData("/api/totals", "unit")]
    [InlineData("/api/totals?unit=320404004000", "period")]
    [InlineData("/api/totals?unit=&period=2022-07", "unit")]
    [InlineData("/api/totals?unit=nowhere&period=2022-07", "unit")]
    [InlineData("/api/totals?unit=320404004000&period=2022", "period")]
    [InlineData("/api/totals?unit=320404004000&period=2022-00", "period")]
    [InlineData("/api/totals?unit=320404004000&period=0001-01", null)]
    [InlineData("/api/totals?unit=320404004000&period=9999-12", null)]
    [InlineData("/api/totals?unit=320404004000&period=2022-07&period=2022-08", "period")]
    [InlineData("/api/totals/versions?" + Good + "&limit=many", "limit")]
    [InlineData("/api/totals/versions?" + Good + "&limit=-5", "limit")]
    [InlineData("/api/totals/versions?" + Good + "&limit=0", "limit")]
    [InlineData("/api/totals/versions?" + Good + "&limit=", "limit")]
    [InlineData("/api/rankings/versions?parent=320404000000&indicator=RETAIL_SALES&period=2022-07&limit=-1", "limit")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES", "year")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=0", "year")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=99999", "year")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=-2022", "year")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=99999999999", "year")]
    [InlineData("/api/completeness?unit=320404004000&period=2022-7", "period")]
    [InlineData("/api/form?period=2022-07", "unit")]
    [InlineData("/api/form?unit=320404004201", "period")]
    [InlineData("/api/form?unit=320404004201&period=2022-7", "period")]
    [InlineData("/api/form?unit=320404004201&period=0001-01", null)]
    [InlineData("/api/lineage?unit=x&indicator=RETAIL_SALES&period=2022-07", "unit")]
    [InlineData("/api/lineage?" + Good + "&take=x", "take")]
    [InlineData("/api/lineage?" + Good + "&skip=-1", "skip")]
    [InlineData("/api/lineage?" + Good + "&take=0", "take")]
    [InlineData("/api/alerts?year=this", "year")]
    [InlineData("/api/alerts?year=-1", "year")]
    [InlineData("/api/alerts?unit=%27%3B--", "unit")]
    [InlineData("/api/alerts/history?limit=1.5", "limit")]
    [InlineData("/api/alerts/history?limit=-1", "limit")]
    [InlineData("/api/alerts/history?year=99999", "year")]
    [InlineData("/api/alerts/history?unit=x", "unit")]
    [InlineData("/api/units?period=July", "period")]
    [InlineData("/api/ledger/inclusion", "sequence")]
    [InlineData("/api/ledger/inclusion?sequence=0", null)]
    [InlineData("/api/ledger/inclusion?sequence=9223372036854775807", null)]
    [InlineData("/api/ledger/consistency?first=0", null)]
    [InlineData("/api/ledger/consistency?first=5&second=2", null)]
    [InlineData("/api/ledger/checkpoint?covering=x", "covering")]
    [InlineData("/api/ledger/checkpoint?covering=-3", "covering")]
    [InlineData("/api/submissions?before=x", "before")]
    [InlineData("/api/submissions?before=-9", "before")]
    [InlineData("/api/submissions?limit=-1", "limit")]
    [InlineData("/api/submissions?unit=%27%20OR%201=1", "unit")]
    [InlineData("/api/submissions?unit=91320404MA0000001X", "unit")]
    [InlineData("/api/submissions?period=July", "period")]
    [InlineData("/api/submissions?verdict=perhaps", "verdict")]
    [InlineData("/api/submissions?verdict=%00", "verdict")]
    [InlineData("/api/submissions?verdict=", "verdict")]
    [InlineData("/api/submissions?verdit=refused", "verdit")]
    [InlineData("/api/indicators?x=1", "x")]
    [InlineData("/api/submissions/1?x=1", "x")]
    [InlineData("/api/submissions/1/proof?x=1", "x")]
    [InlineData("/api/submissions/1/proof?checkpoint=oldest", "checkpoint")]
    [InlineData("/api/submissions/1/proof?checkpoint=", "checkpoint")]
    [InlineData("/api/ledger/key?x=1", "x")]
    [InlineData("/api/ledger/keys?partition=32", "partition")]
    [InlineData("/api/ledger/witnesses?partition=32", "partition")]
    [InlineData("/api/catalogue/faults?x=1", "x")]
    [InlineData("/api/results/stream?x=1", "x")]
    public async Task Are_refused_by_name_with_what_is_needed(string path, string? parameter)
    {
        using var answer = await service.Client.GetAsync(path);
        var problem = await ProblemAssertions.AssertAsync(answer, HttpStatusCode.BadRequest, path);
        Assert.Equal(parameter, (string?)problem["parameter"]);
        Assert.Contains(parameter ?? "", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_told_the_reason_and_the_remedy_in_both_languages()
    {
        Assert.Equal(
            "参数 limit 的值 “-5” 不能接受。应为不小于 1 的整数。 / Parameter limit cannot be “-5”. Needed: a whole number, 1 or more.",
            await DetailAsync("/api/submissions?limit=-5"));
        Assert.Equal(
            "参数 verdict 的值 “perhaps” 不能接受。应为 accepted、refused、superseded 之一。 / Parameter verdict cannot be “perhaps”. Needed: one of "
            + "accepted, refused, superseded.",
            await DetailAsync("/api/submissions?verdict=perhaps"));
        Assert.Equal(
            "缺少参数 period。请在地址中写明：年-月，如 2022-07。 / Parameter period is missing. Give it in the address: year-month, such as 2022-07.",
            await DetailAsync("/api/completeness?unit=320404004000"));
        Assert.Equal(
            "不认识的参数 “verdit”。请检查拼写；可用的有 unit、period、verdict、rule、sender、within、before、beforePartition、partition、limit。 / "
            + "Unknown parameter “verdit”. Check the spelling; there are unit, period, verdict, rule, sender, within, before, "
            + "beforePartition, partition, limit.",
            await DetailAsync("/api/submissions?verdit=refused"));
    }

    [Theory]
    [InlineData("/api/totals/versions?" + Good + "&limit=2000000000")]
    [InlineData("/api/lineage?" + Good + "&skip=2147483647&take=2147483647")]
    [InlineData("/api/alerts?year=1950")]
    [InlineData("/api/completeness?unit=320404004000&period=1950-01")]
    [InlineData("/api/form?unit=320404004000&period=1950-01")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=1950")]
    [InlineData("/api/submissions?unit=320404999999&period=1950-01&verdict=refused&limit=501&before=9223372036854775807")]
    [InlineData("/api/units?period=1950-01")]
    public async Task That_only_overshoot_are_answered_within_bounds(string path) => await service.GetAsync(path);

    [Theory]
    [InlineData("DELETE", "/api/submissions/1")]
    [InlineData("PUT", "/api/submissions")]
    [InlineData("POST", "/api/totals")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await service.Client.SendAsync(request);
        var problem = await ProblemAssertions.AssertAsync(answer, HttpStatusCode.MethodNotAllowed, path);
        Assert.All(answer.Content.Headers.Allow, allowed => Assert.Contains(allowed, (string)problem["detail"]!, StringComparison.Ordinal));
        Assert.NotEmpty(answer.Content.Headers.Allow);
    }

    private async Task AssertProblemAsync(string path, HttpStatusCode status)
    {
        using var answer = await service.Client.GetAsync(path);
        await ProblemAssertions.AssertAsync(answer, status, path);
    }

    private async Task<string?> DetailAsync(string path)
    {
        using var answer = await service.Client.GetAsync(path);
        return (string?)(await ProblemAssertions.AssertAsync(answer, HttpStatusCode.BadRequest, path))["detail"];
    }
}
