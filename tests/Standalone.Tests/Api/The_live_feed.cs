using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

public sealed class The_live_feed(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Brings_a_result_within_a_second_of_its_submission()
    {
        await service.SubmitAndApplyAsync(Visits(1));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var events = await OpenAsync(null, timeout.Token);
        var watch = Stopwatch.StartNew();
        await service.PostAsync(Visits(2).Body());
        Assert.True(await events.MoveNextAsync());
        Assert.True(watch.ElapsedMilliseconds < 1_000, $"it took {watch.ElapsedMilliseconds} ms");
        Assert.Equal("TotalsPublished", events.Current.EventType);
        Assert.Equal("ENTERPRISE_VISITS", (string?)JsonNode.Parse(events.Current.Data)!["totals"]![0]!["indicator"]);
    }

    [Fact]
    public async Task Resumes_after_the_last_event_seen_with_exactly_what_was_missed()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (var revision = 10; revision < 15; revision++)
        {
            await service.SubmitAndApplyAsync(Visits(revision).Set("revision", revision));
        }

        await using var all = await OpenAsync(0, timeout.Token);
        var seen = new List<SseItem<string>>();
        do
        {
            Assert.True(await all.MoveNextAsync());
            seen.Add(all.Current);
        }
        while (!seen[^1].Data.Contains("\"month\":14", StringComparison.Ordinal));

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(id => $"{id}"), seen.Select(item => item.EventId));
        foreach (var from in new[] { 1, seen.Count / 2, seen.Count - 1 })
        {
            await using var missed = await OpenAsync(from, timeout.Token);
            foreach (var expected in seen.Skip(from))
            {
                Assert.True(await missed.MoveNextAsync());
                Assert.Equal((expected.EventId, expected.EventType, expected.Data),
                    (missed.Current.EventId, missed.Current.EventType, missed.Current.Data));
            }
        }
    }

    [Fact]
    public async Task Begins_anew_after_an_event_that_was_another_cubes()
    {
        await service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-06", XilinSubmissions.Visits(3)));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var events = await OpenAsync(999_999, timeout.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("1", events.Current.EventId);
    }

    private static JsonObject Visits(int value) =>
        TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(value)).Set("revision", value);

    private async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(long? last, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/results/stream");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", $"{last}");
        }

        var answer = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellationToken))
            .EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
