using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary.Transports;

/// <summary>
/// One connection: publishes with confirms, and consumes receipts from the direct reply queue and the office's own queue.
/// </summary>
internal sealed class AmqpChannel : IAsyncDisposable
{
    // RabbitMQ's own pseudo-queue: it lives as long as the channel, and no other user can read it.
    private const string DirectReply = "amq.rabbitmq.reply-to";

    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly string _user;

    private AmqpChannel(IConnection connection, IChannel publishing, string user) =>
        (_connection, _publishing, _user) = (connection, publishing, user);

    public bool IsOpen => _publishing.IsOpen;

    /// <param name="broker">The broker, and the user.</param>
    /// <param name="onReceipts">Takes a body of receipts, and the id of the submission where the broker tells it; a receipt is acknowledged
    /// when it returns.</param>
    /// <param name="onClosed">Called when the channel is gone.</param>
    /// <param name="consumesReceiptQueue">Whether the office's own queue is read as well, which has receipts of earlier processes.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<AmqpChannel> OpenAsync(
        BrokerConnectionSettings broker, Action<byte[], string?> onReceipts, Action onClosed, bool consumesReceiptQueue,
        CancellationToken cancellationToken)
    {
        var connection = await broker.ConnectAsync(cancellationToken);
        try
        {
            var publishing = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                cancellationToken);
            publishing.ChannelShutdownAsync += (_, _) =>
            {
                onClosed();
                return Task.CompletedTask;
            };
            var replies = new AsyncEventingBasicConsumer(publishing);
            replies.ReceivedAsync += (_, delivery) =>
            {
                onReceipts(delivery.Body.ToArray(), delivery.BasicProperties.CorrelationId);
                return Task.CompletedTask;
            };
            await publishing.BasicConsumeAsync(DirectReply, autoAck: true, replies, cancellationToken);
            if (consumesReceiptQueue)
            {
                await ConsumeReceiptQueueAsync(connection, Queues.ReceiptsOf(broker.User), onReceipts, cancellationToken);
            }

            return new AmqpChannel(connection, publishing, broker.User);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the broker has confirmed it.</summary>
    /// <exception cref="OperationInterruptedException">The broker refuses it, or the connection is gone.</exception>
    /// <exception cref="PublishException">The broker did not take it.</exception>
    public async Task PublishAsync(SubmissionMessage message, string routingKey, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Type = nameof(SubmitIndicators),
            MessageId = message.Id.ToString("D"),
            CorrelationId = message.Id.ToString("D"),
            ReplyTo = DirectReply,

            // The broker compares it with the connection's user: so the service knows who sent the message.
            UserId = _user,
        };
        await _publishing.BasicPublishAsync(Exchanges.Intake, routingKey, mandatory: true, properties, message.Body, cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Receipts of submissions that an earlier process sent. Staff and tests may have no such queue.
    private static async Task ConsumeReceiptQueueAsync(
        IConnection connection, string queue, Action<byte[], string?> onReceipts, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            await channel.BasicQosAsync(0, 100, false, cancellationToken);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                onReceipts(delivery.Body.ToArray(), null);

                // The handler has stored it, or its sender still waits for it on the direct reply queue.
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode is 403 or 404)
        {
            await channel.DisposeAsync();
        }
    }
}
