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
        string Mount(string name) => this.Mount(ComposeFile.Services[name], text => text
            .Replace("Host=postgres;", $"Host={place.Host};Port={place.Port};", StringComparison.Ordinal)
            .Replace("@broker:5672", $"@{broker.Address.Authority}", StringComparison.Ordinal));

        // In the order of depends_on.
        var script = Path.Combine(ComposeFile.Folder, "compose", "postgresql.sh");
        Assert.Contains("./compose/postgresql.sh:/docker-entrypoint-initdb.d/databases.sh:ro",
            ComposeFile.Services["postgres"].Settings.List("volumes"));
        await ProgramRunner.RunAsync(script, [], [.. server, ("SECRETS", Mount("postgres"))]);
        var (owner, rightsOwner) = (Mount("migrate"), Mount("postgres-rights"));
        var migrate = () => ProgramRunner.RunAsync("dotnet",
                [ProgramRunner.Admin, .. ComposeFile.Services["migrate"].Settings.List("command").Cast<string>()],
                Settings("migrate", owner));
        var rights = () => ProgramRunner.RunAsync(script, ["rights"], [.. server, ("SECRETS", rightsOwner)]);
        await migrate();
        await rights();

        using var worker = Start("worker-1", Mount("worker-1"));
        using var aggregator = Start("aggregator", Mount("aggregator"));
        await Task.WhenAll(worker.WaitUntilReadyAsync(), aggregator.WaitUntilReadyAsync());
        var receipt = await SubmitAsync(broker, XilinSubmissions.Visits(Office, 12));
        Assert.Equal("accepted", (string?)receipt["verdict"]);
        await Eventually.IsTrueAsync(async () => (await aggregator.HealthAsync("cube")).EndsWith(" 1.", StringComparison.Ordinal),
            () => aggregator.Output);

        // "up" runs what has ended once more, beside the services that run.
        await migrate();
        await rights();
        Assert.Equal((0, "Healthy\n"), await ProbeAsync("worker-1", worker));
        Assert.Equal((0, "Healthy\n"), await ProbeAsync("aggregator", aggregator));

        // Who has no access key is told nothing, though a probe is.
        using var someone = new HttpClient { BaseAddress = await aggregator.ServingAsync() };
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await someone.GetAsync("/api/units")).StatusCode);

        // The notifier asks the aggregators with its key, though the first one that it knows is away.
        using var notifier = Start("notifier", Mount("notifier"),
            ("Services__Results", $"http://127.0.0.1:1;{await aggregator.ServingAsync()}"));
        await notifier.WaitUntilReadyAsync();
        await Eventually.IsTrueAsync(async () => await notifier.HealthAsync("notices") == "Healthy: ", () => notifier.Output);
        Assert.Equal((0, "Healthy\n"), await ProbeAsync("notifier", notifier));

        // The pages, though the first aggregator that they know is away: they ask with a key of their own, for someone with another.
        using var dashboard = Start("dashboard", Mount("dashboard"),
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
        Assert.Equal((0, "Healthy\n"), await ProbeAsync("dashboard", dashboard));

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
        var files = ComposeFile.Services["broker"].Secrets.ToDictionary(secret => secret.File,
            secret => secrets.In(ComposeFile.SecretFiles[secret.Source]));
        return PrivateBrokerNode.StartNodeAsync(
            File.ReadAllText(files["/etc/rabbitmq/rabbitmq.conf"])
                .Replace("/etc/rabbitmq/definitions.json", files["/etc/rabbitmq/definitions.json"], StringComparison.Ordinal)
                .Replace("disk_free_limit.absolute = 2GB", "disk_free_limit.absolute = 50MB", StringComparison.Ordinal),
            File.ReadAllText(files["/etc/rabbitmq/enabled_plugins"]));
    }

    // As compose does: a file for each secret, called as the file says, which no one can write.
    private string Mount(ComposeService service, Func<string, string> here)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data.Path, service.Name)).FullName;
        foreach (var (source, file) in service.Secrets)
        {
            var path = Path.Combine(folder, Path.GetFileName(file));
            File.WriteAllText(path, here(File.ReadAllText(secrets.In(ComposeFile.SecretFiles[source]))));
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        if (service.Settings.List("volumes").Contains($"{ComposeFile.Variables["XILIN_SECRETS"]}/access:/run/secrets/access:ro"))
        {
            File.Copy(secrets.In("access/access-keys.json"),
                Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "access")).FullName, "access-keys.json"));
        }

        return folder;
    }

    private IEnumerable<(string Name, string Value)> Settings(string service, string folder) =>
        new Dockerfile(ComposeFile.Services[service].Dockerfile).Environment.Concat(ComposeFile.Services[service].Environment)
        .Select(setting => (setting.Key, setting.Key switch
        {
            "Http__Address" => "127.0.0.1",
            "Http__Port" => "0",
            "Catalogue__Folder" => _data.Catalogue,
            "Access__Folder" => _data.Path,
            _ => setting.Value.Replace("/run/secrets", folder, StringComparison.Ordinal),
        }));

    private ServiceProcess Start(string service, string folder, params IEnumerable<(string Name, string Value)> here) => new(
        Path.GetFileName(new Dockerfile(ComposeFile.Services[service].Dockerfile).Project),
        Settings(service, folder).Where(setting => here.All(own => own.Name != setting.Name)).Concat(here));

    private async Task<(int ExitCode, string Said)> ProbeAsync(string service, ServiceProcess process)
    {
        string[] check =
            [.. ComposeFile.Services[service].Settings.Child("healthcheck")["test"] is List<object> test ? test.Cast<string>() : []];
        Assert.Equal("CMD", check[0]);
        Assert.Equal(new Dockerfile(ComposeFile.Services[service].Dockerfile).EntryPoint, check[1..3]);
        return await ProgramRunner.TryAsync(check[1], [new Dockerfile(ComposeFile.Services[service].Dockerfile).Program, .. check[3..]],
            [.. Settings(service, Path.Combine(_data.Path, service)), ("Http__Port", $"{(await process.ServingAsync()).Port}")]);
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
