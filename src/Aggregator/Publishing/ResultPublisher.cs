using System.Diagnostics;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.RollUps;
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
    // A step of a district has three hundred: each batch costs a round trip, in which the broker writes to its disk.
    private const int BatchSize = 512;

    // A restart sends them one after the other.
    private const int PageSize = 128;

    /// <summary>The publication through which all are published and marked.</summary>
    public long PublishedThrough { get; private set; }

    /// <summary>Sends the sums for other partitions, and then the results.</summary>
    public async Task SendAsync(StepOutcome outcome, CancellationToken stoppingToken)
    {
        progress.Begin(AggregatorActivity.Publishing);

        // The messages for one partition have an order.
        await Task.WhenAll(outcome.RollUps.GroupBy(body => body.To).Select(async bodies =>
        {
            foreach (var body in bodies)
            {
                stoppingToken.ThrowIfCancellationRequested();
                await publisher.PublishBodyAsync(
                    ServiceExchanges.RollUps, body.To, RollUpBody.TypeName, body.Serialize(), stoppingToken);
            }
        }));
        await SendAsync(outcome.Results, stoppingToken);
    }

    /// <summary>Sends the results of a step. <see cref="MarkPublished"/> is called when all are confirmed.</summary>
    public async Task SendAsync(IReadOnlyList<OutgoingResult> results, CancellationToken stoppingToken)
    {
        progress.Begin(AggregatorActivity.Publishing);

        // The results of one step differ in unit, indicator or month, so their order has no meaning. Rankings and alerts come first,
        // because people wait for them. Only two reviews of a row, or two changes of a month, have an order.
        foreach (var turn in results.GroupBy(result => result.Turn).OrderBy(turn => turn.Key))
        {
            foreach (var batch in turn.OrderBy(result => result.Message is TotalsPublished).Chunk(BatchSize))
            {
                await PublishAsync(batch, stoppingToken);
            }
        }
    }

    /// <summary>Stores that all publications up to one are published, and notifies the readers of the live feed.</summary>
    /// <param name="lastPublication">The id of the newest of them.</param>
    /// <param name="trace">The span of the step that made them; none where nobody traces.</param>
    public void MarkPublished(long lastPublication, ActivityContext trace = default)
    {
        PublishedThrough = lastPublication;
        store.WritePublished(lastPublication);
        feed.Notify(trace);
    }

    /// <summary>Publishes results again that were stored but perhaps not published when the process died.</summary>
    public async Task RepublishAsync(long publishedThrough, CancellationToken stoppingToken)
    {
        PublishedThrough = publishedThrough;
        while (store.ReadPublicationsAfter(PublishedThrough, PageSize) is { Count: > 0 } publications)
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

    // Checked first, because the bus logs an error for a message with a cancelled token, and a shutdown is not an error.
    private Task PublishAsync(IEnumerable<OutgoingResult> results, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        return publisher.PublishAllAsync(
            results.Select(result => (result.Message, result.Json, RoutingKeyOf(result.Message))), stoppingToken);
    }

    private string RoutingKeyOf(object message) => ResultRoutingKeys.For(message, catalogues.Current.Units);
}
