using XilinIngest.Contracts.Responses;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>
/// Looks once more, before a reminder is sent, whether it is still needed: who has reported meanwhile is not chased. It waited where a
/// channel was away, or in quiet hours.
/// </summary>
internal sealed class ReminderRecheck(NoticeStore store, IMonthCompleteness completeness, TimeProvider clock)
{
    /// <summary>
    /// Takes those that are not needed out of the outbox, and puts off those of which it is not known.
    /// </summary>
    /// <returns>The notices that are to be sent.</returns>
    public async Task<IReadOnlyList<NoticeRow>> FilterAsync(IReadOnlyList<NoticeRow> notices, CancellationToken cancellationToken)
    {
        var wanted = new List<NoticeRow>();
        foreach (var notice in notices)
        {
            if (notice.Reason != ReminderBuilder.Reason || await IsWantedAsync(notice, cancellationToken))
            {
                wanted.Add(notice);
            }
        }

        return wanted;
    }

    private async Task<bool> IsWantedAsync(NoticeRow notice, CancellationToken cancellationToken)
    {
        if (NoticeFormat.Read(notice.Content).Reminder is not { } reminder || store.WasAccepted(notice.Number))
        {
            return true;
        }

        MonthCompleteness? month;
        try
        {
            month = await completeness.ReadAsync(reminder.Unit, reminder.Period, cancellationToken);
        }
        catch (Exception exception) when (MonthCompletenessFault.IsOne(exception, cancellationToken))
        {
            var failed = new DeliveryAnswer(DeliveryOutcome.Failed, "not tried: it is not known whether the unit has reported meanwhile");
            var failedAt = clock.GetUtcNow();
            store.Record(
                [notice], failed, failedAt, failedAt + RetryDelay.After(notice.Attempts + 1, retryAfter: null, Random.Shared.NextDouble()));
            return false;
        }

        var isMissing = month is { IsClosed: false }
            && (reminder.IsDigest ? month.Missing.Count > 0 : month.Missing.Any(missing => missing.Unit == reminder.Unit));
        if (!isMissing)
        {
            store.Withdraw(notice, clock.GetUtcNow());
        }

        return isMissing;
    }
}
