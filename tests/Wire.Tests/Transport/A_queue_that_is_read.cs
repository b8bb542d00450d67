using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>By either library, from messages that are handled at once, done in another order, and in part only at the second try.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_queue_that_is_read(WireDeployment wire)
{
    private const string Queue = "xilin.test.read";
    private const int Count = 300;

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Gives_each_message_once_and_again_what_failed(BusLibrary library)
    {
        await using var services = await StartAsync(library);
        var (consumer, transport) = (services.GetRequiredService<UnevenConsumer>(), services.GetRequiredService<IBusTransport>());
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => transport.SendAsync(MessageFor(Queue, i), CancellationToken.None)));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(consumer.Done.Count == Count), () => $"{consumer.Done.Count} of {Count} are done.");
        await TestBus.StopAsync(services);

        Assert.All(consumer.Deliveries, message => Assert.Equal(UnevenConsumer.FailsAtFirst(message.Key) ? 2 : 1, message.Value));
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();

        // What was not acknowledged is back in the queue after the stop.
        Assert.Equal(0u, await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false));
    }

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Takes_what_is_sent_beside_a_message_that_no_queue_takes(BusLibrary library)
    {
        await using var services = await StartAsync(library);
        var transport = services.GetRequiredService<IBusTransport>();
        var sent = Enumerable.Range(0, Count)
            .Select(i => transport.SendAsync(MessageFor(i == 40 ? "xilin.test.missing" : Queue, i), CancellationToken.None)).ToList();
        await Assert.ThrowsAsync<UnroutableMessageException>(() => sent[40]);
        await Task.WhenAll(sent.Where((_, i) => i != 40));
        await TestBus.StopAsync(services);
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
    }

    /// <summary>As an aggregator reads two partitions.</summary>
    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Leaves_the_bus_healthy_beside_another_of_the_same_exchange(BusLibrary library)
    {
        await using var services = await TestBus.StartAsync(wire, library,
            new BusQueue<UnevenConsumer>($"{Queue}.beside.1", Exchanges.Replay, Concurrency: 1) { Binding = "test1", Prefetch = 100 },
            new BusQueue<UnevenConsumer>($"{Queue}.beside.2", Exchanges.Replay, Concurrency: 1) { Binding = "test2", Prefetch = 100 });
        var (consumer, transport) = (services.GetRequiredService<UnevenConsumer>(), services.GetRequiredService<IBusTransport>());
        foreach (var (key, number) in new[] { ("test1", 0), ("test2", 1) })
        {
            await transport.SendAsync(
                MessageFor(key, number) with { Exchange = Exchanges.Replay }, CancellationToken.None);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(consumer.Done.Count == 2), () => $"{consumer.Done.Count} of 2 are done.");
        Assert.True(transport.IsConnected);
        Assert.All(consumer.Deliveries.Values, deliveries => Assert.Equal(1, deliveries));
        await TestBus.StopAsync(services);
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeleteAsync($"{Queue}.beside.1", ifUnused: false, ifEmpty: false);
        await channel.QueueDeleteAsync($"{Queue}.beside.2", ifUnused: false, ifEmpty: false);
    }

    private Task<ServiceProvider> StartAsync(BusLibrary library) => TestBus.StartAsync(
        wire, library, new BusQueue<UnevenConsumer>(Queue, Exchanges.Replay, Concurrency: 1) { Binding = "test", Prefetch = 100 });

    private static OutgoingMessage MessageFor(string queue, int number) => new()
    {
        Exchange = OutgoingMessage.DefaultExchange,
        RoutingKey = queue,
        Body = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
        MustArrive = true,
    };

    internal sealed class UnevenConsumer : IMessageConsumer
    {
        public ConcurrentDictionary<int, int> Deliveries { get; } = [];

        public ConcurrentDictionary<int, bool> Done { get; } = [];

        public static bool FailsAtFirst(int number) => number % 7 == 3;

        public async Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            var number = int.Parse(message.Body, NumberStyles.None, CultureInfo.InvariantCulture);
            var delivery = Deliveries.AddOrUpdate(number, 1, (_, before) => before + 1);
            if (delivery == 1 && FailsAtFirst(number))
            {
                throw new InvalidOperationException("The first try of this message fails.");
            }

            await Task.Delay(number % 5 * 30, cancellationToken);
            Done[number] = true;
        }
    }
}
