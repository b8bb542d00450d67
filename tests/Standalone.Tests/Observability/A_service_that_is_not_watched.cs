using System.Net;

namespace XilinIngest.Standalone.Tests;

/// <summary>The service with no setting and no variable that asks for metrics.</summary>
public sealed class A_service_that_is_not_watched(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Serves_no_metrics()
    {
        using var answer = await service.Client.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
