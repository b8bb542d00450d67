using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Processes;

namespace XilinIngest.Simulation.Tests.Bus;

/// <summary>The way of one process to the bus.</summary>
internal sealed class SimulatedTransport(SimulatedBus bus, SimulatedProcess process) : IBusTransport
{
    public bool IsConnected => process.IsReachable;

    public Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken) => bus.SendAsync(process, message);

    public Task<IQueueReading> OpenAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        var found = bus.Find(queue);
        found.TakeOver(process);
        return Task.FromResult<IQueueReading>(new SimulatedReading(found, process));
    }

    /// <summary>The product's publisher, which waits for confirms and publishes again without them.</summary>
    public MessagePublisher CreatePublisher()
    {
        var monitor = new BrokerConnectionMonitor(NullLogger<BrokerConnectionMonitor>.Instance);
        return new MessagePublisher(this, new BusHealth(this, monitor), monitor, process.Clock);
    }
}

/// <summary>The reading of a queue by a process.</summary>
internal sealed class SimulatedReading(SimulatedQueue queue, SimulatedProcess process) : IQueueReading
{
    public bool HasEnded => !queue.Readers.Contains(process);

    public Task CloseAsync()
    {
        queue.Readers.Remove(process);
        return Task.CompletedTask;
    }
}
