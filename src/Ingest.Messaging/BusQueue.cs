using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace XilinIngest.Messaging;

/// <summary>A queue on an exchange, and the one consumer that reads it.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Exchange">One of the topic exchanges.</param>
/// <param name="Concurrency">The number of messages handled at once by the in-memory transport, which starts that many tasks for every
/// message.</param>
public sealed record BusQueue<TConsumer>(string Name, string Exchange, int Concurrency) : IBusQueue
    where TConsumer : class, IMessageConsumer
{
    /// <summary>The topic pattern of the routing keys that the queue receives.</summary>
    public string Binding { get; init; } = "#";

    /// <summary>The number of unacknowledged messages that the broker delivers; all of them are handled at once.</summary>
    public ushort Prefetch { get; init; } = 500;

    /// <summary>Whether the queue has one active consumer at a time, with others on standby.</summary>
    public bool SingleActiveConsumer { get; init; }

    /// <summary>Whether the queue is read only after a call to <see cref="IBusTransport.OpenAsync"/>.</summary>
    public bool IsOpenedOnDemand { get; init; }

    /// <summary>
    /// Whether each process that reads it has a queue of its own, which the broker deletes half a minute after that process has ended. So a
    /// process that hangs takes no message away from the one that takes over. For a reader that gets from elsewhere what it misses.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <inheritdoc/>
    public string NameOnBroker => IsOwn ? OwnQueues.NameOf(Name) : Name;

    /// <summary>
    /// Whether the broker may drop messages: the oldest of a full queue, and those that cannot be handled. For a reader that gets from
    /// elsewhere what it misses. A queue that keeps everything refuses new messages once it is full, which stops their publisher.
    /// </summary>
    public bool MayDropMessages { get; init; }

    void IBusQueue.AddConsumer(IServiceCollection services) => services.TryAddSingleton<TConsumer>();

    IMessageConsumer IBusQueue.GetConsumer(IServiceProvider services) => services.GetRequiredService<TConsumer>();
}

/// <summary>A queue, independent of the type of its consumer.</summary>
public interface IBusQueue
{
    /// <inheritdoc cref="BusQueue{TConsumer}.Name"/>
    string Name { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Exchange"/>
    string Exchange { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Binding"/>
    string Binding { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Concurrency"/>
    int Concurrency { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Prefetch"/>
    ushort Prefetch { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.SingleActiveConsumer"/>
    bool SingleActiveConsumer { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.IsOpenedOnDemand"/>
    bool IsOpenedOnDemand { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.IsOwn"/>
    bool IsOwn { get; }

    /// <summary>The queue's name on the broker: where it is this process's own, with a suffix of its newest opening.</summary>
    string NameOnBroker { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.MayDropMessages"/>
    bool MayDropMessages { get; }

    /// <summary>Whether what cannot be handled is kept as a dead letter. The process needs the right to dead letters then.</summary>
    internal bool HasDeadLetters => !MayDropMessages && !IsOwn;

    internal void AddConsumer(IServiceCollection services);

    /// <summary>The consumer. It may publish, so it exists only after the transport.</summary>
    internal IMessageConsumer GetConsumer(IServiceProvider services);
}

/// <summary>The queues that a process has for itself alone.</summary>
public static class OwnQueues
{
    /// <summary>What follows the name of such a queue, as a regular expression for the broker's rights and policies.</summary>
    public const string SuffixPattern = "-[0-9a-f]{8}";

    private static readonly ConcurrentDictionary<string, string> NamesOnBroker = new(StringComparer.Ordinal);

    internal static string NameOf(string name) => NamesOnBroker.GetOrAdd(name, NewName);

    /// <summary>
    /// Gives the queue another name before it is opened: the former one may be on a node of the broker that is lost, where it can be
    /// neither read nor declared.
    /// </summary>
    internal static void Rename(IBusQueue queue)
    {
        if (queue.IsOwn)
        {
            NamesOnBroker[queue.Name] = NewName(queue.Name);
        }
    }

    private static string NewName(string name) => $"{name}-{Guid.NewGuid().ToString("N")[..8]}";
}
