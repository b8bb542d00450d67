using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>
/// Before the services that send on it, as when a host stops. An aggregator that asked for rows just then ended its host with a
/// fault of the library's.
/// </summary>
[Collection(nameof(WireDeployment))]
public sealed class A_bus_that_has_stopped(WireDeployment wire)
{
    private const string Queue = "xilin.test.stopped";

    [Fact]
    public async Task Faults_nobody_who_sends_until_he_is_stopped_too_inside_the_process()
    {
        await using var services = new ServiceCollection().AddLogging().AddMetrics()
            .AddInMemoryBus(new BusQueue<Ignoring>(Queue, "xilin.test", 1)).BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        await AssertNoneFailsAsync(services);
    }

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Faults_nobody_who_sends_until_he_is_stopped_too(BusLibrary library)
    {
        await using var services = await TestBus.StartAsync(wire, library, new BusQueue<Ignoring>(Queue, "xilin.test", 1));
        await AssertNoneFailsAsync(services);
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
    }

    private static async Task AssertNoneFailsAsync(ServiceProvider services)
    {
        var publisher = services.GetRequiredService<MessagePublisher>();
        using var stopping = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(_ => Task.Run(() => SendUntilAsync(publisher, stopping.Token))).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        await TestBus.StopAsync(services);
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        await stopping.CancelAsync();
        await Task.WhenAll(senders);
    }

    private static async Task SendUntilAsync(MessagePublisher publisher, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await publisher.PublishBodyAsync("xilin.test", "key", "nothing", "1"u8.ToArray(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // As a service ends that waits for the broker.
        }
    }

    private sealed class Ignoring : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
