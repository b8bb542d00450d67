using System.Net;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// A server killed while no one submits: the service finds out by itself, says so to whoever asks, and goes on when it is back.
/// </summary>
public sealed class A_database_that_goes_away
{
    [Fact, Trait("suite", "long")]
    public async Task Shows_in_health_and_in_answers_and_passes()
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var folder = new TestFolder();
        using var server = new PrivatePostgreSql();
        using var program = StandaloneProcess.OnPostgreSql(server, folder);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };

        // Of a month that is closed: refused, and recorded as that.
        using (var taken = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body()))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        }

        await InProcessService.EventuallyAsync(async () => (await StandaloneProcess.HealthAsync(client)).Status == HttpStatusCode.OK);

        server.Kill();
        await InProcessService.EventuallyAsync(
            async () => await StandaloneProcess.HealthAsync(client) is
            {
                Status: HttpStatusCode.ServiceUnavailable, Ledger: "Unhealthy",
                Cube: "Unhealthy"
            });
        foreach (var question in new[] { "/api/submissions", "/api/submissions/1", "/api/ledger/checkpoint", "/api/alerts/history" })
        {
            using var answer = await client.GetAsync(question);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{question}: {answer.StatusCode} {said}");
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("cannot be reached", said, StringComparison.Ordinal);
            Assert.Contains("无法连接", said, StringComparison.Ordinal);
        }

        server.Start();
        await InProcessService.EventuallyAsync(async () => (await StandaloneProcess.HealthAsync(client)).Status == HttpStatusCode.OK);
        using (var taken = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Set("revision", 2).Body()))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        }

        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        Starting_and_stopping.AssertNoStackTrace(program);

        // Once by each of the two, and again where the reason is another, as while it starts; not once for every question and probe.
        var log = program.Output + program.Errors;
        Assert.True(log.Split("cannot be reached").Length - 1 is >= 1 and <= 8, log);
    }
}
