using Microsoft.Extensions.Logging;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// Sends the notices of one channel from the outbox, oldest first. A notice that fails waits and does not hold up those of other groups;
/// its own group makes no other notice meanwhile, so that each group's notices arrive in order.
/// </summary>
internal sealed class NoticeSender(
    string name, INoticeChannel channel, NoticeStore store, RouteHours hours, ReminderRecheck recheck, NotifierSignals signals,
    OutboxMetrics metrics, NotifierTelemetry telemetry, TimeProvider clock, ILogger logger)
{
    /// <summary>How often the outbox is looked at without a signal: a clock may be set, and a notice may be released by hand.</summary>
    internal static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly WakeSignal _wake = new();
    private readonly MessageRate _rate = new(channel.PerMinute, clock);
    private int _maxNotices = channel.MaxNotices;

    public string Name => name;

    /// <summary>Why the last attempt failed; null: it did not, or none was made.</summary>
    public string? Problem { get; private set; }

    public void Wake() => _wake.Set();

    /// <summary>Sends what is due, until the outbox has nothing to send now, and waits for more.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (store.FindDue(name, clock.GetUtcNow(), _maxNotices) is { Count: > 0 } notices)
        {
            if (HoldQuiet(notices))
            {
                continue;
            }

            if (_rate.WaitTime() is var wait && wait > TimeSpan.Zero)
            {
                // What comes meanwhile goes out with the others.
                await Task.Delay(wait, clock, cancellationToken);
                continue;
            }

            if (await recheck.FilterAsync(notices, cancellationToken) is { Count: > 0 } wanted)
            {
                await SendAsync(wanted, cancellationToken);
            }

            signals.WakePlanner();
        }

        _maxNotices = channel.MaxNotices;
        await _wake.WaitAsync(PollInterval, cancellationToken);
    }

    // A notice that failed before the quiet hours of its route waits for their end. An edit of them is noticed meanwhile.
    private bool HoldQuiet(IReadOnlyList<NoticeRow> notices)
    {
        var now = clock.GetUtcNow();
        var quiet = notices.Select(notice => (Notice: notice, Until: hours.FirstFrom(notice.Route, now)))
            .Where(each => each.Until > now).ToList();
        var latest = now + RetryDelay.LongestAsked;
        quiet.ForEach(each => store.Hold(each.Notice, each.Until < latest ? each.Until : latest));
        return quiet.Count > 0;
    }

    private async Task SendAsync(IReadOnlyList<NoticeRow> notices, CancellationToken cancellationToken)
    {
        store.EnsureHeld();
        _rate.Add();
        using var activity = telemetry.StartSending(name, notices.Count);
        var answer = await TrySendAsync(notices, cancellationToken);
        var (now, sent) = (clock.GetUtcNow(), notices.Take(answer.Covered).ToList());
        if (answer.Outcome == DeliveryOutcome.Refused && sent.Count > 1)
        {
            // It may be one of them that is refused. Each is sent alone now, so that no other is lost with it.
            _maxNotices = 1;
            return;
        }

        var attempts = sent.Max(notice => notice.Attempts) + 1;

        // If the process dies before this is stored, the notices are sent again, with the same ids.
        store.Record(sent, answer, now, now + RetryDelay.After(attempts, answer.RetryAfter, Random.Shared.NextDouble()));
        metrics.Record(name, answer.Outcome);
        if (answer.Outcome == DeliveryOutcome.Accepted)
        {
            Problem = null;
            return;
        }

        // Logged when it begins, and for each notice that is given up.
        if (Problem is null || answer.Outcome == DeliveryOutcome.Refused)
        {
            logger.LogWarning(
                "Channel {Channel}: notice {Notice} {Outcome}: {Answer}", name, string.Join(", ", sent.Select(notice => notice.Id)),
                answer.Outcome.ToText(), answer.Text);
        }

        Problem = answer.Text;
    }

    // What no channel foresees is an attempt that failed, too: its notice waits longer and longer, and those behind it go on.
    private async Task<DeliveryAnswer> TrySendAsync(IReadOnlyList<NoticeRow> notices, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.SendAsync([.. notices.Select(notice => NoticeFormat.Read(notice.Content))], cancellationToken);
        }
#pragma warning disable CA1031 // See above. The message of the exception may hold an address, and is not logged.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogError(
                "Channel {Channel} failed unexpectedly: {Type}\n{StackTrace}", name, exception.GetType(), exception.StackTrace);
            return new(DeliveryOutcome.Failed, $"unexpected fault: {exception.GetType().Name}");
        }
    }
}
