using System.Diagnostics;
using XilinIngest.Notifier.Observability;

namespace XilinIngest.Notifier.Tests.Notices;

/// <summary>The trace of an alert, from the span in which it came to the sending of its notices.</summary>
public sealed class An_alert_that_is_traced : IDisposable
{
    private static readonly ActivitySource Bus = new("Test.Bus");
    private readonly NotifierTelemetry _telemetry = new();
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public An_alert_that_is_traced()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name is "Test.Bus" or OutboxMetrics.MeterName,
            Sample = (ref options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_ended)
                {
                    _ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Is_in_the_trace_of_the_sending_also_where_its_notice_waited_for_others()
    {
        var alert = Receive();
        Assert.Empty(_telemetry.Plan(() => []));
        Assert.Null(_telemetry.StartSending("chat", 1));
        Assert.Equal(["chat"], _telemetry.Plan(() => ["chat"]));
        using var sending = _telemetry.StartSending("chat", 1)!;
        Assert.Equal(alert.TraceId, sending.TraceId);

        // The look that made no notice is not exported.
        Assert.Single(_ended, activity => activity.TraceId == alert.TraceId && activity.OperationName == "plan notices"
            && activity.Recorded);
    }

    [Fact]
    public void Is_not_in_the_trace_of_notices_that_are_made_later()
    {
        var first = Receive();
        _telemetry.Plan(() => ["chat"]);
        var second = Receive();
        _telemetry.Plan(() => ["chat"]);
        using var sending = _telemetry.StartSending("chat", 1)!;
        Assert.NotEqual(first.TraceId, sending.TraceId);
        Assert.Equal(second.TraceId, sending.TraceId);
    }

    private ActivityContext Receive()
    {
        using var activity = Bus.StartActivity("process xilin.notifier")!;
        _telemetry.AddAlert();
        return activity.Context;
    }
}
