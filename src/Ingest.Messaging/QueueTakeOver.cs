using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>Takes a queue from the process that reads it.</summary>
internal static class QueueTakeOver
{
    // The broker notices the end of a killed process at once, and that of a process that closes the queue.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // The broker (RabbitMQ 3.10) does not tell a reader of the end of a quorum queue that is declared again at once.
    private static readonly TimeSpan DeletionTime = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Deletes the queue if another process goes on reading it: one that hangs or cannot reach its database keeps its connection, and would
    /// receive every message for as long. The broker tells that process that its reading has ended.
    /// </summary>
    /// <returns>Whether the queue was deleted.</returns>
    public static async Task<bool> DeleteIfReadAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        for (var left = Grace; await IsReadAsync(connection, queue, cancellationToken); left -= PollInterval)
        {
            if (left <= TimeSpan.Zero)
            {
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
                await Task.Delay(DeletionTime, TimeProvider.System, cancellationToken);
                return true;
            }

            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    private static async Task<bool> IsReadAsync(IConnection connection, string queue, CancellationToken cancellationToken) =>
        (await QueueDeclarationError.ReadFiguresAsync(connection, [queue], cancellationToken)).Any(found => found.Consumers > 0);
}
