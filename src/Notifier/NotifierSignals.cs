using System.Threading.Channels;

namespace XilinIngest.Notifier;

/// <summary>Wakes a loop that waits. Signals while it works count as one.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _signals =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Waits for a signal, but no longer than a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(atMost);
        try
        {
            await _signals.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time has passed.
        }
    }
}

/// <summary>What the parts of the notifier tell each other.</summary>
internal sealed class NotifierSignals
{
    private int _catchUpRequested;

    /// <summary>Wakes the planner: an event was taken, or a notice left the outbox.</summary>
    public WakeSignal Planner { get; } = new();

    public void WakePlanner() => Planner.Set();


    /// <summary>Asks for the events that the bus has not delivered.</summary>
    public void RequestCatchUp()
    {
        Interlocked.Exchange(ref _catchUpRequested, 1);
        Planner.Set();
    }

    public bool TakeCatchUpRequest() => Interlocked.Exchange(ref _catchUpRequested, 0) == 1;
}
