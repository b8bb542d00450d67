using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Messaging;
using XilinIngest.TestBrokers;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>
/// By either library: it was away for longer than a few attempts take. MassTransit alone tries every 3 s at first, then less often.
/// </summary>
[Collection(nameof(WireDeployment))]
public sealed class A_broker_that_comes_back(WireDeployment wire, ITestOutputHelper output)
{
    private const string Queue = "xilin.test.back";

    [Fact]
    public Task Is_found_within_seconds_by_who_reads_and_by_who_sends() => FindAsync(BusLibrary.MassTransit);

    [Fact, Trait("suite", "long")]
    public Task Is_found_by_RabbitMQ_Client_alone_too() => FindAsync(BusLibrary.RabbitClient);

    private async Task FindAsync(BusLibrary library)
    {
        await using var proxy = TcpProxy.InFrontOf(wire.Broker.Address);
        await using var services = await TestBus.StartAsync(
            new UriBuilder(wire.Broker.Address) { Port = proxy.Port }.Uri, library,
            new BusQueue<CountingConsumer>(Queue, "xilin.test", 1));
        var (consumer, publisher) = (services.GetRequiredService<CountingConsumer>(), services.GetRequiredService<QueueSender>());
        proxy.Refuse();
        var sending = SendAsync(publisher);
        await Task.Delay(TimeSpan.FromSeconds(12));
        Assert.False(sending.IsCompleted);

        proxy.Accept();
        var since = Stopwatch.StartNew();
        await sending;
        await Eventually.IsTrueAsync(() => Task.FromResult(consumer.Count == 1));
        output.WriteLine($"{library}: after {since.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await TestBus.StopAsync(services);
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
    }

    private static Task SendAsync(QueueSender sender) => sender.SendAsync(
        Queue, new IntakeMessage("1"u8.ToArray()), mustArrive: true, correlationId: null, headers: null, CancellationToken.None);

    private sealed class CountingConsumer : IMessageConsumer
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }
    }
}
