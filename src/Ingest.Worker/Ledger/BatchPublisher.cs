using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Messaging;
using XilinIngest.Worker.Observability;

namespace XilinIngest.Worker.Ledger;

/// <summary>Publishes the accepted packs of committed batches, then completes the receipts of their submissions.</summary>
internal sealed class BatchPublisher(MessagePublisher publisher, CatalogueSource catalogues, LogThrottle throttle, ILogger logger)
{
    public async Task PublishAsync(IReadOnlyList<CommittedBatch> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            using var activity = LedgerTelemetry.StartPublication(batch.Trace);
            try
            {
                var units = catalogues.Current.Units;
                await Task.WhenAll(batch.AcceptedPacks.Select(pack =>
                    publisher.PublishAsync(pack, PackRouting.RoutingKeyFor(pack, units), cancellationToken)));
                batch.CompleteReceipts();
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(
                    "The service stopped before the broker confirmed a committed batch; it is republished at the next start.");
                batch.FailReceipts(LedgerUnavailableException.ServiceStopping());
            }
            catch (Exception exception)
            {
                if (throttle.TryEnter(exception) is { } suppressed)
                {
                    logger.LogError(
                        exception,
                        "Publishing a committed batch failed; its submissions are not acknowledged and will be redelivered. "
                        + "({Count} similar lines suppressed.)",
                        suppressed);
                }

                batch.FailReceipts(exception);
            }
        }
    }
}
