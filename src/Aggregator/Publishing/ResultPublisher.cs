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
    private const int BatchSize = 64;
    private const int RepublishBatchSize = 500;
    private long _published;

    /// <summary>Publishes the results of a step.</summary>
    public async Task PublishAsync(IReadOnlyList<OutgoingResult> results, long lastPublication, CancellationToken stoppingToken)
    {
        if (lastPublication == _published)
        {
            return;
        }

        progress.Begin(AggregatorActivity.Publishing);

        // Each message waits for its confirm. The results of one step differ in unit, indicator or month, so their order has no meaning.
        foreach (var batch in results.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(result => SendAsync(result.Message, result.Json, stoppingToken)));
        }

        MarkPublished(lastPublication);
    }

    /// <summary>Publishes results again that were stored but perhaps not published when the process died.</summary>
    public async Task RepublishAsync(long publishedThrough, CancellationToken stoppingToken)
    {
        _published = publishedThrough;
        while (store.ReadPublicationsAfter(_published, RepublishBatchSize) is { Count: > 0 } publications)
        {
            progress.Begin(AggregatorActivity.Publishing);
            logger.LogInformation("Republishing {Count} results stored before the last shutdown.", publications.Count);
            foreach (var publication in publications)
            {
                await SendAsync(PublicationReader.Deserialize(publication), publication.Json, stoppingToken);
            }

            MarkPublished(publications[^1].Id);
        }
    }

    /// <summary>Requests rows from the ledger.</summary>
    public Task RequestAsync(ReplayAccepted request, CancellationToken stoppingToken)
    {
        progress.Begin(AggregatorActivity.Publishing);
        return SendAsync(request, null, stoppingToken);
    }

    private void MarkPublished(long lastPublication)
    {
        _published = lastPublication;
        store.WritePublished(lastPublication);
        feed.Notify();
    }

    // Checked first, because the bus logs an error for a message with a cancelled token, and a shutdown is not an error.
    private Task SendAsync(object message, byte[]? json, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        var routingKey = ResultRoutingKeys.For(message, catalogues.Current.Units);
        return json is null
            ? publisher.PublishAsync(message, routingKey, stoppingToken)
            : publisher.PublishAsync(message, json, routingKey, stoppingToken);
    }
}
