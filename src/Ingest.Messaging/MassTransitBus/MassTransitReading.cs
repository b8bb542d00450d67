using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>
/// The reading of a queue by MassTransit. The library reads a queue again where the broker has ended the reading; who has a queue of its
/// own must hear of that, because what came meanwhile was not kept for it.
/// </summary>
/// <param name="monitor">Knows whether the connection was lost; null: the library may always read again.</param>
internal sealed class MassTransitReading(BrokerConnectionMonitor? monitor) : IQueueReading, IReceiveEndpointObserver
{
    // What is being handled may wait for a reader that has stopped.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private HostReceiveEndpointHandle? _handle;
    private int _isStopped;
    private volatile bool _wasReady;

    public bool HasEnded => Volatile.Read(ref _isStopped) == 1;

    public void Start(HostReceiveEndpointHandle handle) => _handle = handle;

    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(StopTimeout, TimeProvider.System);
        await _handle!.StopAsync(timeout.Token).WaitAsync(2 * StopTimeout, TimeProvider.System)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Called when the library no longer reads the queue, before it would read it again.</summary>
    public Task Completed(ReceiveEndpointCompleted completed)
    {
        if (monitor is { IsOpen: true })
        {
            _ = CloseAsync();
        }

        return Task.CompletedTask;
    }

    public Task Ready(ReceiveEndpointReady ready)
    {
        _wasReady = true;
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    /// <summary>
    /// Called when the library fails to read the queue again, which may be on a node of the broker that is lost: whoever opened it opens
    /// another one.
    /// </summary>
    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        if (monitor is not null && _wasReady)
        {
            _ = CloseAsync();
        }

        return Task.CompletedTask;
    }
}
