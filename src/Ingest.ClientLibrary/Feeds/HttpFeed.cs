using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Polly;
using XilinIngest.InputOutput;

namespace XilinIngest.ClientLibrary.Feeds;

/// <summary>Reads <c>/api/results/stream</c>, and resumes after a loss from the last event received.</summary>
/// <param name="service">The service, without a time limit, because a feed has no end. <see cref="ReadTimeoutStream"/> gives up a silent
/// one.</param>
/// <param name="since">The id of the last event received; null: from now on.</param>
/// <param name="onDisconnected">Called with the reason, once for each loss.</param>
internal sealed class HttpFeed(HttpClient service, string? since, Action<string> onDisconnected)
{
    private string? _since = since;
    private IAsyncEnumerator<ResultEvent>? _events;

    public async IAsyncEnumerable<ResultEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reconnect = Reconnect();
        try
        {
            while (true)
            {
                // Each event resets the delays.
                yield return (await reconnect.ExecuteAsync(NextAsync, cancellationToken))!;
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    private ResiliencePipeline<ResultEvent?> Reconnect() => new ResiliencePipelineBuilder<ResultEvent?>().AddRetry(new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(250),
        MaxDelay = TimeSpan.FromSeconds(10),
        ShouldHandle = new PredicateBuilder<ResultEvent?>()
            .Handle<HttpRequestException>().Handle<IOException>().HandleResult(end => end is null),
        OnRetry = failed =>
        {
            if (failed.Outcome.Exception is { } exception)
            {
                onDisconnected(exception.Message);
            }

            return ValueTask.CompletedTask;
        },
    }).Build();

    // Null: the service ended the feed.
    private async ValueTask<ResultEvent?> NextAsync(CancellationToken cancellationToken)
    {
        _events ??= Open(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasNext = false;
        try
        {
            hasNext = await _events.MoveNextAsync();
            return hasNext ? _events.Current : null;
        }
        finally
        {
            if (!hasNext)
            {
                await CloseAsync();
            }
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_events is not null)
        {
            await _events.DisposeAsync();
            _events = null;
        }
    }

    private async IAsyncEnumerable<ResultEvent> Open([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/results/stream");
        if (_since is not null)
        {
            request.Headers.Add("Last-Event-ID", _since);
        }

        using var answer = await ReadTimeoutStream.WithTimeoutAsync(
            token => service.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token),
            ReadTimeoutStream.IdleTimeout, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var body = new ReadTimeoutStream(content, ReadTimeoutStream.IdleTimeout);
        var parser = SseParser.Create(body);
        try
        {
            await foreach (var item in parser.EnumerateAsync(cancellationToken))
            {
                _since = parser.LastEventId;
                yield return new ResultEvent(item.EventId, item.EventType, Encoding.UTF8.GetBytes(item.Data));
            }
        }
        finally
        {
            // The feed begins with an id, before any event. Without it, events between a loss and the next attempt would be missed.
            if (parser.LastEventId.Length > 0)
            {
                _since = parser.LastEventId;
            }
        }
    }
}
