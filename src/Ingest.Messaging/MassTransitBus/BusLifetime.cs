using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>
/// Tells when the bus has started its queues: one that is connected while it does so would be started twice, which ends the bus. And
/// whether it stops: it carries nothing any more then, and the host's other services stop after it.
/// </summary>
internal sealed class BusLifetime : IBusObserver, IDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    public BusLifetime() => Stopping = _stopping.Token;

    /// <summary>Completes once the bus has begun to read its queues, whether or not the broker answers yet.</summary>
    public Task Started => _started.Task;

    /// <summary>Cancelled when the bus begins to stop.</summary>
    public CancellationToken Stopping { get; }

    public Task PostStart(IBus bus, Task<BusReady> busReady)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PreStart(IBus bus) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PreStop(IBus bus) => _stopping.CancelAsync();

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
