using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>From a process that goes on reading it, by either library, and back.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_queue_that_is_taken_over(WireDeployment wire)
{
    private const string Queue = "xilin.test.taken";

    private readonly BusQueue<Collecting> _queue = new BusQueue<Collecting>(Queue, Exchanges.Replay, Concurrency: 1)
    {
        Binding = "test.taken",
        Prefetch = 10,
        SingleActiveConsumer = true,
        IsOpenedOnDemand = true,
        IsTakenOver = true,
    };

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Is_read_by_the_new_process_alone_and_the_former_one_may_take_it_back(BusLibrary library)
    {
        await using var first = await TestBus.StartAsync(wire, library, _queue);
        await using var second = await TestBus.StartAsync(wire, library, _queue);
        try
        {
            await OpenAsync(first);
            await AssertReadByAsync(first, "1");

            await OpenAsync(second);
            await Eventually.IsTrueAsync(() => Task.FromResult(!first.GetRequiredService<QueueOpener>().IsOpen(_queue)));
            await AssertReadByAsync(second, "2");

            // One that read it again by itself would be next in line.
            await second.GetRequiredService<QueueOpener>().CloseAsync(_queue);
            await SendAsync(second, "3");
            await Task.Delay(500);
            Assert.DoesNotContain("3", first.GetRequiredService<Collecting>().Texts);

            await OpenAsync(first);
            await Eventually.IsTrueAsync(() => Task.FromResult(first.GetRequiredService<Collecting>().Texts.Contains("3")));
            await first.GetRequiredService<QueueOpener>().CloseAsync(_queue);
            Assert.False(first.GetRequiredService<QueueOpener>().IsOpen(_queue));
            await OpenAsync(second);
            await AssertReadByAsync(second, "4");
        }
        finally
        {
            await TestBus.StopAsync(first);
            await TestBus.StopAsync(second);
            await using var admin = await wire.Broker.ConnectAsync("administrator");
            await using var channel = await admin.CreateChannelAsync();
            await channel.QueueDeleteAsync(_queue.Name, ifUnused: false, ifEmpty: false);
        }
    }

    private async Task OpenAsync(ServiceProvider services)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await services.GetRequiredService<QueueOpener>().OpenAsync(_queue, timeout.Token);
    }

    private static async Task AssertReadByAsync(ServiceProvider services, string text)
    {
        await SendAsync(services, text);
        await Eventually.IsTrueAsync(() => Task.FromResult(services.GetRequiredService<Collecting>().Texts.Contains(text)));
    }

    private static Task SendAsync(ServiceProvider services, string text) =>
        services.GetRequiredService<IBusTransport>().SendAsync(
            new OutgoingMessage
            {
                Exchange = OutgoingMessage.DefaultExchange,
                RoutingKey = Queue,
                Body = Encoding.UTF8.GetBytes(text),
                MustArrive = true,
            },
            CancellationToken.None);

    internal sealed class Collecting : IMessageConsumer
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            Texts.Enqueue(Encoding.UTF8.GetString(message.Body));
            return Task.CompletedTask;
        }
    }
}
