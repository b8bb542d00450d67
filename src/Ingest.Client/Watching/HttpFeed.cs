using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using XilinIngest.InputOutput;

namespace XilinIngest.Client.Watching;

/// <summary><c>/api/results/stream</c>, taken up again where it broke off.</summary>
internal static class HttpFeed
{
    private static readonly TimeSpan MaxReconnectDelay = TimeSpan.FromSeconds(10);

    /// <param name="service">The service, without a time limit: a feed has no end. One that falls silent is given up.</param>
    /// <param name="since">The id that was seen last; null: from now on.</param>
    /// <param name="onDisconnected">Called when the line is down, once for each time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<ResultEvent> FollowAsync(
        HttpClient service, string? since, Action<string> onDisconnected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(250);
        while (true)
        {
            var events = Open(service, since, id => since = id, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (events)
            {
                while (await NextAsync(events, onDisconnected, cancellationToken))
                {
                    pause = TimeSpan.FromMilliseconds(250);
                    yield return events.Current;
                }
            }

            await Task.Delay(pause, cancellationToken);
            pause = pause < MaxReconnectDelay ? pause * 2 : MaxReconnectDelay;
        }
    }

    // False: the line is down, or the service ended the feed.
    private static async Task<bool> NextAsync(
        IAsyncEnumerator<ResultEvent> events, Action<string> onDisconnected, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            onDisconnected(exception.Message);
            return false;
        }
    }

    private static async IAsyncEnumerable<ResultEvent> Open(
        HttpClient service, string? since, Action<string> onEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/results/stream");
        if (since is not null)
        {
            request.Headers.Add("Last-Event-ID", since);
        }

        using var answer = await ReadTimeoutStream.WithTimeoutAsync(
            token => service.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), ReadTimeoutStream.IdleTimeout,
            cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var body =
            new ReadTimeoutStream(await answer.Content.ReadAsStreamAsync(cancellationToken), ReadTimeoutStream.IdleTimeout);
        var parser = SseParser.Create(body);
        try
        {
            await foreach (var item in parser.EnumerateAsync(cancellationToken))
            {
                onEventId(parser.LastEventId);
                yield return new ResultEvent(item.EventId, item.EventType, Encoding.UTF8.GetBytes(item.Data));
            }
        }
        finally
        {
            // The feed says its id at the beginning, too: without it, what came between a break and the next try would be lost to who has
            // seen no event.
            if (parser.LastEventId.Length > 0)
            {
                onEventId(parser.LastEventId);
            }
        }
    }
}
