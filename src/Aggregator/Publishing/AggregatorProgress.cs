using System.Diagnostics.Metrics;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>What an aggregator may spend long on.</summary>
internal enum AggregatorActivity
{
    Waiting,
    Loading,
    Applying,
    Publishing,
    Opening,
}

/// <summary>
/// What the aggregator does, since when, and how far it is behind the ledger. Health and metrics read it without waiting for a step,
/// because
/// a step that hangs is what they are to show.
/// </summary>
internal sealed class AggregatorProgress
{
    /// <summary>The name of its meter.</summary>
    internal const string MeterName = "XilinIngest.Aggregator";

    private readonly CubeHost _host;
    private readonly TimeProvider _clock;
    private long _since;
    private long _lastMessageAt;
    private long _caughtUpAt;

    public AggregatorProgress(CubeHost host, IMeterFactory meters)
        : this(host, meters, TimeProvider.System)
    {
    }

    internal AggregatorProgress(CubeHost host, IMeterFactory meters, TimeProvider clock)
    {
        (_host, _clock) = (host, clock);
        _since = _lastMessageAt = _caughtUpAt = clock.GetTimestamp();
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("xilin.results.lag.rows", () => host.LedgerProgress.Lag, "{row}",
            "Ledger rows that are known to be and are not in the results.");
        meter.CreateObservableGauge("xilin.results.lag.time", () => LagTime.TotalSeconds, "s",
            "For how long the results have been behind the ledger.");
        meter.CreateObservableGauge("xilin.results.silence", () => LedgerIdleTime.TotalSeconds, "s",
            "For how long nothing has come from the ledger.");
        meter.CreateObservableGauge("xilin.results.step.time", () => StepTime.TotalSeconds, "s",
            "For how long the step in progress has lasted.");
    }

    /// <summary>What it does now.</summary>
    public AggregatorActivity Activity { get; private set; }

    /// <summary>For how long; nothing while it waits.</summary>
    public TimeSpan StepTime => Activity == AggregatorActivity.Waiting ? TimeSpan.Zero : ElapsedSince(ref _since);

    /// <summary>For how long nothing has come from the ledger.</summary>
    public TimeSpan LedgerIdleTime => ElapsedSince(ref _lastMessageAt);

    /// <summary>For how long rows have been missing, or the ledger's answer; nothing where none are.</summary>
    public TimeSpan LagTime => _host.LedgerProgress is { Lag: 0, MissingRows: null } ? TimeSpan.Zero : ElapsedSince(ref _caughtUpAt);

    /// <summary>It begins something else.</summary>
    public void Begin(AggregatorActivity activity)
    {
        Volatile.Write(ref _since, _clock.GetTimestamp());
        Activity = activity;
    }

    /// <summary>Something has come from the ledger.</summary>
    public void RecordLedgerMessage() => Volatile.Write(ref _lastMessageAt, _clock.GetTimestamp());

    /// <summary>Takes note of where the results stand after a step.</summary>
    public void RecordStep()
    {
        if (_host.LedgerProgress is { Lag: 0, MissingRows: null })
        {
            Volatile.Write(ref _caughtUpAt, _clock.GetTimestamp());
        }
    }

    private TimeSpan ElapsedSince(ref long start) => _clock.GetElapsedTime(Volatile.Read(ref start));
}
