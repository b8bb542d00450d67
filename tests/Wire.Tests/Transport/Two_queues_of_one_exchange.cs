using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>As a process has that runs two partitions: each reads the sums that are for it.</summary>
[Collection(nameof(WireDeployment))]
public sealed class Two_queues_of_one_exchange(WireDeployment wire)
{
    private readonly IBusQueue[] _queues = [Queue("one"), Queue("two")];

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Are_read_by_one_process_that_is_healthy_all_the_time(BusLibrary library)
    {
        await using var services = await TestBus.StartAsync(wire, library, _queues);
        try
        {
            var (transport, opener) = (services.GetRequiredService<IBusTransport>(), services.GetRequiredService<QueueOpener>());
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            foreach (var queue in _queues)
            {
                await opener.OpenAsync(queue, timeout.Token);
                Assert.True(transport.IsConnected);
            }

            await opener.CloseAsync(_queues[0]);
            Assert.True(transport.IsConnected);
            await opener.OpenAsync(_queues[0], timeout.Token);
            Assert.True(transport.IsConnected);
        }
        finally
        {
            await TestBus.StopAsync(services);
            await using var admin = await wire.Broker.ConnectAsync("administrator");
            await using var channel = await admin.CreateChannelAsync();
            foreach (var queue in _queues)
            {
                await channel.QueueDeleteAsync(queue.Name, ifUnused: false, ifEmpty: false);
            }
        }
    }

    private static BusQueue<Ignoring> Queue(string name) => new($"xilin.test.{name}", Exchanges.Replay, Concurrency: 1)
    {
        Binding = $"test.{name}",
        Prefetch = 10,
        SingleActiveConsumer = true,
        IsOpenedOnDemand = true,
        IsTakenOver = true,
    };

    internal sealed class Ignoring : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
