using System.Net;

namespace XilinIngest.Standalone.Tests.Api;

public sealed class The_service_describes_itself(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task In_an_OpenAPI_document_with_every_route()
    {
        var paths = (await service.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();
        var mapped = service.Routes.Where(route => route.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.True(mapped.Count >= 20);
        Assert.Empty(mapped.Except(paths.Select(path => path.Key)));
        Assert.All(paths, path => Assert.All(path.Value!.AsObject(), operation => Assert.NotNull(operation.Value!["summary"])));
    }

    [Fact]
    public async Task With_what_completeness_counts_and_totals_do_not()
    {
        var description = (string?)(await service.GetAsync("/openapi/v1.json"))["paths"]!["/api/completeness"]!["get"]!["description"];
        Assert.Contains("A unit counts once", description, StringComparison.Ordinal);
        Assert.Contains("按指标计", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_page_for_people()
    {
        using var page = await service.Client.GetAsync("/scalar/v1");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task In_its_health_as_alive_and_ready()
    {
        using var live = await service.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        var ready = await service.GetAsync("/health/ready");
        Assert.Equal("Healthy", (string?)ready["status"]);
        Assert.Equal(["bus", "queues", "ledger", "backup", "cube", "notices"], ready["checks"]!.AsObject().Select(check => check.Key));
    }

    [Fact]
    public async Task By_the_indicators_and_units_of_its_catalogue()
    {
        Assert.Equal(40, (await service.GetAsync("/api/indicators")).AsArray().Count);
        Assert.Equal(88, (await service.GetAsync("/api/units")).AsArray().Count);
        Assert.True((await service.GetAsync("/api/units?period=2021-12")).AsArray().Count < 88);
        Assert.Empty((await service.GetAsync("/api/catalogue/faults")).AsArray());
    }
}
