using Microsoft.Extensions.Logging;

namespace XilinIngest.Notifier.Notices;

/// <summary>Deletes once a day what is older than it is to be kept. Called by one thread at a time.</summary>
internal sealed class NoticePruning(TimeSpan retention, NoticeStore store, TimeProvider clock, ILogger<NoticePruning> logger)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private DateTimeOffset? _lastRun;

    /// <summary>Deletes a batch, if this is due. More batches follow at the next calls.</summary>
    public void RunIfDue()
    {
        var now = clock.GetUtcNow();
        if (now - _lastRun < Interval)
        {
            return;
        }

        var (notices, events, runs) = store.Prune(now - retention, BatchSize);
        if (notices + events + runs > 0)
        {
            logger.LogInformation(
                "Deleted {Notices} old notices, {Events} old alert events and {Runs} old runs of reminders.", notices, events, runs);
        }

        if (notices < BatchSize && events < BatchSize && runs < BatchSize)
        {
            _lastRun = now;
        }
    }
}
