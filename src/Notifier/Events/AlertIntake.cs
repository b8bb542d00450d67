using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Storage;

namespace XilinIngest.Notifier.Events;

/// <summary>
/// Takes each alert event once, whether it comes over the bus or from the published alerts. The identity is the alert, its version and
/// the time of publication, so an event that comes again changes nothing.
/// </summary>
internal sealed class AlertIntake(
    NoticeStore store, IAlertHistory history, NotifierSignals signals, NotifierTelemetry telemetry, TimeProvider clock,
    ILogger<AlertIntake> logger)
{
    private const int PageSize = 200;

    /// <summary>Why no events can be stored; null: they can.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Why the published alerts could not be read last; null: they could.</summary>
    public Exception? HistoryFault { get; private set; }

    /// <summary>Stores an event that came over the bus. Waits while the database cannot be written.</summary>
    public async Task TakeAsync(AlertEvent alert, byte[] body, CancellationToken cancellationToken)
    {
        var result = TakeResult.Known;
        await RetryUntilRecovered().ExecuteAsync(
            _ =>
            {
                result = store.Take(alert, body, clock.GetUtcNow());
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        Fault = null;
        if (result == TakeResult.AfterGap)
        {
            signals.RequestCatchUp();
        }

        if (result != TakeResult.Known)
        {
            telemetry.AddAlert();
            signals.WakePlanner();
        }
    }

    /// <summary>Takes the published events that the bus has not delivered.</summary>
    /// <returns>Whether the published alerts could be read.</returns>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadHistoryAsync(cancellationToken);
            HistoryFault = null;
            return true;
        }
#pragma warning disable CA1031 // Whatever prevents the reading is shown in health, and it is tried again.
        catch (Exception exception) when (exception is not LeaseLostException && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (HistoryFault is null)
            {
                logger.LogWarning("The published alerts cannot be read: {Reason} It is tried again.", exception.Message);
            }

            HistoryFault = exception;
            return false;
        }
    }

    private async Task ReadHistoryAsync(CancellationToken cancellationToken)
    {
        var position = store.ReadHistoryPosition();
        var page = await history.ReadFromAsync(position.Publication, PageSize, cancellationToken);

        // The page begins with the event that was read last. Otherwise the results were rebuilt, and are read from their beginning.
        if (position.Publication > 0 && (page.Count == 0 || !IsAt(position, page[0])))
        {
            position = HistoryPosition.Beginning;
            page = await history.ReadFromAsync(position.Publication, PageSize, cancellationToken);
        }

        // Alone it says that nothing was published since.
        var taken = 0;
        while (page.Count > (position.Publication > 0 ? 1 : 0))
        {
            taken += store.TakePage(page, clock.GetUtcNow());
            if (page.Count < PageSize)
            {
                break;
            }

            // The last event of a page is the first of the next one.
            page = await history.ReadFromAsync(page[^1].Publication, PageSize, cancellationToken);
        }

        if (taken > 0)
        {
            logger.LogInformation("Took {Count} alert events from the published results.", taken);
            signals.WakePlanner();
        }
    }

    private static bool IsAt(HistoryPosition position, PublishedAlert first) => first.Publication == position.Publication
        && NoticeTime.Text(AlertBodyReader.Read(first.Body).PublishedAt) == position.PublishedAt;

    private ResiliencePipeline RetryUntilRecovered() => RetryPolicies.RetryUntilRecovered(exception =>
    {
        if (Fault is null)
        {
            logger.LogError("An alert event cannot be stored: {Reason} It is tried again.", exception.Message);
        }

        Fault = exception;
    },
    exception => exception is LeaseLostException);
}

/// <summary>What became of an event that was to be taken.</summary>
internal enum TakeResult
{
    /// <summary>It had been taken before.</summary>
    Known,

    /// <summary>It was stored.</summary>
    Taken,

    /// <summary>It was stored, and versions before it are missing.</summary>
    AfterGap,
}
