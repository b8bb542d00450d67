using System.Net;
using System.Net.Sockets;

namespace XilinIngest.Wire.Tests.Starting;

[Collection(nameof(WireDeployment))]
public class A_service_that_is_started(WireDeployment wire)
{
    [Theory]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger")]
    [InlineData("Aggregator", "ConnectionStrings__Cube")]
    [InlineData("Notifier", "ConnectionStrings__Notices")]
    public async Task Names_all_that_is_missing_or_wrong_at_once(string project, string store)
    {
        using var service =
            new ServiceProcess(project, ("Catalogue__Folder", "/no/such/folder"), ("Storage__Provider", "+7"), ("Http__Port", "many"),
                ("Metrics__Prometheus", "perhaps"), ("Logs__Format", "xml"), ("OTEL_TRACES_EXPORTER", "zipkin"));
        Assert.Equal(1, await service.ExitAsync());
        Assert.All([store, "ConnectionStrings__Bus", "Catalogue__Folder", "Storage__Provider", "Http__Port", "Metrics__Prometheus",
            "Logs__Format", "OTEL_TRACES_EXPORTER", "amqp(s)://user:password@host"],
            name => Assert.Contains(name, service.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    [Theory, Trait("suite", "long")]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger")]
    [InlineData("Aggregator", "ConnectionStrings__Cube")]
    [InlineData("Notifier", "ConnectionStrings__Notices")]
    public async Task Says_that_its_SQL_Server_cannot_be_reached(string project, string store)
    {
        using var data = new ServiceDataFolder();
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // Bound, and not listening: no one else takes the port meanwhile.
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var server = $"127.0.0.1,{((IPEndPoint)closed.LocalEndPoint!).Port}";
        using var service = OnSqlServer(project, data, store,
                $"Server={server};Database=xilin;User Id=xilin;Password=not-to-be-shown;Connect Timeout=5;ConnectRetryCount=0");
        Assert.Equal(1, await service.ExitAsync());
        Assert.All(
            [$"The database {server}/xilin cannot be reached", "was not accessible", "Check whether the database server runs", store],
            words => Assert.Contains(words, service.Output, StringComparison.Ordinal));
        Assert.All(["not-to-be-shown", "Globalization", "   at "],
            words => Assert.DoesNotContain(words, service.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger")]
    [InlineData("Aggregator", "ConnectionStrings__Cube")]
    [InlineData("Notifier", "ConnectionStrings__Notices")]
    public async Task Says_that_SQL_Server_needs_cultures_where_the_environment_turns_them_off(string project, string store)
    {
        using var data = new ServiceDataFolder();
        using var service = OnSqlServer(project, data, store, "Server=127.0.0.1,1;Database=xilin;User Id=xilin;Password=not-to-be-shown",
                ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"));
        Assert.Equal(1, await service.ExitAsync());
        Assert.All(["Storage__Provider", "Install libicu", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"],
            words => Assert.Contains(words, service.Output, StringComparison.Ordinal));
        Assert.All(["not-to-be-shown", "   at "], words => Assert.DoesNotContain(words, service.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_where_the_broker_will_never_take_it()
    {
        using var data = new ServiceDataFolder();
        using var service =
            new ServiceProcess("Ingest.Worker", ("Catalogue__Folder", data.Catalogue), ("ConnectionStrings__Ledger", data.Ledger),
            ("ConnectionStrings__Bus", wire.Broker.AddressFor(OfficeDefinitions.Worker, "wrong-password").ToString()));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains("ConnectionStrings__Bus", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", service.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger", WireDeployment.Village, "#", "xilin.worker.intake")]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger", OfficeDefinitions.Aggregator, "#", "xilin.worker.intake")]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger", OfficeDefinitions.Worker, "32.04.04.004.#",
        "xilin.worker.intake.32.04.04.004")]
    [InlineData("Aggregator", "ConnectionStrings__Cube", OfficeDefinitions.Worker, "#", "xilin.aggregator")]
    [InlineData("Notifier", "ConnectionStrings__Notices", OfficeDefinitions.Aggregator, "#", "xilin.notifier")]
    public async Task Ends_where_its_user_has_no_right_to_its_queues(
        string project, string store, string user, string binding, string queue)
    {
        using var data = new ServiceDataFolder();
        using var service =
            new ServiceProcess(project, ("Catalogue__Folder", data.Catalogue), (store, data.Ledger), ("Intake__Binding", binding),
            ("ConnectionStrings__Bus", wire.Broker.ConnectionStringFor(user, OfficeDefinitions.Password)));
        Assert.Equal(1, await service.ExitAsync());
        Assert.False(service.IsServing);
        Assert.Equal(project == "Ingest.Worker",
            service.Output.Contains("Intake__Binding must be one that xilin-admin broker --intake made", StringComparison.Ordinal));
        Assert.All(["ConnectionStrings__Bus", $"the user {user} have this service's queue {queue}: ACCESS_REFUSED",
            "Use the service's own user"], name => Assert.Contains(name, service.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_where_no_unit_of_the_catalogue_is_in_its_part_of_the_tree()
    {
        using var data = new ServiceDataFolder();
        using var service =
            new ServiceProcess("Ingest.Worker", ("Catalogue__Folder", data.Catalogue), ("ConnectionStrings__Ledger", data.Ledger),
                ("Intake__Binding", "32.04.04.00.#"),
            ("ConnectionStrings__Bus", wire.Broker.Address.ToString()));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains("no unit in units.csv is under 32.04.04.00.#", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xilin.worker.intake.32.04.04.00\"", await wire.Broker.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_part_of_the_tree_warns_of_the_queue_of_the_whole_and_for_the_whole_of_nothing()
    {
        const string queue = "xilin.worker.intake.32.04.04.004";
        Assert.DoesNotContain("still has the queue", wire.Worker.Output, StringComparison.Ordinal);
        await wire.Broker.ImportAsync(
            """{"permissions":[{"user":"xilin-worker","vhost":"/","configure":".*","write":".*","read":".*"}]}""");
        await using var administrator = await wire.Broker.ConnectAsync("administrator");
        await using var channel = await administrator.CreateChannelAsync();
        try
        {
            using var part = wire.StartWorker(("Intake__Binding", "32.04.04.004.#"));
            await part.WaitUntilReadyAsync();
            await Eventually.IsTrueAsync(
                () => Task.FromResult(part.Output.Contains("still has the queue xilin.worker.intake", StringComparison.Ordinal)),
                () => part.Output);
            part.Terminate();
            Assert.Equal(0, await part.ExitAsync());
        }
        finally
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
            await wire.Broker.ImportAsync(OfficeDefinitions.Generate(WireDeployment.Offices));
        }
    }

    [Theory]
    [InlineData("Ingest.Worker", "ConnectionStrings__Ledger")]
    [InlineData("Aggregator", "ConnectionStrings__Cube")]
    [InlineData("Notifier", "ConnectionStrings__Notices")]
    public async Task Waits_for_a_broker_that_is_away_says_so_and_stops_when_told(string project, string store)
    {
        using var data = new ServiceDataFolder();
        using var service = new ServiceProcess(project, ("Catalogue__Folder", data.Catalogue), (store, data.Ledger),
                ("ConnectionStrings__Bus", "amqp://worker:secret@127.0.0.1:1/"));
        await service.ServingAsync();
        await Eventually.IsTrueAsync(async () => (await service.HealthAsync("bus")).StartsWith("Unhealthy", StringComparison.Ordinal),
            () => service.Output);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.GetAsync("/health/ready")).Status);
        if (project == "Ingest.Worker")
        {
            var (status, problem) = await service.PostAsync("/api/submissions", XilinSubmissions.Visits(WireDeployment.Village, 1));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("消息服务器连接不上", (string)problem!["detail"]!, StringComparison.Ordinal);
        }

        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
    }

    [Fact]
    public async Task Stops_when_told_with_the_broker_there()
    {
        using var second = wire.StartWorker();
        await second.WaitUntilReadyAsync();
        second.Terminate();
        Assert.Equal(0, await second.ExitAsync());
    }

    private static ServiceProcess OnSqlServer(
        string project, ServiceDataFolder data, string store, string connectionString,
        params IEnumerable<(string Name, string Value)> settings) => new(project,
        settings.Concat(
            [("Storage__Provider", "SqlServer"), (store, connectionString), ("Catalogue__Folder", data.Catalogue),
                ("Ledger__KeyFile", Path.Combine(data.Path, "key.pem")), ("ConnectionStrings__Bus", "amqp://worker:secret@127.0.0.1:1/")]));
}
