using System.Net;

namespace XilinIngest.Standalone.Tests.Http;

public sealed class Questions_with_bad_parameters(Service service) : IClassFixture<Service>
{
    private const string Good = "unit=320404004000&indicator=RETAIL_SALES&period=2022-07";

    [Theory]
    [InlineData("/api/nothing/here")]
    [InlineData("/nothing")]
    [InlineData("/api/report/2022?unit=320404999999")]
    [InlineData("/api/report/0")]
    [InlineData("/api/report/-1")]
    [InlineData("/api/report/99999")]
    [InlineData("/api/report/1")]
    [InlineData("/api/report/1950")]
    [InlineData("/api/report/2022?month=13")]
    [InlineData("/api/report/2022?month=0")]
    [InlineData("/api/report/twenty")]
    [InlineData("/api/totals?unit=nowhere&period=2022-07")]
    [InlineData("/api/series?unit=320404004000&indicator=NO_SUCH&year=2022")]
    [InlineData("/api/rankings?parent=320404000000&indicator=RETAIL_SALES&period=2022-07&version=7")]
    [InlineData("/api/rankings?parent=320404000000&indicator=RETAIL_SALES&period=2022-07&version=-1")]
    [InlineData("/api/lineage?unit=x&indicator=RETAIL_SALES&period=2022-07")]
    [InlineData("/api/ledger/checkpoint")]
    [InlineData("/api/submissions/1")]
    [InlineData("/api/submissions/-1")]
    [InlineData("/api/submissions/one")]
    [InlineData("/api/submissions/9223372036854775807")]
    public Task Find_nothing(string path) => AssertProblemAsync(path, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/api/totals")]
    [InlineData("/api/totals?unit=320404004000")]
    [InlineData("/api/totals?unit=320404004000&period=2022")]
    [InlineData("/api/totals?unit=320404004000&period=2022-00")]
    [InlineData("/api/totals?unit=320404004000&period=0001-01")]
    [InlineData("/api/totals?unit=320404004000&period=9999-12")]
    [InlineData("/api/totals/versions?" + Good + "&limit=many")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=0")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=99999")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=-2022")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=99999999999")]
    [InlineData("/api/completeness?unit=320404004000&period=2022-7")]
    [InlineData("/api/lineage?" + Good + "&take=x")]
    [InlineData("/api/alerts?year=this")]
    [InlineData("/api/alerts/history?limit=1.5")]
    [InlineData("/api/units?period=July")]
    [InlineData("/api/ledger/inclusion")]
    [InlineData("/api/ledger/inclusion?sequence=0")]
    [InlineData("/api/ledger/inclusion?sequence=9223372036854775807")]
    [InlineData("/api/ledger/consistency?first=0")]
    [InlineData("/api/ledger/consistency?first=5&second=2")]
    [InlineData("/api/ledger/checkpoint?covering=x")]
    [InlineData("/api/submissions?before=x")]
    public Task Are_refused(string path) => AssertProblemAsync(path, HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/api/totals/versions?" + Good + "&limit=-5")]
    [InlineData("/api/totals/versions?" + Good + "&limit=2000000000")]
    [InlineData("/api/lineage?" + Good + "&skip=-1&take=0")]
    [InlineData("/api/lineage?" + Good + "&skip=2147483647&take=2147483647")]
    [InlineData("/api/alerts?year=-1")]
    [InlineData("/api/alerts?unit=%27%3B--")]
    [InlineData("/api/alerts/history?year=99999&unit=x&limit=0")]
    [InlineData("/api/completeness?unit=320404004000&period=1950-01")]
    [InlineData("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=1950")]
    [InlineData("/api/submissions?unit=%27%20OR%201=1&limit=-1&before=-9")]
    [InlineData("/api/submissions?verdict=%00")]
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
        await Problems.AssertAsync(answer, HttpStatusCode.MethodNotAllowed, path);
    }

    private async Task AssertProblemAsync(string path, HttpStatusCode status)
    {
        using var answer = await service.Client.GetAsync(path);
        await Problems.AssertAsync(answer, status, path);
    }
}
