using System.Diagnostics;
using XilinIngest.Hosting.Observability;

namespace XilinIngest.Notifier.Observability;

/// <summary>
/// The traces of alerts until their notices are sent. They are kept in memory: after a restart the notices of earlier alerts have none.
/// </summary>
internal sealed class NotifierTelemetry
{
    private const int MaxAlerts = 128;
    private static readonly ActivitySource Source = new(OutboxMetrics.MeterName);

    private readonly Lock _lock = new();
    private readonly Queue<ActivityContext> _alerts = [];
    private ActivityContext _planned;

    /// <summary>Remembers the span in which an alert came.</summary>
    public void AddAlert()
    {
        if (Activity.Current is not { Recorded: true, Context: var context })
        {
            return;
        }

        lock (_lock)
        {
            if (_alerts.Count == MaxAlerts)
            {
                _alerts.Dequeue();
            }

            _alerts.Enqueue(context);
        }
    }

    /// <summary>
    /// Makes notices in a span that links to the alerts since the last ones. Where none are made, the alerts wait for the next time.
    /// </summary>
    /// <param name="plan">Returns the channels of the new notices.</param>
    public IReadOnlyCollection<string> Plan(Func<IReadOnlyCollection<string>> plan)
    {
        List<ActivityContext> alerts;
        lock (_lock)
        {
            alerts = [.. _alerts];
        }

        using var activity = alerts.Count == 0 ? null : LinkedSpan.Start(Source, "plan notices", alerts);
        var channels = plan();
        if (activity is not null && channels.Count == 0)
        {
            // The exporter takes what is recorded. A group may wait for hours, and is looked at each second.
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        else if (channels.Count > 0)
        {
            lock (_lock)
            {
                _alerts.Clear();
                _planned = activity?.Context ?? default;
            }
        }

        return channels;
    }

    /// <summary>The span of an attempt to send; null: nobody listens, or the notices are of no trace.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="notices">How many notices go out together.</param>
    public Activity? StartSending(string channel, int notices)
    {
        ActivityContext planned;
        lock (_lock)
        {
            planned = _planned;
        }

        return planned == default ? null
            : Source.StartActivity("send notices", ActivityKind.Producer, planned)?.SetTag("channel", channel)
                .SetTag("xilin.notices", notices);
    }
}
