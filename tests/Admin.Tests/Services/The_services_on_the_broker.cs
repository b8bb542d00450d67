using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using XilinIngest.Admin.Tests.Offices;
using XilinIngest.Aggregator;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Notifier;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Tests.Services;

[Collection(nameof(GeneratedBroker))]
[UnsupportedOSPlatform("windows")]
public sealed class The_services_on_the_broker(GeneratedBroker deployment)
{
    private static readonly string[] Topics =
        [Exchanges.Intake, Exchanges.Receipts, Exchanges.Accepted, Exchanges.Replay, Exchanges.Results];
    // As a process of an aggregator names it.
    private const string AggregatorsOwn = "xilin.aggregator-0a1b2c3d";

    private static readonly string[] Everything =
        ["xilin.worker.intake", "xilin.worker.replay", AggregatorsOwn, "xilin.notifier", Queues.DeadLetters,
            Queues.ReceiptsOf("320404004201")];

    /// <summary>Declaring over the definitions: 406 where an argument differs, 403 where a right is missing.</summary>
    [Theory]
    [InlineData("xilin-worker", BusLibrary.MassTransit)]
    [InlineData("xilin-aggregator", BusLibrary.MassTransit)]
    [InlineData("xilin-notifier", BusLibrary.MassTransit)]
    [InlineData("xilin-worker", BusLibrary.RabbitClient)]
    [InlineData("xilin-aggregator", BusLibrary.RabbitClient)]
    [InlineData("xilin-notifier", BusLibrary.RabbitClient)]
    public async Task Declare_their_queues_over_the_definitions_and_read_them(string user, BusLibrary library)
    {
        var queues = user switch
        {
            "xilin-worker" => WorkerRegistration.WorkerQueues,
            "xilin-aggregator" => AggregatorRegistration.AggregatorQueues,
            _ => NotifierRegistration.NotifierQueues,
        };
        Assert.True(BrokerConnection.TryParse(deployment.AddressOf(user).AbsoluteUri, out var address));
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddRabbitBus(address, user, library, queues);
        await using var provider = services.BuildServiceProvider();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var hosted = provider.GetServices<IHostedService>().ToList();
        foreach (var service in hosted)
        {
            await service.StartAsync(timeout.Token);
        }

        foreach (var queue in queues.Where(queue => queue.IsOpenedOnDemand))
        {
            await provider.GetRequiredService<QueueOpener>().OpenAsync(queue, timeout.Token);
        }

        var transport = provider.GetRequiredService<IBusTransport>();
        while (!transport.IsConnected)
        {
            await Task.Delay(50, timeout.Token);
        }

        foreach (var service in hosted)
        {
            await service.StopAsync(timeout.Token);
        }
    }

    [Theory]
    [InlineData("xilin-worker", "xilin.accepted xilin.receipts")]
    [InlineData("xilin-aggregator", "xilin.replay xilin.results")]
    [InlineData("xilin-notifier", "")]
    [InlineData("xilin-staff", "xilin.intake xilin.replay")]
    public async Task Publish_to_their_exchanges_alone(string user, string allowed)
    {
        await using var connection = await deployment.ConnectAsync(user);
        foreach (var exchange in Topics)
        {
            // A key that no queue is bound to, and no mandatory flag: it is asked whether one may, and nothing comes of it.
            await using var channel = await connection.CreateChannelAsync(An_office_on_the_broker.Confirmed);
            var publish =
                () => channel.BasicPublishAsync(exchange, "nobody", mandatory: false, new BasicProperties(), "{}"u8.ToArray()).AsTask();
            if (allowed.Split(' ').Contains(exchange))
            {
                await publish();
            }
            else
            {
                Assert.Equal((ushort)403, await RefusalAssertions.OfAsync(publish));
            }
        }

        await EmptyAsync();
    }

    [Theory]
    [InlineData("xilin-worker", "xilin.worker.intake xilin.worker.replay")]
    [InlineData("xilin-aggregator", AggregatorsOwn)]
    [InlineData("xilin-notifier", "xilin.notifier")]
    [InlineData("xilin-staff", "xilin.parked")]
    public async Task Read_their_queues_alone(string user, string allowed)
    {
        await using var aggregator = await deployment.ConnectAsync("xilin-aggregator");
        await using var makes = await aggregator.CreateChannelAsync();
        await makes.QueueDeclareAsync(AggregatorsOwn, durable: true, exclusive: false, autoDelete: true);
        await using var connection = await deployment.ConnectAsync(user);
        foreach (var queue in Everything)
        {
            await using var channel = await connection.CreateChannelAsync();
            if (allowed.Split(' ').Contains(queue))
            {
                await channel.BasicConsumeAsync(queue, autoAck: false, new AsyncEventingBasicConsumer(channel));
            }
            else
            {
                Assert.Equal((ushort)403, await RefusalAssertions.OfAsync(() => channel.BasicGetAsync(queue, autoAck: false)));
            }
        }
    }

