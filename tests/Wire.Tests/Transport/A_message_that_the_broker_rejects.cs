using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>Its queue is full, and refuses it.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_message_that_the_broker_rejects(WireDeployment wire)
{
    private const string FullQueue = "xilin.test.full";
    private const string OtherQueue = "xilin.test.read";

    [Theory]
    [InlineData(BusLibrary.MassTransit)]
    [InlineData(BusLibrary.RabbitClient)]
    public async Task Is_published_once_there_is_room_while_others_are_taken_and_the_connection_is_kept(BusLibrary library)
    {
        await using var admin = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeclareAsync(FullQueue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });
        await using var services = await TestBus.StartAsync(
            wire, library, new BusQueue<Forgetful>(OtherQueue, Exchanges.Replay, Concurrency: 1) { Binding = "test", Prefetch = 100 });
        var sender = services.GetRequiredService<QueueSender>();

        // A quorum queue refuses what comes after the message that filled it was counted.
        var sent = new List<Task>();
        await Eventually.IsTrueAsync(() =>
        {
            sent.Add(SendAsync(sender, FullQueue));
            return Task.FromResult(sent.Count > 3 && sent.Any(task => !task.IsCompleted));
        });
        var monitor = services.GetRequiredService<BrokerConnectionMonitor>();
        var losses = 0;
        for (var i = 0; i < 40; i++)
        {
            var lost = monitor.ConnectionLost;
            await SendAsync(sender, OtherQueue).WaitAsync(TimeSpan.FromSeconds(30));
            await Task.Delay(100);
            losses += lost.IsCompleted ? 1 : 0;
        }

        Assert.InRange(losses, 0, 2);
        while (await channel.BasicGetAsync(FullQueue, autoAck: true) is not null || sent.Any(task => !task.IsCompleted))
        {
            await Task.Delay(20);
        }

        await Task.WhenAll(sent);
        await TestBus.StopAsync(services);
        await channel.QueueDeleteAsync(FullQueue, ifUnused: false, ifEmpty: false);
        await channel.QueueDeleteAsync(OtherQueue, ifUnused: false, ifEmpty: false);
    }

    private static Task SendAsync(QueueSender sender, string queue) => sender.SendAsync(
        queue, new IntakeMessage("1"u8.ToArray()), mustArrive: false, correlationId: null, headers: null, CancellationToken.None);

    private sealed class Forgetful : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
