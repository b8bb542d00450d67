using System.Diagnostics.Metrics;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The activities of an aggregator that may take long.</summary>
internal enum AggregatorActivity
{
    Waiting,
    Loading,
    Applying,
    Publishing,
    Opening,
}

/// <summary>
/// The aggregator's current activity, its start, and the lag behind the ledger. Health and metrics read it without waiting for a step,
/// because they must report a step that hangs.
/// </summary>
internal sealed class AggregatorProgress
{
    /// <summary>The name of the meter.</summary>
    internal const string MeterName = "XilinIngest.Aggregator";

    private readonly CubeHost _host;
    private readonly TimeProvider _clock;
    private IReadOnlyList<string> _silentPartitions = [];
    private long _since;
    private long _lastMessageAt;
    private long _caughtUpAt;

    /// <param name="host">The cube.</param>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="clock">Measures times.</param>
    /// <param name="partition">The cube's partition, with which its measures are tagged; null: the whole tree.</param>
    public AggregatorProgress(CubeHost host, IMeterFactory meters, TimeProvider clock, Partition? partition = null)
    {
        KeyValuePair<string, object?>[] tags = partition is { IsWholeTree: false } ? [new("partition", partition.Path)] : [];
        (_host, _clock) = (host, clock);
        _since = _lastMessageAt = _caughtUpAt = clock.GetTimestamp();
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("xilin.results.lag.rows", () => new Measurement<long>(host.LedgerProgress.Lag, tags), "{row}",
            "Ledger rows that are known to be and are not in the results.");
        meter.CreateObservableGauge("xilin.results.lag.time", () => new Measurement<double>(LagTime.TotalSeconds, tags), "s",
            "For how long the results have been behind the ledger.");
        meter.CreateObservableGauge("xilin.results.silence", () => new Measurement<double>(LedgerIdleTime.TotalSeconds, tags), "s",
            "For how long nothing has come from the ledger.");
        meter.CreateObservableGauge("xilin.results.step.time", () => new Measurement<double>(StepTime.TotalSeconds, tags), "s",
            "For how long the step in progress has lasted.");
    }

    /// <summary>The current activity.</summary>
    public AggregatorActivity Activity { get; private set; }

    /// <summary>The duration of the current step; zero while waiting.</summary>
    public TimeSpan StepTime => Activity == AggregatorActivity.Waiting ? TimeSpan.Zero : ElapsedSince(ref _since);

    /// <summary>The time since the last message from the ledger.</summary>
    public TimeSpan LedgerIdleTime => ElapsedSince(ref _lastMessageAt);

    /// <summary>For how long rows, the ledger's response, or sums of other partitions have been missing; zero if none are.</summary>
    public TimeSpan LagTime => IsCaughtUp ? TimeSpan.Zero : ElapsedSince(ref _caughtUpAt);

    /// <summary>The partitions around this one that have told nothing for some time, though each tells its position every second.</summary>
    public IReadOnlyList<string> SilentPartitions
    {
        get => Volatile.Read(ref _silentPartitions);
        set => Volatile.Write(ref _silentPartitions, value);
    }

    /// <summary>Records the start of another activity.</summary>
    public void Begin(AggregatorActivity activity)
    {
        Volatile.Write(ref _since, _clock.GetTimestamp());
        Activity = activity;
    }

    /// <summary>Records a message from the ledger.</summary>
    public void RecordLedgerMessage() => Volatile.Write(ref _lastMessageAt, _clock.GetTimestamp());

    /// <summary>Records the position of the results after a step.</summary>
    public void RecordStep()
    {
        if (IsCaughtUp)
        {
            Volatile.Write(ref _caughtUpAt, _clock.GetTimestamp());
        }
    }

    private bool IsCaughtUp => _host is { LedgerProgress: { Lag: 0, MissingRows: null }, MissingPartitions.Count: 0 };

    private TimeSpan ElapsedSince(ref long start) => _clock.GetElapsedTime(Volatile.Read(ref start));
}
