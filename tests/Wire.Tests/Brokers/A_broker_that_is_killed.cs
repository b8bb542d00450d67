using System.Text;
using RabbitMQ.Client;
using XilinIngest.Broker;

namespace XilinIngest.Wire.Tests.Brokers;

public class A_broker_that_is_killed
{
    [Fact]
    public async Task Has_what_it_confirmed_when_it_is_started_again()
    {
        await using var broker = await TestBroker.StartAsync();
        await using (var connection = await broker.ConnectAsync("before"))
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await Task.Delay(TestBroker.QueuesSettleIn);
            await channel.BasicPublishAsync("", "kept", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes("confirmed"));
            await broker.KillAsync();
        }

        await broker.RestartAsync();

        await using var again = await broker.ConnectAsync("after");
        await using var reader = await again.CreateChannelAsync();
        var kept = await reader.BasicGetAsync("kept", autoAck: true);
        Assert.Equal("confirmed", Encoding.UTF8.GetString(kept!.Body.Span));
    }
}
