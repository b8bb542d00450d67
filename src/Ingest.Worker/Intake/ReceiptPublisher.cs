using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Publishes receipts under the sender's name on the receipts' exchange, and to the reply address, if it belongs to the sender.
/// </summary>
internal sealed class ReceiptPublisher(MessagePublisher publisher, QueueSender queueSender, ILogger<ReceiptPublisher> logger)
{
    private const string DirectReplyPrefix = "amq.rabbitmq.reply-to.";

    // One key for each user of the broker.
    private readonly ConcurrentDictionary<string, bool> _usersWithoutQueue = [];

    public async Task PublishReceiptAsync<T>(ConsumeContext context, DeliveryInfo? delivery, T answer)
        where T : class
    {
        var sender = delivery?.Sender;
        if (delivery is null || sender is not null)
        {
            await PublishToUserAsync(sender ?? SenderIdentity.Local.Name, answer, context.CancellationToken);
        }

        if (delivery is not null && AllowedReplyQueue(delivery) is { } queue)
        {
            await queueSender.SendAsync(queue, answer, mustArrive: false, delivery.CorrelationId, [], context.CancellationToken);
        }
    }

    // A receipt that no queue takes is still in the ledger; it is sent again when the submission is.
    private async Task PublishToUserAsync(string user, object answer, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(answer, user, cancellationToken, mustArrive: true);
            _usersWithoutQueue.TryRemove(user, out _);
        }
        catch (MessageReturnedException)
        {
            if (_usersWithoutQueue.TryAdd(user, true))
            {
                logger.LogWarning(
                    "The queue {Queue} does not exist: the receipts of {User} are in the ledger but are not delivered. Create the queue "
                    + "with xilin-admin broker and import its definitions; sending the same submissions again delivers them.",
                    Queues.ReceiptsOf(user), user);
            }
        }
    }

    /// <summary>
    /// A reply may go to the connection that asks for it, or to the sender's own receipts. Elsewhere the worker would write with its own
    /// rights.
    /// </summary>
    internal static string? AllowedReplyQueue(DeliveryInfo delivery) => delivery.ReplyTo is { } queue
        && (queue.StartsWith(DirectReplyPrefix, StringComparison.Ordinal)
            || (delivery.Sender is { } sender && queue == Queues.ReceiptsOf(sender))) ? queue : null;
}
