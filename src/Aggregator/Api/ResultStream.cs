using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Observability;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Api;

/// <summary>The stream of results for one reader, with the stored texts as far as the reader may read them.</summary>
internal sealed class ResultStream(
    ResultPartitions partitions, ResultFeed feed, Func<Publication, string?> textFor, Func<bool> isStillAuthorised,
    Announcements announcements, HttpResponse response, bool tellsTraces)
{
    /// <summary>The header by which a reader asks for the traces of results.</summary>
    public const string TraceHeader = "Xilin-Trace";

    /// <summary>The span of the step that made the results which follow, as W3C writes it.</summary>
    private const string TraceEvent = "TraceContext";

    private const int BatchSize = 200;

    // How soon an edited file is announced, since no one signals it.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    // A comment of server-sent events. Readers ignore it, and learn that the connection works.
    private static readonly byte[] Ping = ": ping\n\n"u8.ToArray();

    private long _written;
    private string? _trace;

    /// <param name="seen">The last id that the reader received; none: the stream begins now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(string? seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The start is fixed before the response begins, so that no later result is missed. An unknown id is from a former cube that this
        // one replaces, so the reader gets all results.
        var last = FeedPosition.Start(partitions, [.. partitions.All.Select(each => ReadPublishedThrough(each.Store))], seen);

        // An id without data is not an event. A reader whose connection breaks before the first event can resume without a gap.
        await WriteAsync(Encoding.ASCII.GetBytes($"id: {last}\n\n"));
        var announced = announcements.Read();
        using var viewer = new FeedViewer();
        while (true)
        {
            var next = feed.NextPublication;
            for (var i = 0; i < partitions.All.Count; i++)
            {
                var store = partitions.All[i].Store;
                for (var publications = ReadAfter(store, last[i], cancellationToken); publications is not { Count: 0 };
                    publications = ReadAfter(store, last[i], cancellationToken))
                {
                    if (publications is null)
                    {
                        yield break;
                    }

                    foreach (var publication in publications)
                    {
                        last[i] = publication.Id;
                        if (textFor(publication) is not { } text)
                        {
                            continue;
                        }

                        if (tellsTraces && feed.Trace is { } trace && trace != _trace)
                        {
                            yield return new SseItem<string>(_trace = trace, TraceEvent);
                        }

                        yield return new SseItem<string>(text, publication.Event) { EventId = last.ToString() };
                        _written = TimeProvider.System.GetTimestamp();
                    }
                }
            }

            // Without ids, because they are not results. A reader that resumes asks for everything anyway.
            var current = announcements.Read();
            foreach (var (before, now) in announced.Zip(current))
            {
                if (!now.State.Equals(before.State))
                {
                    yield return new SseItem<string>(now.Data, now.Event);
                    _written = TimeProvider.System.GetTimestamp();
                }
            }

            announced = current;

            // The wait also ends without a publication, so that the stream of a revoked key ends.
            await next.WaitAsync(PollInterval, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // This reader may not see every publication, so the time since its last event counts.
            if (TimeProvider.System.GetElapsedTime(_written) >= PingInterval)
            {
                await WriteAsync(Ping);
            }
        }
    }

    // Without the token: a write that is cancelled by the shutdown would be logged as a failure.
    private async Task WriteAsync(byte[] bytes)
    {
        await response.Body.WriteAsync(bytes, CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
        _written = TimeProvider.System.GetTimestamp();
    }

    // Null ends the stream, also if the only database is unavailable. The response has begun and cannot become a 503; the reader reconnects
    // and resumes. Where it is one of several, the results of the others go on.
    private IReadOnlyList<Publication>? ReadAfter(CubeStore store, long last, CancellationToken cancellationToken)
    {
        try
        {
            return cancellationToken.IsCancellationRequested || !isStillAuthorised() ? null : store.ReadPublishedAfter(last, BatchSize);
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
        {
            return partitions.AreSeveral ? [] : null;
        }
    }

    // A stored publication that is not yet published follows later, so the newest publication is not the start.
    private static long ReadPublishedThrough(CubeStore store)
    {
        using var connection = store.OpenInteractive();
        return CubeStore.ReadPosition(connection).PublishedThrough;
    }
}
