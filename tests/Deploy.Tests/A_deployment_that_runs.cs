using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using RabbitMQ.Client;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;

namespace XilinIngest.Deploy.Tests;

/// <summary>
/// What compose.yaml starts, without containers: its scripts on a private PostgreSQL and RabbitMQ, and the programs with the settings,
/// secrets and probes that stand there. Only addresses, ports and places are others.
/// </summary>
[Collection(nameof(ComposeSecrets))]
[UnsupportedOSPlatform("windows")]
public sealed class A_deployment_that_runs(ComposeSecrets secrets) : IDisposable
{
    private const string Office = "320404004201";
    private static readonly ComposeFile Compose = ComposeFile.Base;
    private readonly ServiceDataFolder _data = new();

    [Theory, OnPostgreSql]
    public async Task Takes_a_submission_through_to_the_cube(XilinIngest.Storage.StorageProvider engine)
    {
        Assert.Equal($"{engine}", ComposeFile.Variables["XILIN_STORAGE"]);
        var starting = StartBrokerAsync();
        using var postgres = new PrivatePostgreSql();
        await using var broker = await starting;
        var place = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres"));
        (string, string)[] server = [("PGHOST", place.Host!), ("PGPORT", $"{place.Port}"), ("SECRETS", _data.Path),
                ("RIGHTS", Path.Combine(ComposeFile.Folder, "postgresql"))];
        var compose = new ComposeProcesses(Compose, secrets, _data.Path, _data.Catalogue);
        string Mount(string name) => compose.Mount(name, text => text
            .Replace("Host=postgres;", $"Host={place.Host};Port={place.Port};", StringComparison.Ordinal)
            .Replace("@broker:5672", $"@{broker.Address.Authority}", StringComparison.Ordinal));

        // In the order of depends_on.
        var script = Path.Combine(ComposeFile.Folder, "compose", "postgresql.sh");
        Assert.Contains("./compose/postgresql.sh:/docker-entrypoint-initdb.d/databases.sh:ro",
            Compose.Services["postgres"].Settings.List("volumes"));
        await ProgramRunner.RunAsync(script, [], [.. server, ("SECRETS", Mount("postgres"))]);
        var (owner, rightsOwner) = (Mount("migrate"), Mount("postgres-rights"));
        var migrate = () => compose.RunAsync("migrate", owner);
        var rights = () => ProgramRunner.RunAsync(script, ["rights"], [.. server, ("SECRETS", rightsOwner)]);
        await migrate();
        await rights();

        using var worker = compose.Start("worker-1", Mount("worker-1"));
        using var aggregator = compose.Start("aggregator", Mount("aggregator"));
        await Task.WhenAll(worker.WaitUntilReadyAsync(), aggregator.WaitUntilReadyAsync());
        var receipt = await SubmitAsync(broker, XilinSubmissions.Visits(Office, 12));
        Assert.Equal("accepted", (string?)receipt["verdict"]);
        await Eventually.IsTrueAsync(async () => (await aggregator.HealthAsync("cube")).EndsWith(" 1.", StringComparison.Ordinal),
            () => aggregator.Output);

        // "up" runs what has ended once more, beside the services that run.
        await migrate();
        await rights();
        Assert.Equal((0, "Healthy\n"), await compose.ProbeAsync("worker-1", worker));
        Assert.Equal((0, "Healthy\n"), await compose.ProbeAsync("aggregator", aggregator));

        // Who has no access key is told nothing, though a probe is.
        using var someone = new HttpClient { BaseAddress = await aggregator.ServingAsync() };
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await someone.GetAsync("/api/units")).StatusCode);

        // The notifier asks the aggregators with its key, though the first one that it knows is away.
        using var notifier = compose.Start("notifier", Mount("notifier"),
            ("Services__Results", $"http://127.0.0.1:1;{await aggregator.ServingAsync()}"));
        await notifier.WaitUntilReadyAsync();
        await Eventually.IsTrueAsync(async () => await notifier.HealthAsync("notices") == "Healthy: ", () => notifier.Output);
        Assert.Equal((0, "Healthy\n"), await compose.ProbeAsync("notifier", notifier));

        // The pages, though the first aggregator that they know is away: they ask with a key of their own, for someone with another.
        using var dashboard = compose.Start("dashboard", Mount("dashboard"),
            ("Services__Results", $"http://127.0.0.1:1;{await aggregator.ServingAsync()}"),
            ("Services__Intake", $"http://127.0.0.1:1;{await worker.ServingAsync()}"),
            ("Services__Notices", $"{await notifier.ServingAsync()}"));
        await dashboard.WaitUntilReadyAsync();
        using var pages =
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = await dashboard.ServingAsync() };
        Assert.StartsWith("/sign-in", (await pages.GetAsync("/submissions")).Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await pages.GetAsync("/dashboard/dashboard.css")).StatusCode);
        pages.DefaultRequestHeaders.Authorization =
            new("Bearer", (await File.ReadAllTextAsync(secrets.In("dashboard/Services__Key"))).Trim());
        Assert.Contains("data-sequence=\"1\"", await pages.GetStringAsync("/submissions"), StringComparison.Ordinal);
        Assert.Contains("notice empty", await pages.GetStringAsync("/notices"), StringComparison.Ordinal);
        Assert.Equal((0, "Healthy\n"), await compose.ProbeAsync("dashboard", dashboard));

        // A user that may do no more than it must.
        await using var connection =
            new NpgsqlConnection(await File.ReadAllTextAsync(Path.Combine(_data.Path, "worker-1", "ConnectionStrings__Ledger")));
        await connection.OpenAsync();
        Assert.Equal("xilin_worker", connection.UserName);
        await using var forged = new NpgsqlCommand("UPDATE ledger_entry SET sender = 'another'", connection);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => forged.ExecuteNonQueryAsync())).SqlState);

        ServiceProcess[] services = [worker, aggregator, notifier, dashboard];
        Array.ForEach(services, service => service.Terminate());
        Assert.All(await Task.WhenAll(services.Select(service => service.ExitAsync())), code => Assert.Equal(0, code));
    }

    public void Dispose() => _data.Dispose();

    private Task<PrivateBrokerNode> StartBrokerAsync()
    {
        var files = Compose.Services["broker"].Secrets.ToDictionary(secret => secret.File,
            secret => secrets.In(Compose.SecretFiles[secret.Source]));
        return PrivateBrokerNode.StartNodeAsync(
            File.ReadAllText(files["/etc/rabbitmq/rabbitmq.conf"])
                .Replace("/etc/rabbitmq/definitions.json", files["/etc/rabbitmq/definitions.json"], StringComparison.Ordinal)
                .Replace("disk_free_limit.absolute = 2GB", "disk_free_limit.absolute = 50MB", StringComparison.Ordinal),
            File.ReadAllText(files["/etc/rabbitmq/enabled_plugins"]));
    }

    // An office with the password that it was handed out.
    private async Task<JsonObject> SubmitAsync(PrivateBrokerNode broker, JsonObject sheet)
    {
        var password = File.ReadLines(secrets.In("passwords.csv")).Select(line => line.Split(',')).Single(pair => pair[0] == Office)[1];
        await using var connection =
            await TestBroker.ConnectAsync(new UriBuilder(broker.AddressFor(Office, password)) { Path = "xilin" }.Uri, Office);
        await using var channel =
            await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.201", mandatory: true,
            new BasicProperties { UserId = Office, Persistent = true }, Encoding.UTF8.GetBytes(sheet.ToJsonString()));
        BasicGetResult? got = null;
        await Eventually.IsTrueAsync(
            async () => (got = await channel.BasicGetAsync($"xilin.receipts.{Office}", autoAck: true)) is not null);
        var pack = JsonNode.Parse(got!.Body.Span)!.AsObject();
        return pack["receipts"] is JsonArray receipts ? receipts.Single()!.AsObject() : pack;
    }
}
