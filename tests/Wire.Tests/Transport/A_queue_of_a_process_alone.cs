using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>Beside those of other processes, by either library.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_queue_of_a_process_alone(WireDeployment wire)
{
    private const string Key = "test.own";

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Gets_every_message_whoever_else_reads_or_hangs(BusLibrary library)
    {
        var (one, other) = (Own($"xilin.test.one.{library}"), Own($"xilin.test.other.{library}"));
        await using var first = await TestBus.StartAsync(wire, library, one);
        await using var second = await TestBus.StartAsync(wire, library, other);
        await OpenAsync(first, one);
        await OpenAsync(second, other);
        await SendAsync(first, "1");
        await AssertReadAsync(first, "1");
        await AssertReadAsync(second, "1");

        // One that does not read, as one that hangs, holds up nobody.
        await first.GetRequiredService<QueueOpener>().CloseAsync(one);
        await SendAsync(second, "2");
        await AssertReadAsync(second, "2");
        Assert.DoesNotContain("2", first.GetRequiredService<Collecting>().Texts);

        await TestBus.StopAsync(first);
        await TestBus.StopAsync(second);
    }

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task That_is_deleted_is_known_to_have_ended_and_opened_anew(BusLibrary library)
    {
        var queue = Own($"xilin.test.deleted.{library}");
        await using var services = await TestBus.StartAsync(wire, library, queue);
        await OpenAsync(services, queue);
        await using (var admin = await wire.Broker.ConnectAsync("administrator"))
        await using (var channel = await admin.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(queue.NameOnBroker, ifUnused: false, ifEmpty: false);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(!services.GetRequiredService<QueueOpener>().IsOpen(queue)));
        await OpenAsync(services, queue);
        await SendAsync(services, "1");
        await AssertReadAsync(services, "1");
        await TestBus.StopAsync(services);
    }

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Loses_a_message_that_fails_and_gets_the_next(BusLibrary library)
    {
        var queue = Own($"xilin.test.failing.{library}");
        await using var services = await TestBus.StartAsync(wire, library, queue);
        await OpenAsync(services, queue);
        await SendAsync(services, Collecting.Failing);
        await SendAsync(services, "1");
        await AssertReadAsync(services, "1");
        await Task.Delay(300);
        Assert.Equal(1, services.GetRequiredService<Collecting>().Failed);
        await TestBus.StopAsync(services);
    }

    private static BusQueue<Collecting> Own(string name) => new(name, Exchanges.Receipts, Concurrency: 1)
    {
        Binding = Key,
        Prefetch = 10,
        IsOpenedOnDemand = true,
        IsOwn = true,
    };

    private static async Task OpenAsync(ServiceProvider services, IBusQueue queue)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await services.GetRequiredService<QueueOpener>().OpenAsync(queue, timeout.Token);
    }

    private static Task AssertReadAsync(ServiceProvider services, string text) =>
        Eventually.IsTrueAsync(() => Task.FromResult(services.GetRequiredService<Collecting>().Texts.Contains(text)));

    private static Task SendAsync(ServiceProvider services, string text) =>
        services.GetRequiredService<IBusTransport>().SendAsync(
            new OutgoingMessage
            {
                Exchange = Exchanges.Receipts,
                RoutingKey = Key,
                Body = Encoding.UTF8.GetBytes(text),
                MustArrive = true,
            },
            CancellationToken.None);

    internal sealed class Collecting : IMessageConsumer
    {
        public const string Failing = "fails";

        private int _failed;

        public ConcurrentQueue<string> Texts { get; } = [];

        public int Failed => _failed;

        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            var text = Encoding.UTF8.GetString(message.Body);
            if (text == Failing)
            {
                Interlocked.Increment(ref _failed);
                throw new InvalidDataException(text);
            }

            Texts.Enqueue(text);
            return Task.CompletedTask;
        }
    }
}
