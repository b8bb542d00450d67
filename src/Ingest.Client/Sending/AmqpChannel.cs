using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>One connection: publishes with confirms, and hears receipts on the direct reply queue and on the office's own.</summary>
internal sealed class AmqpChannel : IAsyncDisposable
{
    // RabbitMQ's own: it lives as long as the channel, and no other user can read it.
    private const string DirectReply = "amq.rabbitmq.reply-to";

    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly string _user;

    private AmqpChannel(IConnection connection, IChannel publishing, string user) =>
        (_connection, _publishing, _user) = (connection, publishing, user);

    public bool IsOpen => _publishing.IsOpen;

    /// <param name="address">Where.</param>
    /// <param name="onReceipts">Takes a body of receipts, and the id of what was sent where the broker says it; when it returns the receipt
    /// is kept.</param>
    /// <param name="onClosed">Called when the channel is gone.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public static async Task<AmqpChannel> OpenAsync(
        BrokerConnectionSettings address, Action<byte[], string?> onReceipts, Action onClosed, CancellationToken cancellationToken)
    {
        var connection = await address.ConnectAsync(cancellationToken);
        try
        {
            var publishing =
                await connection.CreateChannelAsync(
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
            await ConsumeReceiptQueueAsync(connection, Queues.ReceiptsOf(address.User), onReceipts, cancellationToken);
            return new AmqpChannel(connection, publishing, address.User);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the broker has it safe.</summary>
    /// <exception cref="OperationInterruptedException">The broker refuses it, or the connection is gone.</exception>
    /// <exception cref="PublishException">The broker did not take it.</exception>
    public async Task PublishAsync(OutboxEntry entry, string routingKey, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Type = nameof(SubmitIndicators),
            MessageId = entry.Id.ToString("D"),
            CorrelationId = entry.Id.ToString("D"),
            ReplyTo = DirectReply,

            // The broker holds it against the connection's user: it is how the service knows who sent it.
            UserId = _user,
        };
        await _publishing.BasicPublishAsync(Exchanges.Intake, routingKey, mandatory: true, properties, Encoding.UTF8.GetBytes(entry.Body),
            cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Receipts of what was sent before a process of ours ended. Staff and tests may have no such queue.
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

                // What was heard is on disk, or its sender is still waiting for it on the direct queue.
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
