using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests;

/// <summary>A server that is frozen: its connections stay open, new ones are taken by the system, and it answers nothing.</summary>
public sealed class A_database_that_hangs(ITestOutputHelper output)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    [Fact, Trait("suite", "long")]
    public async Task Is_named_in_health_and_in_every_answer_within_ten_seconds_and_passes()
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var folder = new TestFolder();
        using var server = new PrivatePostgreSql();
        using var catalogue = TestFolder.CatalogueWithOpenMonths();
        using var program = StandaloneProcess.OnPostgreSql(server, folder, catalogue);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync(), Timeout = TimeSpan.FromSeconds(60) };
        await InProcessService.EventuallyAsync(async () => (await StandaloneProcess.HealthAsync(client)).Status == HttpStatusCode.OK);
        using (var taken = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body()))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        const string Versions = $"/api/totals/versions?unit={XilinSubmissions.Xilin}&indicator=ENTERPRISE_VISITS&period=2022-07";
        await InProcessService.EventuallyAsync(
            async () => JsonNode.Parse(await client.GetStringAsync(Versions))!.AsArray().Count == 1);

        // Asked before, so that connections of the pool hang as well as new ones.
        string[] questions = ["/api/submissions", "/api/submissions/1", "/api/ledger/checkpoint", "/api/alerts/history",
                Versions];
        foreach (var question in questions)
        {
            using var answer = await client.GetAsync(question);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        server.Freeze();
        var since = Stopwatch.StartNew();
        var answers = questions.Concat(questions).Select(question => UnavailableAsync(client, question, since))
            .Append(PostAsync(client, "/api/submissions", since)).Append(PostAsync(client, "/api/submissions/check", since)).ToList();
        await InProcessService.EventuallyAsync(
            async () => await StandaloneProcess.HealthAsync(client) is { Ledger: "Unhealthy", Cube: "Degraded" or "Unhealthy" });
        output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s  health");

        // What was published is in memory, and answered all the same.
        using (var totals = await client.GetAsync("/api/totals?unit=320404004000&period=2022-07"))
        {
            Assert.Equal(HttpStatusCode.OK, totals.StatusCode);
        }

        Assert.True(since.Elapsed < Promised, $"Health took {since.Elapsed}.");
        await Task.WhenAll(answers);

        server.Thaw();
        await InProcessService.EventuallyAsync(async () => (await StandaloneProcess.HealthAsync(client)).Status == HttpStatusCode.OK,
            seconds: 60);
        using (var taken = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Set("revision", 2).Body()))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        Starting_and_stopping.AssertNoStackTrace(program);
    }

    private async Task UnavailableAsync(HttpClient client, string question, Stopwatch since)
    {
        using var answer = await client.GetAsync(question);
        await ToldAsync(question, answer, since);
    }

    private async Task PostAsync(HttpClient client, string path, Stopwatch since)
    {
        using var answer = await client.PostAsync(path, XilinSubmissions.ValidSubmission().Set("revision", 3).Body());
        await ToldAsync($"POST {path}", answer, since);
    }

    private async Task ToldAsync(string what, HttpResponseMessage answer, Stopwatch since)
    {
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{what}: {answer.StatusCode} {said}");
        var detail = (string?)JsonNode.Parse(said)!["detail"];
        output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s  {what}: {detail}");
        Assert.True(since.Elapsed < Promised, $"{what} took {since.Elapsed}.");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Matches("[。].* / ", detail);
    }
}
