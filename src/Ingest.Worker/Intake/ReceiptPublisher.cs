using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Worker.Intake;

/// <summary>Gives receipts to whom they belong: under the sender's name on the receipts' exchange, and to where the sender asked, if that is its own.</summary>
internal sealed class ReceiptPublisher(MessagePublisher publisher, QueueSender queueSender, ILogger<ReceiptPublisher> logger)
{
    private const string DirectReplyPrefix = "amq.rabbitmq.reply-to.";

    // By user, of whom the broker has so many.
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

    // A receipt that no queue takes is in the ledger all the same, and comes once more where the submission does.
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
                logger.LogWarning("There is no queue {Queue}: the receipts of {User} go to no one, though they are in the ledger. Make it with xilin-admin broker, and import its definitions; the same submissions sent again bring them back.", Queues.ReceiptsOf(user), user);
            }
        }
    }

    /// <summary>Where a reply may go: to the connection that asks for it, or to the sender's own receipts. Anywhere else the worker would write for it.</summary>
    internal static string? AllowedReplyQueue(DeliveryInfo delivery) => delivery.ReplyTo is { } queue
        && (queue.StartsWith(DirectReplyPrefix, StringComparison.Ordinal) || (delivery.Sender is { } sender && queue == Queues.ReceiptsOf(sender))) ? queue : null;
}
