using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.CatalogueFiles;
using XilinIngest.Messaging;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Storage;

namespace XilinIngest.Notifier;

/// <summary>
/// Catches up with the published alerts, makes the notices and reminders that are due, and sends them: a loop for the notices, one for the
/// reminders and one for each channel, so that a channel that does not answer holds up no other. Before, it stands by while another process
/// does so.
/// </summary>
internal sealed class NotifierService(
    NoticeLease lease, QueueOpener queues, AlertIntake intake, NoticePlanner planner, NoticeSenders senders, NoticeStore store,
    RouteSource routes, NotifierSignals signals, ReminderPlanner reminders, NoticePruning pruning, OutboxMetrics metrics,
    NotifierTelemetry telemetry, ILogger<NotifierService> logger) : BackgroundService
{
    private static readonly TimeSpan CatchUpInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CatchUpRetryInterval = TimeSpan.FromSeconds(5);

    // No channel is called so.
    private const string RemindersLoop = "/reminders";
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Exception> _faults = new(StringComparer.Ordinal);

    /// <summary>Why no notices are made, or a channel sends none; null: no obstacle is known.</summary>
    public Exception? Fault => _faults.Values.FirstOrDefault();

    /// <summary>The routes whose channel has no settings.</summary>
    public IEnumerable<string> RoutesWithoutChannel =>
        routes.Current.Routes.Where(route => !senders.Has(route.Channel)).Select(route => $"{route.Name} → {route.Channel}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Reading may take seconds and must not block the thread that starts the host.
        await Task.Yield();
        await lease.AcquireAsync(stoppingToken);
        await RetryUntilRecovered("").ExecuteAsync(
            _ =>
            {
                store.TakeOver();
                return ValueTask.CompletedTask;
            },
            stoppingToken);

        // The loops end together, where one finds that another process has taken the notices over.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAll(senders.All.Select(sender => RepeatAsync(sender.Name, sender.RunOnceAsync, ending))
            .Prepend(PlanAsync(ending)).Prepend(RepeatAsync(RemindersLoop, RemindAsync, ending)).Append(OpenQueueAsync(ending.Token)));
    }

    // A loop of its own: an aggregator that does not answer holds up no alert.
    private async Task RemindAsync(CancellationToken stoppingToken)
    {
        Wake(await reminders.PlanAsync(stoppingToken));
        await Task.Delay(reminders.Fault is null ? NoticeSender.PollInterval : CatchUpRetryInterval, TimeProvider.System, stoppingToken);
    }

    private void Wake(IReadOnlyCollection<string> channels)
    {
        foreach (var sender in senders.All.Where(sender => channels.Contains(sender.Name)))
        {
            sender.Wake();
        }
    }

    // The published alerts are read meanwhile, so a broker that is away holds nothing up; what was published between that reading and the
    // opening is in neither, and is read now.
    private async Task OpenQueueAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queues.OpenAsync(NotifierRegistration.AlertQueue, stoppingToken);
            signals.RequestCatchUp();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task PlanAsync(CancellationTokenSource ending)
    {
        var catchUpAt = 0L;
        await RepeatAsync(
            "",
            async token =>
            {
                store.EnsureHeld();
                if (signals.TakeCatchUpRequest() || catchUpAt == 0 || TimeProvider.System.GetElapsedTime(catchUpAt) > WaitForCatchUp())
                {
                    await intake.CatchUpAsync(token);
                    catchUpAt = TimeProvider.System.GetTimestamp();
                }

                ReportRoutesWithoutChannel();
                Wake(telemetry.Plan(planner.Plan));
                pruning.RunIfDue();
                metrics.Record(store.ReadOutboxState());

                // A notice that becomes due without a signal is found by the next look, as are a clock that is set and an edited route.
                await signals.Planner.WaitAsync(NoticeSender.PollInterval, token);
            },
            ending);
    }

    private TimeSpan WaitForCatchUp() => intake.HistoryFault is null ? CatchUpInterval : CatchUpRetryInterval;

    // A step that fails is tried again, with growing pauses. The events and notices are on disk.
    private async Task RepeatAsync(string loop, Func<CancellationToken, Task> step, CancellationTokenSource ending)
    {
        var (retry, stoppingToken) = (RetryUntilRecovered(loop), ending.Token);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await retry.ExecuteAsync(async token => await step(token), stoppingToken);
                _faults.TryRemove(loop, out _);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LeaseLostException)
            {
                await ending.CancelAsync();
                throw;
            }
        }
    }

    private ResiliencePipeline RetryUntilRecovered(string loop) =>
        RetryPolicies.RetryUntilRecovered(exception => OnFailed(loop, exception), exception => exception is LeaseLostException);

    private void OnFailed(string loop, Exception exception)
    {
        var storage = StorageFault.FromProbeException(exception, store.Name);
        if (storage is not null)
        {
            StorageTelemetry.RecordFault("notices");
        }

        if (_faults.IsEmpty)
        {
            var reason = storage is { } fault
                ? $"{fault.ReasonEn} {fault.RemedyEn}" : exception.ToString();
            logger.LogError("Notices are not sent for now, and are kept: {Reason}", reason);
        }

        _faults[loop] = exception;
    }

    private void ReportRoutesWithoutChannel()
    {
        foreach (var route in RoutesWithoutChannel.Where(_reported.Add))
        {
            logger.LogError("routes.csv: {Route}: the settings have no such channel, and its notices wait.", route);
        }
    }
}
