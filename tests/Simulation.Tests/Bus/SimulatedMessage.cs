using XilinIngest.Aggregator.RollUps;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Processes;

namespace XilinIngest.Simulation.Tests.Bus;

/// <summary>A message in a queue.</summary>
/// <param name="Number">Its number on the bus; a repetition has the same.</param>
/// <param name="Message">What was published.</param>
/// <param name="Sender">The office that the broker has authenticated; null: a service.</param>
internal sealed record SimulatedMessage(int Number, OutgoingMessage Message, string? Sender)
{
    public ReceivedMessage Received => new(Message.Body.ToArray(),
        new DeliveryInfo { Sender = Sender, Exchange = Message.Exchange, RoutingKey = Message.RoutingKey });

    /// <summary>Whether it tells another partition where its sender is, and nothing more. It comes again every second.</summary>
    public bool IsBeat => Message.Exchange == ServiceExchanges.RollUps && RollUpBody.Read(Message.Body.Span).IsBeat();
}

/// <summary>A message that a process has and has not acknowledged.</summary>
/// <param name="Queue">The queue to which it returns.</param>
/// <param name="Message">The message.</param>
/// <param name="To">The process.</param>
internal sealed record SimulatedDelivery(SimulatedQueue Queue, SimulatedMessage Message, SimulatedProcess To);

/// <summary>A queue, and the processes that read it in the order in which they opened it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSingleActive">Whether the first reader alone gets messages.</param>
/// <param name="Path">The path of the partition whose cube reads it; null: workers read it.</param>
internal sealed record SimulatedQueue(string Name, bool IsSingleActive, string? Path = null)
{
    public List<SimulatedMessage> Messages { get; } = [];

    public List<SimulatedProcess> Readers { get; } = [];

    /// <summary>Opens the queue; where another process reads it, it is deleted and declared again.</summary>
    public void TakeOver(SimulatedProcess reader)
    {
        if (Readers.Exists(other => other != reader))
        {
            Readers.Clear();
            Messages.Clear();
        }

        Open(reader);
    }

    public void Open(SimulatedProcess reader)
    {
        if (!Readers.Contains(reader))
        {
            Readers.Add(reader);
        }
    }

    /// <summary>The processes that may get a message now.</summary>
    public IReadOnlyList<SimulatedProcess> ReadyReaders() =>
        IsSingleActive
            ? Readers.Count > 0 && Readers[0].IsReachable && Readers[0].MayReceive(this) ? [Readers[0]] : []
            : [.. Readers.Where(reader => reader.IsReachable && reader.MayReceive(this))];
}

internal static class RollUpBodies
{
    /// <summary>Whether a body has no sums and asks for none.</summary>
    public static bool IsBeat(this RollUpBody body) => body is { Sums: null, AsksForAll: false };
}
