using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, ReceiptBatcher> _batchers = [];

    /// <summary>Completes when the broker has confirmed the receipts of a message.</summary>
    /// <param name="delivery">How it came; null: inside the process.</param>
    /// <param name="receipts">The receipts of its submissions.</param>
    /// <param name="isPack">Whether it was a pack, which is answered by a pack.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PublishReceiptsAsync(
        DeliveryInfo? delivery, IReadOnlyList<SubmissionReceipt> receipts, bool isPack, CancellationToken cancellationToken)
    {
        var sender = delivery?.Sender;
        if (delivery is null || sender is not null)
        {
            await BatcherOf(sender ?? SenderIdentity.Local.Name).PublishAsync(receipts, isPack, cancellationToken);
        }

        if (delivery is not null && AllowedReplyQueue(delivery) is { } queue)
        {
            foreach (var message in ReceiptBatcher.MessagesOf(receipts, isPack))
            {
                await queueSender.SendAsync(queue, message, mustArrive: false, delivery.CorrelationId, headers: null, cancellationToken);
            }
        }
    }

    private ReceiptBatcher BatcherOf(string user) =>
        _batchers.GetOrAdd(user, user => new ReceiptBatcher((message, token) => PublishToUserAsync(user, message, token)));

    // A receipt that no queue takes is still in the ledger; it is sent again when the submission is.
    private async Task PublishToUserAsync(string user, object answer, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(answer, ReceiptJson.Write(answer), user, mustArrive: true, cancellationToken);
            _usersWithoutQueue.TryRemove(user, out _);
        }
        catch (UnroutableMessageException)
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
