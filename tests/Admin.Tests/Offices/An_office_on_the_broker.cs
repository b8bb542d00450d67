using System.Runtime.Versioning;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Tests.Offices;

[Collection(nameof(GeneratedBroker))]
[UnsupportedOSPlatform("windows")]
public sealed class An_office_on_the_broker(GeneratedBroker deployment) : IAsyncLifetime
{
    private const string Village = "320404004201";
    private const string OwnPath = "32.04.04.004.201";
    private const string Neighbour = "320404004202";
    private const string Street = "320404004000";
    private const ushort AccessRefused = 403;
    private const ushort PreconditionFailed = 406;
    private IConnection _village = null!;

    public async Task InitializeAsync() => _village = await deployment.ConnectAsync(Village);

    public Task DisposeAsync() => _village.DisposeAsync().AsTask();

    [Fact]
    public async Task Cannot_send_a_message_beyond_the_limit_of_the_configuration()
    {
        await using var connection = await deployment.ConnectAsync("320404004201");
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        Assert.Equal((ushort)406,
            await RefusalAssertions.OfAsync(
                () => channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.201", mandatory: true,
                    new BasicProperties { UserId = "320404004201" }, new byte[8 * 1024 * 1024 + 1]).AsTask()));
    }

    [Fact]
    public async Task Publishes_a_submission_which_the_worker_gets_with_its_name()
    {
        await PublishAsync(Exchanges.Intake, OwnPath, "one");
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var channel = await worker.CreateChannelAsync();
        var got = (await channel.BasicGetAsync("xilin.worker.intake", autoAck: true))!;
        Assert.Equal("one"u8.ToArray(), got.Body.ToArray());
        Assert.Equal((Village, OwnPath), (got.BasicProperties.UserId, got.RoutingKey));
    }

    [Fact]
    public async Task Reads_its_own_receipts_and_no_others_come_there()
    {
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var sends = await worker.CreateChannelAsync(Confirmed);
        await sends.BasicPublishAsync(Exchanges.Receipts, Neighbour, mandatory: true, "the neighbour's"u8.ToArray());
        await sends.BasicPublishAsync(Exchanges.Receipts, Village, mandatory: true, "ours"u8.ToArray());
        await using var channel = await _village.CreateChannelAsync();
        Assert.Equal("ours"u8.ToArray(), (await channel.BasicGetAsync(Queues.ReceiptsOf(Village), autoAck: true))!.Body.ToArray());
        Assert.Null(await channel.BasicGetAsync(Queues.ReceiptsOf(Village), autoAck: true));
    }

    [Theory]
    [InlineData("xilin.receipts." + Neighbour)]
    [InlineData("xilin.receipts." + Street)]
    [InlineData("xilin.worker.intake")]
    [InlineData("xilin.worker.replay")]
    [InlineData("xilin.parked")]
    public Task Reads_no_other_queue(string queue) => RefusedAsync(AccessRefused, channel => channel.BasicGetAsync(queue, autoAck: false));

    [Theory]
    [InlineData("xilin.results", "total.32.04.04.004.201")]
    [InlineData("xilin.accepted", OwnPath)]
    [InlineData("xilin.replay", "replay")]
    [InlineData("xilin.receipts", Neighbour)]
    [InlineData("xilin.receipts", Village)]
    [InlineData("xilin.dead", "")]
    [InlineData("", "xilin.receipts." + Neighbour)]
    [InlineData("", "xilin.worker.intake")]
    [InlineData("amq.topic", OwnPath)]
    public Task Is_refused_when_it_publishes_to_an_exchange_or_queue_that_is_not_its_own(string exchange, string routingKey) =>
        RefusedAsync(AccessRefused, _ => PublishAsync(exchange, routingKey, "x"));

    [Theory]
    [InlineData("32.04.04.004.202")]
    [InlineData("32.04.04.004")]
    [InlineData("32.04.04.004.2011")]
    [InlineData("x.32.04.04.004.201")]
    [InlineData(Neighbour)]
    [InlineData(Village + ".1")]
    [InlineData("#")]
    [InlineData("")]
    public Task Publishes_under_no_path_but_its_own(string routingKey) =>
        RefusedAsync(AccessRefused, _ => PublishAsync(Exchanges.Intake, routingKey, "x"));

    [Fact]
    public async Task Publishes_under_its_bare_code_where_it_does_not_know_its_path()
    {
        const string enterprise = "91320404MA0000072Y";
        await using var connection = await deployment.ConnectAsync(enterprise);
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        await channel.BasicPublishAsync(Exchanges.Intake, enterprise, mandatory: true, new BasicProperties { UserId = enterprise },
            "by code"u8.ToArray());
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var reads = await worker.CreateChannelAsync();
        Assert.Equal(enterprise, (await reads.BasicGetAsync("xilin.worker.intake", autoAck: true))!.BasicProperties.UserId);
    }

    [Fact]
    public Task Publishes_under_no_other_name() => RefusedAsync(PreconditionFailed, async _ =>
    {
        await using var channel = await _village.CreateChannelAsync(Confirmed);
        await channel.BasicPublishAsync(Exchanges.Intake, OwnPath, mandatory: true, new BasicProperties { UserId = Neighbour },
            "x"u8.ToArray());
    });

    [Fact]
    public async Task Publishes_for_a_unit_below_it()
    {
        await using var street = await deployment.ConnectAsync(Street);
        await using var channel = await street.CreateChannelAsync(Confirmed);
        await channel.BasicPublishAsync(Exchanges.Intake, OwnPath, mandatory: true, new BasicProperties { UserId = Street },
            "from the street"u8.ToArray());
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var reads = await worker.CreateChannelAsync();
        Assert.Equal(Street, (await reads.BasicGetAsync("xilin.worker.intake", autoAck: true))!.BasicProperties.UserId);
    }

    [Fact]
    public async Task Declares_deletes_binds_and_purges_nothing()
    {
        await RefusedAsync(AccessRefused,
            channel => channel.QueueDeclareAsync("xilin.receipts.mine", durable: true, exclusive: false, autoDelete: false));
        await RefusedAsync(AccessRefused, channel => channel.QueueDeclareAsync(""));
        await RefusedAsync(AccessRefused, channel => channel.ExchangeDeclareAsync("xilin.mine", ExchangeType.Topic));
        await RefusedAsync(AccessRefused, channel => channel.QueueDeleteAsync(Queues.ReceiptsOf(Village)));
        await RefusedAsync(AccessRefused, channel => channel.ExchangeDeleteAsync(Exchanges.Intake));
        await RefusedAsync(AccessRefused, channel => channel.QueueBindAsync(Queues.ReceiptsOf(Village), Exchanges.Receipts, Neighbour));
        await RefusedAsync(AccessRefused, channel => channel.QueueBindAsync(Queues.ReceiptsOf(Village), Exchanges.Intake, "#"));
        await RefusedAsync(AccessRefused, channel => channel.QueueUnbindAsync(Queues.ReceiptsOf(Neighbour), Exchanges.Receipts, Neighbour));
        await RefusedAsync(AccessRefused, channel => channel.QueuePurgeAsync("xilin.worker.intake"));
    }

    [Fact]
    public async Task Is_refused_with_a_wrong_password_and_so_is_the_user_that_brokers_come_with()
    {
        foreach (var (user, password) in new[] { (Village, "wrong"), (Village, ""), ("guest", "guest"), ("admin", "admin"),
            ("320404009999", "x") })
        {
            var refused = await Assert.ThrowsAsync<BrokerUnreachableException>(() => deployment.ConnectAsync(user, password));
            Assert.IsAssignableFrom<AuthenticationFailureException>(refused.InnerException);
        }
    }

    [Fact]
    public async Task Is_connected_a_few_times_at_most()
    {
        var open = new List<IConnection>();
        try
        {
            var refused = await RefusalAssertions.OfAsync(async () =>
            {
                while (open.Count <= Admin.Broker.BrokerLimits.ConnectionsPerOffice)
                {
                    open.Add(await deployment.ConnectAsync(Neighbour));
                    await using var channel = await open[^1].CreateChannelAsync();
                }
            });
            Assert.Equal((ushort)530, refused);
            Assert.Equal(Admin.Broker.BrokerLimits.ConnectionsPerOffice + 1, open.Count);
        }
        finally
        {
            foreach (var connection in open)
            {
                await connection.DisposeAsync();
            }
        }
    }

    internal static readonly CreateChannelOptions Confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private async Task PublishAsync(string exchange, string routingKey, string body)
    {
        await using var channel = await _village.CreateChannelAsync(Confirmed);
        await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, new BasicProperties { UserId = Village },
            System.Text.Encoding.UTF8.GetBytes(body));
    }

    private async Task RefusedAsync(ushort code, Func<IChannel, Task> ask)
    {
        await using var channel = await _village.CreateChannelAsync();
        Assert.Equal(code, await RefusalAssertions.OfAsync(() => ask(channel)));
    }
}

/// <summary>What the broker answered.</summary>
internal static class RefusalAssertions
{
    /// <summary>The AMQP reply code with which the channel was closed.</summary>
    internal static async Task<ushort?> OfAsync(Func<Task> ask) =>
        (await Assert.ThrowsAnyAsync<OperationInterruptedException>(ask)).ShutdownReason?.ReplyCode;
}
