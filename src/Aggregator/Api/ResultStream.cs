using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Api;

/// <summary>One reader's stream of results: the texts as they were stored.</summary>
internal sealed class ResultStream(
    CubeStore store, ResultFeed feed, Func<Vintage, bool> isVisible, Func<bool> isStillAuthorised, Func<string> catalogueVersion,
    HttpResponse response)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    // A comment of server-sent events: every reader skips it, and learns from it that the connection works.
    private static readonly byte[] Ping = ": ping\n\n"u8.ToArray();

    /// <summary>The event that says that another catalogue is in force, with its version.</summary>
    public const string CatalogueChanged = nameof(CatalogueChanged);

    private long _written;

    /// <param name="start">The id that the reader saw last; null: it begins now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(long? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The start is taken before the reader hears that the stream is open: from then on it misses nothing.
        // An id that was never given is another cube's, which this one replaces: all of this one is new.
        var through = ReadPublishedThrough();
        var last = start is null ? through : start > through ? 0 : start.Value;

        // An id without data is no event: a reader whose connection breaks before the first event resumes without a gap, too.
        await WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {last}\n\n")));
        var catalogue = catalogueVersion();
        while (true)
        {
            var next = feed.NextPublication;
            for (var vintages =
                ReadAfter(last, cancellationToken); vintages is not { Count: 0 }; vintages = ReadAfter(last, cancellationToken))
            {
                if (vintages is null)
                {
                    yield break;
                }

                foreach (var vintage in vintages.Where(isVisible))
                {
                    yield return new SseItem<string>(vintage.Payload, vintage.Event)
                    {
                        EventId =
                        vintage.Id.ToString(CultureInfo.InvariantCulture)
                    };
                    _written = TimeProvider.System.GetTimestamp();
                }

                last = vintages[^1].Id;
            }

            // Without an id: it is no result, and a reader that resumes asks for the catalogue anyway.
            if (catalogueVersion() is var version && version != catalogue)
            {
                catalogue = version;
                yield return new SseItem<string>($"{{\"version\":\"{version}\"}}", CatalogueChanged);
                _written = TimeProvider.System.GetTimestamp();
            }

            // Also without a publication from time to time, so that a stream whose key was revoked ends.
            await next.WaitAsync(PollInterval, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // A publication may be invisible to this reader, so the time since its last event counts.
            if (TimeProvider.System.GetElapsedTime(_written) >= PingInterval)
            {
                await WriteAsync(Ping);
            }
        }
    }

    // Not with the token: one that is cancelled while the service stops would be logged as a failure.
    private async Task WriteAsync(byte[] bytes)
    {
        await response.Body.WriteAsync(bytes, CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
        _written = TimeProvider.System.GetTimestamp();
    }

    // Null: the stream ends. So it does where the database is away: the answer has begun and cannot become a 503, and the reader comes
    // back and resumes.
    private IReadOnlyList<Vintage>? ReadAfter(long last, CancellationToken cancellationToken)
    {
        try
        {
            return cancellationToken.IsCancellationRequested || !isStillAuthorised() ? null : store.ReadPublishedAfter(last, BatchSize);
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
        {
            return null;
        }
    }

    // Not the newest vintage: one that is stored but not yet published is still to come.
    private long ReadPublishedThrough()
    {
        using var connection = store.OpenInteractive();
        return CubeStore.ReadPosition(connection).PublishedThrough;
    }
}
