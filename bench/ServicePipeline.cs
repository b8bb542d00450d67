using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Standalone;

namespace XilinIngest.Bench;

/// <summary>The one-process service as a user starts it, on a folder of its own. Bodies and receipts pass through the bus.</summary>
internal sealed class ServicePipeline : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MessagePublisher _publisher;
    private readonly BenchReceiptCounter _counter;
    private readonly ResultPartitions _partitions;

    private ServicePipeline(WebApplication app, BenchReceiptCounter counter)
    {
        _app = app;
        _publisher = app.Services.GetRequiredService<MessagePublisher>();
        _counter = counter;
        _partitions = app.Services.GetRequiredService<ResultPartitions>();
    }

    public CubeHost Host => _partitions.Top.Host;

    public ResultFeed Feed => _app.Services.GetRequiredService<ResultFeed>();

    /// <summary>Called for each receipt as it arrives.</summary>
    public Action<SubmissionReceipt>? OnReceipt
    {
        set => _counter.OnReceipt = value;
    }

    public static async Task<ServicePipeline> StartAsync(string folder)
    {
        var counter = new BenchReceiptCounter();
        var options =
            new StandaloneOptions
            {
                DataFolder = Path.Combine(folder, "data"),
                CatalogueFolder = Path.Combine(folder, "catalogue"),
                Port = 0
            };
        var app = StandaloneHost.Build(options, new BenchClock(), services => services.AddSingleton(counter),
            new BusQueue<BenchReceiptConsumer>("bench.receipts", Exchanges.Receipts, Concurrency: 64));
        await app.StartAsync();
        var pipeline = new ServicePipeline(app, counter);
        while (!pipeline._partitions.AreLoaded)
        {
            await Task.Delay(5);
        }

        return pipeline;
    }

    public Task SendAsync(byte[] body) => _publisher.PublishAsync(new IntakeMessage(body), routingKey: null, CancellationToken.None);

    /// <summary>
    /// Sends bodies with a bounded number in flight. Returns when every receipt has arrived and every result is published.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<byte[]> bodies, int perBody, int inFlight = 2000)
    {
        var before = _counter.Received;
        for (var i = 0; i < bodies.Count; i++)
        {
            while ((long)i * perBody - (_counter.Received - before) > inFlight)
            {
                await Task.Delay(1);
            }

            await SendAsync(bodies[i]);
        }

        while (_counter.Received - before < (long)bodies.Count * perBody || !_partitions.HaveApplied(_counter.LastSequences))
        {
            await Task.Delay(1);
        }

        if (_counter.Refused > 0)
        {
            throw new InvalidOperationException(
                $"{_counter.Refused} submissions were refused: {_counter.FirstRefusal}. The figures would be those of refusals.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class BenchClock : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly long _since = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(_since);
    }
}

internal sealed class BenchReceiptCounter
{
    private readonly ConcurrentDictionary<string, long> _last = [];
    private long _received;
    private long _refused;

    public long Received => Interlocked.Read(ref _received);

    public long Refused => Interlocked.Read(ref _refused);

    public IReadOnlyDictionary<string, long> LastSequences => _last;

    public string? FirstRefusal { get; private set; }

    public Action<SubmissionReceipt>? OnReceipt { get; set; }

    public void Add(SubmissionReceipt receipt)
    {
        OnReceipt?.Invoke(receipt);
        if (receipt.Verdict == Verdict.Refused && Interlocked.Increment(ref _refused) == 1)
        {
            FirstRefusal = receipt.Findings[0].MessageEn;
        }

        _last.AddOrUpdate(receipt.Partition ?? "", receipt.Sequence, (_, seen) => Math.Max(seen, receipt.Sequence));
        Interlocked.Increment(ref _received);
    }
}

/// <summary>
/// Consumes receipts as raw bodies, because single receipts and packs arrive on one exchange. The contract distinguishes them.
/// </summary>
internal sealed class BenchReceiptConsumer(BenchReceiptCounter counter) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        foreach (var receipt in SubmissionReceiptPack.Parse(message.Body))
        {
            counter.Add(receipt);
        }

        return Task.CompletedTask;
    }
}
