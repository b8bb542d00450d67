using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;

namespace XilinIngest.Bench.Wire;

/// <summary>The district's office: it may submit for every unit below it, and reads its receipts and the rankings.</summary>
internal sealed class BenchOffice : IAsyncDisposable
{
    public const string Code = "320400000000";
    private const string Results = "bench.results";

    private readonly IConnection _connection;
    private readonly IChannel _sending;
    private readonly ConcurrentDictionary<long, long> _rankedAt = new();
    private long _receipts;
    private long _refused;
    private long _last;

    private BenchOffice(IConnection connection, IChannel sending) => (_connection, _sending) = (connection, sending);

    /// <summary>Called for each receipt as it arrives.</summary>
    public Action<SubmissionReceipt>? OnReceipt { get; set; }

    /// <summary>For each ledger row, when the first ranking that it changed arrived.</summary>
    public IReadOnlyDictionary<long, long> FirstRankingTimes => _rankedAt;

    public bool RecordsRankings { get; set; }

    public long Receipts => Interlocked.Read(ref _receipts);

    public long LastSequence => Interlocked.Read(ref _last);

    public static async Task<BenchOffice> ConnectAsync(Uri address)
    {
        var connection = await TestBroker.ConnectAsync(address, "bench office");
        var office = new BenchOffice(connection, await BrokerBaseline.ConfirmedChannelAsync(connection));
        await using (var setup = await connection.CreateChannelAsync())
        {
            foreach (var exchange in new[] { Exchanges.Receipts, Exchanges.Results })
            {
                await setup.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, autoDelete: false);
            }

            await setup.QueueDeclareAsync(Queues.ReceiptsOf(Code), durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await setup.QueueBindAsync(Queues.ReceiptsOf(Code), Exchanges.Receipts, Code);
            await setup.QueueDeclareAsync(Results, durable: false, exclusive: true, autoDelete: true);
            await setup.QueueBindAsync(Results, Exchanges.Results, "#");
        }

        await office.ConsumeAsync(Queues.ReceiptsOf(Code), office.TakeReceipts);
        await office.ConsumeAsync(Results, office.TakeResult);
        return office;
    }

    /// <summary>Sends a body. Returns when the broker has confirmed it.</summary>
    public ValueTask SendAsync(byte[] body) => _sending.BasicPublishAsync(
        Exchanges.Intake, "32.04", mandatory: true,
        new BasicProperties { UserId = Code, Persistent = true, ContentType = "application/json" }, body);

    /// <summary>Waits until the given number of receipts has arrived since a count.</summary>
    public async Task WaitForReceiptsAsync(long before, long count)
    {
        for (var (since, seen) = (Stopwatch.StartNew(), Receipts); Receipts - before < count; await Task.Delay(1))
        {
            if (Receipts != seen)
            {
                seen = Receipts;
                since.Restart();
            }

            if (since.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"{Receipts - before:N0} receipts of {count:N0} came, and none for a minute.");
            }
        }

        if (_refused > 0)
        {
            throw new InvalidOperationException($"{_refused} submissions were refused. The figures would be those of refusals.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sending.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ConsumeAsync(string queue, Action<IReadOnlyBasicProperties, ReadOnlyMemory<byte>> take)
    {
        // Each consumer has its own channel, so that receipts do not wait for results.
        var channel = await _connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 500, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            take(delivery.BasicProperties, delivery.Body);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    private void TakeReceipts(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        foreach (var receipt in SubmissionReceiptPack.Parse(body.Span))
        {
            OnReceipt?.Invoke(receipt);
            Interlocked.Exchange(ref _last, Math.Max(_last, receipt.Sequence));
            if (receipt.Verdict == Verdict.Refused)
            {
                Interlocked.Increment(ref _refused);
            }

            Interlocked.Increment(ref _receipts);
        }
    }

    private void TakeResult(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (RecordsRankings && properties.Type == nameof(RankingPublished))
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var row in JsonSerializer.Deserialize<RankingPublished>(body.Span, WireFormat.Options)!.Cause)
            {
                _rankedAt.TryAdd(row, now);
            }
        }
    }
}
