using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;

namespace XilinIngest.TestServices;

/// <summary>An office with a plain AMQP client: publishes with confirms, reads its own receipts.</summary>
internal sealed class AmqpOffice : IAsyncDisposable
{
    private static readonly TimeSpan ReceiptTimeout = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<BasicDeliverEventArgs> _receipts = new();
    private readonly ConcurrentQueue<BasicDeliverEventArgs> _replies = new();

    private AmqpOffice(string code, IConnection connection) => (Code, Connection) = (code, connection);

    internal string Code { get; }

    internal IConnection Connection { get; }

    internal IChannel Channel { get; private set; } = null!;

    /// <summary>All receipts so far, those of packs one by one.</summary>
    internal IEnumerable<JsonObject> Receipts => _receipts.SelectMany(ParseReceipts);

    internal IEnumerable<BasicDeliverEventArgs> Replies => _replies;

    /// <param name="address">The broker.</param>
    /// <param name="code">The office's code.</param>
    /// <param name="readsReceipts">Whether it takes its receipts; otherwise they stay in its queue.</param>
    internal static async Task<AmqpOffice> ConnectAsync(Uri address, string code, bool readsReceipts = true)
    {
        var office = new AmqpOffice(code, await TestBroker.ConnectAsync(address, code));
        office.Channel = await office.NewChannelAsync();
        if (!readsReceipts)
        {
            return office;
        }

        await Consume(office.Channel, Queues.ReceiptsOf(code), office._receipts, autoAck: true);
        await Consume(office.Channel, "amq.rabbitmq.reply-to", office._replies, autoAck: true);
        return office;
    }

    internal Task<IChannel> NewChannelAsync() =>
        Connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));

    internal Task SendAsync(JsonObject sheet, BasicProperties? properties = null, string? routingKey = null) =>
        SendAsync(Encoding.UTF8.GetBytes(sheet.ToJsonString()), properties, routingKey);

    /// <summary>Returns once the broker has confirmed it. By default as it should be: with the sender's name and path.</summary>
    internal Task SendAsync(byte[] body, BasicProperties? properties = null, string? routingKey = null) => Channel.BasicPublishAsync(
        Exchanges.Intake, routingKey ?? OfficeDefinitions.PathOf(Code), mandatory: true,
        properties ?? new BasicProperties { UserId = Code, Persistent = true }, body).AsTask();

    internal async Task<JsonObject> WaitForReceiptAsync(JsonObject sheet)
    {
        var id = (string)sheet["submissionId"]!;
        await Eventually.IsTrueAsync(() => Task.FromResult(Receipts.Any(receipt => (string?)receipt["submissionId"] == id)),
            seconds: (int)ReceiptTimeout.TotalSeconds);
        return Receipts.First(receipt => (string?)receipt["submissionId"] == id);
    }

    internal async Task<JsonObject> SubmitAsync(JsonObject sheet)
    {
        await SendAsync(sheet);
        return await WaitForReceiptAsync(sheet);
    }

    internal static async Task Consume(IChannel channel, string queue, ConcurrentQueue<BasicDeliverEventArgs> into, bool autoAck)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The body is the client's own memory, which it uses again.
            into.Enqueue(
                new BasicDeliverEventArgs(delivery.ConsumerTag, delivery.DeliveryTag, delivery.Redelivered, delivery.Exchange,
                    delivery.RoutingKey, new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck, consumer);
    }

    internal static IEnumerable<JsonObject> ParseReceipts(BasicDeliverEventArgs delivery)
    {
        var json = JsonNode.Parse(delivery.Body.Span)!.AsObject();
        return json["receipts"] is JsonArray pack ? pack.Select(receipt => receipt!.AsObject()) : [json];
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
