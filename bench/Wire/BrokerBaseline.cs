using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using XilinIngest.TestBrokers;

namespace XilinIngest.Bench.Wire;

/// <summary>
/// The throughput of the broker and its client library alone: durable queue, persistent bodies, publisher confirms, acknowledgements.
/// Bodies are not processed.
/// </summary>
internal sealed class BrokerBaseline(TestBroker broker, string type) : IAsyncDisposable
{
    private const int InFlight = 2000;
    private const ushort Prefetch = 500;
    private readonly string _queue = $"bench.bare.{type}";
    private IConnection? _sending;
    private IConnection? _receiving;

    public string Type => type;

    private string ReplyQueue => _queue + ".replies";

    /// <summary>Messages per second: first published and confirmed, then consumed from the queue, then both at the same time.</summary>
    public async Task<(double Publish, double Consume, double Both)> MeasureAsync(IReadOnlyList<byte[]> bodies)
    {
        _sending ??= await broker.ConnectAsync("bench bare publisher");
        _receiving ??= await broker.ConnectAsync("bench bare consumer");
        await using (var setup = await _sending.CreateChannelAsync())
        {
            foreach (var queue in new[] { _queue, ReplyQueue })
            {
                await setup.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                    new Dictionary<string, object?> { ["x-queue-type"] = type });
            }
        }

        return (await MeasureRateAsync(bodies, () => PublishAsync(bodies)),
            await MeasureRateAsync(bodies, () => ConsumeAsync(_queue, bodies.Count)),
            await MeasureRateAsync(bodies, () => Task.WhenAll(ConsumeAsync(_queue, bodies.Count), PublishAsync(bodies))));
    }

    /// <summary>
    /// Messages per second on the path of a submission: published and confirmed, consumed from the queue, answered with a confirm through a
    /// second queue, acknowledged.
    /// </summary>
    public async Task<double> MeasureTwoHopsAsync(IReadOnlyList<byte[]> bodies)
    {
        await using var requests = await _receiving!.CreateChannelAsync();
        await using var replies = await ConfirmedChannelAsync(_receiving!);
        await requests.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(requests);
        var answers = new List<Task>(bodies.Count);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            answers.Add(AnswerAsync(delivery.Body.ToArray(), delivery.DeliveryTag));
            return Task.CompletedTask;
        };
        var answering = await requests.BasicConsumeAsync(_queue, autoAck: false, consumer);
        var rate = await MeasureRateAsync(bodies, () => Task.WhenAll(ConsumeAsync(ReplyQueue, bodies.Count), PublishAsync(bodies)));

        // The last acknowledgements may be under way; one that is sent on a closed channel would end the connection.
        await Task.WhenAll(answers);
        await requests.BasicCancelAsync(answering);
        return rate;

        async Task AnswerAsync(byte[] body, ulong tag)
        {
            await replies.BasicPublishAsync("", ReplyQueue, mandatory: true, new BasicProperties { Persistent = true }, body);
            await requests.BasicAckAsync(tag, multiple: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sending is not null && _receiving is not null)
        {
            await using (var end = await _sending.CreateChannelAsync())
            {
                await end.QueueDeleteAsync(_queue);
                await end.QueueDeleteAsync(ReplyQueue);
            }

            await _sending.DisposeAsync();
            await _receiving.DisposeAsync();
        }
    }

    private static async Task<double> MeasureRateAsync(IReadOnlyList<byte[]> bodies, Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return bodies.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task PublishAsync(IReadOnlyList<byte[]> bodies)
    {
        await using var channel = await ConfirmedChannelAsync(_sending!);
        await BoundedPublisher.SendAllAsync(bodies, InFlight,
            body => channel.BasicPublishAsync("", _queue, mandatory: true, new BasicProperties { Persistent = true }, body));
    }

    /// <summary>Creates a channel with confirms. The limit replaces the library's default of 128 unconfirmed messages.</summary>
    internal static Task<IChannel> ConfirmedChannelAsync(IConnection connection) => connection.CreateChannelAsync(new CreateChannelOptions(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
        outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(InFlight * 2)));

    private async Task ConsumeAsync(string queue, int count)
    {
        await using var channel = await _receiving!.CreateChannelAsync();
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            if (--count == 0)
            {
                done.TrySetResult();
            }
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await done.Task;
    }
}

internal static class BoundedPublisher
{
    /// <summary>Sends bodies with a bounded number in flight. Returns when the last is confirmed.</summary>
    public static async Task SendAllAsync(IReadOnlyList<byte[]> bodies, int inFlight, Func<byte[], ValueTask> send)
    {
        var underWay = new Queue<Task>(inFlight);
        foreach (var body in bodies)
        {
            if (underWay.Count == inFlight)
            {
                await underWay.Dequeue();
            }

            underWay.Enqueue(send(body).AsTask());
        }

        await Task.WhenAll(underWay);
    }
}
