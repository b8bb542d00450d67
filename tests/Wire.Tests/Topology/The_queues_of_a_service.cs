using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Wire.Tests.Topology;

[Collection(nameof(WireDeployment))]
public class The_queues_of_a_service(WireDeployment wire)
{
    [Fact]
    public async Task Are_told_with_their_depth_and_readers_to_a_user_that_may_read_none_of_them()
    {
        Assert.True(BrokerConnection.TryParse(
            wire.Broker.AddressFor(OfficeDefinitions.Aggregator, OfficeDefinitions.Password).AbsoluteUri, out var address));
        const string Waiting = "xilin.test.waiting";
        await using var staff = await wire.Broker.ConnectAsync("staff");
        await using var channel = await staff.CreateChannelAsync();
        await channel.QueueDeclareAsync(Waiting, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync("", Waiting, "one"u8.ToArray());
        IReadOnlyList<QueueFigures>? found = null;
        await Eventually.IsTrueAsync(async () =>
        {
            found = await address.ReadQueuesAsync(["xilin.worker.intake", Waiting, "xilin.no-such"], CancellationToken.None);
            return found is [{ Consumers: > 0 }, { Messages: 1, Consumers: 0 }];
        });
        Assert.Equal(["xilin.worker.intake", Waiting], found!.Select(queue => queue.Name));
        await channel.QueueDeleteAsync(Waiting);
    }

    [Fact]
    public void Are_to_be_looked_at_where_messages_are_parked()
    {
        var parked = QueueHealth.Describe([new("xilin.worker.intake", 0, 2), new(Queues.DeadLetters, 3, 0)]);
        Assert.Equal(HealthStatus.Degraded, parked.Status);
        Assert.Contains("有 3 条消息无法处理", parked.Description, StringComparison.Ordinal);
        Assert.Equal(0u, parked.Data["messages:xilin.worker.intake"]);
        Assert.Equal(2u, parked.Data["consumers:xilin.worker.intake"]);
        Assert.Equal(HealthStatus.Healthy, QueueHealth.Describe([new(Queues.DeadLetters, 0, 0)]).Status);
        Assert.Equal(HealthStatus.Healthy, QueueHealth.Describe(null).Status);
    }
}
