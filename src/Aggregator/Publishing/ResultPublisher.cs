using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Publishes stored results on the bus, and stores the position.</summary>
internal sealed class ResultPublisher(
    CubeStore store, MessagePublisher publisher, CatalogueSource catalogues, ResultFeed feed, AggregatorProgress progress,
    ILogger<ResultPublisher> logger)
{
    // The messages that wait for their confirms at the same time. A slow broker confirms as many within the time that a confirm may take.
    private const int BatchSize = 128;
    private long _published;

    /// <summary>Publishes the results of a step.</summary>
    public async Task PublishAsync(IReadOnlyList<OutgoingResult> results, long lastPublication, CancellationToken stoppingToken)
    {
        if (lastPublication == _published)
        {
            return;
        }

        progress.Begin(AggregatorActivity.Publishing);

        // The results of one step differ in unit, indicator or month, so their order has no meaning.
        foreach (var batch in results.Chunk(BatchSize))
        {
            await PublishAsync(batch, stoppingToken);
        }

        MarkPublished(lastPublication);
    }

    /// <summary>Publishes results again that were stored but perhaps not published when the process died.</summary>
    public async Task RepublishAsync(long publishedThrough, CancellationToken stoppingToken)
    {
        _published = publishedThrough;
        while (store.ReadPublicationsAfter(_published, BatchSize) is { Count: > 0 } publications)
        {
            progress.Begin(AggregatorActivity.Publishing);
            logger.LogInformation("Republishing {Count} results stored before the last shutdown.", publications.Count);
            foreach (var publication in publications)
            {
                // One after the other: several versions of a result may be among them.
                await PublishAsync([new OutgoingResult(PublicationReader.Deserialize(publication), publication.Json)], stoppingToken);
            }

            MarkPublished(publications[^1].Id);
        }
    }

    /// <summary>Requests rows from the ledger.</summary>
    public Task RequestAsync(ReplayAccepted request, CancellationToken stoppingToken)
    {
        progress.Begin(AggregatorActivity.Publishing);
        return publisher.PublishAsync(request, RoutingKeyOf(request), stoppingToken);
    }

    private void MarkPublished(long lastPublication)
    {
        _published = lastPublication;
        store.WritePublished(lastPublication);
        feed.Notify();
    }

    // Checked first, because the bus logs an error for a message with a cancelled token, and a shutdown is not an error.
    private Task PublishAsync(IEnumerable<OutgoingResult> results, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        return publisher.PublishAllAsync(
            results.Select(result => (result.Message, result.Json, RoutingKeyOf(result.Message))), stoppingToken);
    }

    private string RoutingKeyOf(object message) => ResultRoutingKeys.For(message, catalogues.Current.Units);
}
