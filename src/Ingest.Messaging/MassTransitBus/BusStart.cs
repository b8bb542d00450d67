using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>
/// Tells when the bus has started its queues. One that is connected while it does so would be started twice, which ends the bus.
/// </summary>
internal sealed class BusStart : IBusObserver
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the bus has begun to read its queues, whether or not the broker answers yet.</summary>
    public Task Done => _done.Task;

    public Task PostStart(IBus bus, Task<BusReady> busReady)
    {
        _done.TrySetResult();
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

    public Task PreStop(IBus bus) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;
}
