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
    // A pseudo-queue of RabbitMQ. It lives as long as the channel, and no other user can read it.
    private const string DirectReply = "amq.rabbitmq.reply-to";

    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly string _user;

    private AmqpChannel(IConnection connection, IChannel publishing, string user) =>
        (_connection, _publishing, _user) = (connection, publishing, user);

    public bool IsOpen => _publishing.IsOpen;

    /// <param name="broker">The broker, and the user.</param>
    /// <param name="onReceipts">Receives a body of receipts, and the id of the submission if the broker passes it. A receipt is
    /// acknowledged when the call returns.</param>
    /// <param name="onClosed">Called when the channel is closed.</param>
    /// <param name="consumesReceiptQueue">Whether the office's own queue, which has receipts of earlier processes, is also read.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
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

    /// <summary>Completes when the broker has confirmed the message.</summary>
    /// <exception cref="OperationInterruptedException">The broker refuses the message, or the connection is lost.</exception>
    /// <exception cref="PublishException">The broker did not accept the message.</exception>
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

            // The broker compares it with the user of the connection, so the service knows the sender.
            UserId = _user,
            Headers = ClientTelemetry.Headers(),
        };
        await _publishing.BasicPublishAsync(Exchanges.Intake, routingKey, mandatory: true, properties, message.Body, cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Receipts of submissions that an earlier process sent. Staff users and test users may have no such queue.
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

                // The handler has stored the receipt, or its sender still waits for it on the direct reply queue.
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