    [Fact]
    public async Task Park_a_body_which_staff_send_again_in_the_name_of_its_sender()
    {
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var parks = await worker.CreateChannelAsync(An_office_on_the_broker.Confirmed);
        await parks.BasicPublishAsync("", Queues.DeadLetters, mandatory: true, "not JSON"u8.ToArray());

        await using var staff = await deployment.ConnectAsync("xilin-staff");
        await using var channel = await staff.CreateChannelAsync(An_office_on_the_broker.Confirmed);
        var parked = (await channel.BasicGetAsync(Queues.DeadLetters, autoAck: false))!;
        await channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.201", mandatory: true,
            new BasicProperties { UserId = "320404004201" }, parked.Body);
        await channel.BasicAckAsync(parked.DeliveryTag, multiple: false);

        var again = (await parks.BasicGetAsync("xilin.worker.intake", autoAck: true))!;
        Assert.Equal("320404004201", again.BasicProperties.UserId);
        Assert.Equal("not JSON"u8.ToArray(), again.Body.ToArray());
    }

    [Fact]
    public async Task Staff_watch_results_on_a_queue_of_their_own()
    {
        await using var staff = await deployment.ConnectAsync("xilin-staff");
        await using var watches = await staff.CreateChannelAsync();
        await watches.QueueDeclareAsync("xilin.staff.watch-1", durable: false, exclusive: true, autoDelete: true);
        await watches.QueueBindAsync("xilin.staff.watch-1", Exchanges.Results, "ranking.#");
        await using var aggregator = await deployment.ConnectAsync("xilin-aggregator");
        await using var publishes = await aggregator.CreateChannelAsync(An_office_on_the_broker.Confirmed);
        await publishes.BasicPublishAsync(Exchanges.Results, "ranking.32.04.04", mandatory: true, "first"u8.ToArray());
        Assert.Equal("first"u8.ToArray(), (await watches.BasicGetAsync("xilin.staff.watch-1", autoAck: true))!.Body.ToArray());
    }

    [Fact]
    public async Task A_message_that_comes_back_too_often_is_parked_whole()
    {
        await using var office = await deployment.ConnectAsync("320404004201");
        await using var sends = await office.CreateChannelAsync(An_office_on_the_broker.Confirmed);
        await sends.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.201", mandatory: true,
            new BasicProperties { UserId = "320404004201" }, "poison"u8.ToArray());
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var channel = await worker.CreateChannelAsync();
        var times = 0;
        while (await channel.BasicGetAsync("xilin.worker.intake", autoAck: false) is { } got)
        {
            times++;
            Assert.True(times < 1000, "It comes back for ever.");
            await channel.BasicNackAsync(got.DeliveryTag, multiple: false, requeue: true);
        }

        await using var staff = await deployment.ConnectAsync("xilin-staff");
        await using var reads = await staff.CreateChannelAsync();
        BasicGetResult? parked = null;
        for (var wait = 0; parked is null && wait < 50; wait++)
        {
            await Task.Delay(100);
            parked = await reads.BasicGetAsync(Queues.DeadLetters, autoAck: true);
        }

        Assert.True(times > 50, $"It was given up after {times} times, which so many kills of a worker may take.");
        Assert.Equal("poison"u8.ToArray(), parked!.Body.ToArray());
        Assert.Equal("320404004201", parked.BasicProperties.UserId);
    }

    [Fact]
    public async Task A_left_over_intake_queue_is_deleted_by_what_the_command_says()
    {
        const string queue = "xilin.worker.intake.32.04.04.005";
        await deployment.Node.ControlAsync("set_permissions", "-p", "xilin", "xilin-staff", ".*", ".*", ".*");
        try
        {
            await using var connection = await deployment.ConnectAsync("xilin-staff");
            await using var channel = await connection.CreateChannelAsync(An_office_on_the_broker.Confirmed);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string,
                object?>
            { ["x-queue-type"] = "quorum" });
            await channel.BasicPublishAsync("", queue, mandatory: true, "a copy"u8.ToArray());
            await deployment.Node.ControlAsync("delete_queue", "-p", "xilin", queue);
            Assert.Equal((ushort)404, await RefusalAssertions.OfAsync(() => channel.QueueDeclarePassiveAsync(queue)));
        }
        finally
        {
            await deployment.Node.ControlAsync("import_definitions", deployment.DefinitionsFile);
        }
    }

    [Fact]
    public async Task None_may_enter_another_virtual_host()
    {
        await deployment.Node.ControlAsync("add_vhost", "other");
        foreach (var user in deployment.Passwords.Keys)
        {
            var factory =
                new ConnectionFactory { Uri = deployment.AddressOf(user), VirtualHost = "other", AutomaticRecoveryEnabled = false };
            Assert.Equal((ushort)530, await RefusalAssertions.OfAsync(async () =>
            {
                // The client hears of it only when it asks for something.
                await using var connection = await factory.CreateConnectionAsync();
                await using var channel = await connection.CreateChannelAsync();
            }));
        }
    }

    // What staff sent to the intake went to the worker's queue, whatever its key.
    private async Task EmptyAsync()
    {
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var channel = await worker.CreateChannelAsync();
        await channel.QueuePurgeAsync("xilin.worker.intake");
        await channel.QueuePurgeAsync("xilin.worker.replay");
    }
}
