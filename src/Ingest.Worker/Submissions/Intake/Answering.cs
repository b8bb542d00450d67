using MassTransit;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Gives receipts to whom they belong: under the sender's name on the receipts' exchange, and to where the sender asked, if that is its own.</summary>
internal sealed class Answering(Publisher publisher, QueuePost post)
{
    private const string DirectReply = "amq.rabbitmq.reply-to.";

    public async Task AnswerAsync<T>(ConsumeContext context, Arrival? arrival, T answer)
        where T : class
    {
        var sender = arrival?.Sender;
        if (arrival is null || sender is not null)
        {
            await publisher.PublishAsync(answer, sender ?? Sender.Local.Name, context.CancellationToken);
        }

        if (arrival is not null && ReplyQueue(arrival) is { } queue)
        {
            await post.SendAsync(queue, answer, mustArrive: false, arrival.CorrelationId, [], context.CancellationToken);
        }
    }

    /// <summary>Where a reply may go: to the connection that asks for it, or to the sender's own receipts. Anywhere else the worker would write for it.</summary>
    internal static string? ReplyQueue(Arrival arrival) => arrival.ReplyTo is { } queue
        && (queue.StartsWith(DirectReply, StringComparison.Ordinal) || (arrival.Sender is { } sender && queue == Queues.ReceiptsOf(sender))) ? queue : null;
}
