using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace XilinIngest.Messaging;

/// <summary>A permanent refusal by the broker.</summary>
/// <param name="Queue">The queue concerned.</param>
/// <param name="Reason">The broker's message.</param>
public sealed record QueueDeclarationError(IBusQueue Queue, string Reason)
{
    private const ushort AccessRefused = 403;
    private const ushort NotFound = 404;
    private const ushort PreconditionFailed = 406;

    /// <summary>
    /// Declares and binds each queue as the bus does, and stops at the first refusal: a missing right (403), or an existing queue with
    /// other arguments (406). The bus would retry these without end.
    /// </summary>
    internal static async Task<QueueDeclarationError?> FindFirstAsync(
        IConnection connection, IEnumerable<IBusQueue> queues, CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            if (await FindAsync(connection, queue, DeclareAsync, cancellationToken) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    // One of the process's own would fill until it is read.
    private static async Task DeclareAsync(IChannel channel, IBusQueue queue, CancellationToken cancellationToken)
    {
        await RabbitTopology.DeclareAsync(channel, queue, cancellationToken);
        if (queue.IsOwn)
        {
            await channel.QueueDeleteAsync(queue.NameOnBroker, ifUnused: true, ifEmpty: false, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Declares those of the queues that exist, without exchange and binding, so that nothing changes.</summary>
    internal static async Task<QueueDeclarationError?> FindAmongExistingAsync(
        IConnection connection, IEnumerable<IBusQueue> queues, CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            if (await ExistsAsync(connection, queue.Name, cancellationToken)
                && await FindAsync(connection, queue, RabbitTopology.DeclareQueueAsync, cancellationToken) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async Task<QueueDeclarationError?> FindAsync(
        IConnection connection, IBusQueue queue, Func<IChannel, IBusQueue, CancellationToken, Task> declareAsync,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await declareAsync(channel, queue, cancellationToken);
            return null;
        }
        catch (OperationInterruptedException exception)
        when (exception.ShutdownReason is { ReplyCode: AccessRefused or PreconditionFailed } reason)
        {
            return new QueueDeclarationError(queue, reason.ReplyText);
        }
    }

    /// <summary>Whether a queue exists. The check needs no right.</summary>
    internal static async Task<bool> ExistsAsync(IConnection connection, string queue, CancellationToken cancellationToken) =>
        await FindAsync(connection, queue, cancellationToken) is not null;

    /// <summary>What the broker says of queues; those that it does not have are left out. It needs no right.</summary>
    internal static async Task<List<QueueFigures>> ReadFiguresAsync(
        IConnection connection, IEnumerable<string> queues, CancellationToken cancellationToken)
    {
        var found = new List<QueueFigures>();
        foreach (var queue in queues)
        {
            if (await FindAsync(connection, queue, cancellationToken) is { } answer)
            {
                found.Add(new(queue, answer.MessageCount, answer.ConsumerCount));
            }
        }

        return found;
    }

    private static async Task<QueueDeclareOk?> FindAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            return await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: NotFound or AccessRefused })
        {
            return null;
        }
    }
}
