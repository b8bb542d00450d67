using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Npgsql;
using XilinIngest.Storage;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;

namespace XilinIngest.Deploy.Tests;

/// <summary>
/// What compose.cluster.yaml starts, without containers, over a catalogue with partitions: scripts, rights and a silo on a private
/// PostgreSQL. Only addresses, ports and places are others.
/// </summary>
[Collection(nameof(ComposeSecrets))]
[UnsupportedOSPlatform("windows")]
public sealed class The_databases_of_a_cluster(ComposeSecrets secrets) : IDisposable
{
    private const string Denied = "42501";
    private const string District = "32.04.04";
    private const string Street = "32.04.04.004";
    private readonly ServiceDataFolder _data = new();

    [Theory, Trait("suite", "long"), OnPostgreSql]
    public async Task Are_made_with_all_that_silos_and_workers_need_and_no_more(StorageProvider engine)
    {
        Assert.Equal($"{engine}", ComposeFile.Variables["XILIN_STORAGE"]);
        var starting = TestBroker.StartAsync();
        using var postgres = new PrivatePostgreSql();
        await using var broker = await starting;
        await File.WriteAllLinesAsync(Path.Combine(_data.Catalogue, "partitions.csv"), ["path,connection", $"{District},", $"{Street},"]);
        var place = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres"));
        var compose = new ComposeProcesses(ComposeFile.Cluster, secrets, _data.Path, _data.Catalogue);
        string Mount(string name) => compose.Mount(name, text =>
            text.StartsWith("amqp", StringComparison.Ordinal) ? $"{broker.Address}"
            : text.Replace("Host=postgres;", $"Host={place.Host};Port={place.Port};", StringComparison.Ordinal));
        Task ScriptAsync(string folder, string partitions, params string[] arguments) => ProgramRunner.RunAsync(
            Path.Combine(ComposeFile.Folder, "compose", "postgresql.sh"), arguments,
            ("PGHOST", place.Host!), ("PGPORT", $"{place.Port}"), ("SECRETS", folder), ("XILIN_PARTITIONS", partitions),
            ("RIGHTS", Path.Combine(ComposeFile.Folder, "postgresql")));

        // As the image does at first, and as the page says when a partition is added.
        var superuser = Mount("postgres");
        await ScriptAsync(superuser, District);
        var passwords = await RowsAsync(place.ConnectionString, Passwords);
        await ScriptAsync(superuser, $"{District} {Street}");
        Assert.Equal(4, passwords.Count);
        Assert.Equal(passwords, await RowsAsync(place.ConnectionString, Passwords));
        Assert.Equal(["cube", NameOf("cube", District), NameOf("cube", Street), "ledger", NameOf("ledger", District),
            NameOf("ledger", Street), "membership", "notices"], await RowsAsync(place.ConnectionString, Databases));

        await compose.RunAsync("migrate", Mount("migrate"));
        await compose.RunAsync("migrate-membership", Mount("migrate-membership"));
        var owner = Mount("postgres-rights");
        string[] command = [.. Command("postgres-rights", "entrypoint").Skip(2), .. Command("postgres-rights", "command")];
        await ScriptAsync(owner, $"{District} {Street}", command);
        await ScriptAsync(owner, $"{District} {Street}", command);

        using var worker = compose.Start("worker-1", Mount("worker-1"));
        using var silo = compose.Start("aggregator-third", Mount("aggregator-third"), ("Cluster__Port", FreePort()));
        await Task.WhenAll(worker.WaitUntilReadyAsync(), silo.WaitUntilReadyAsync());
        await SubmitAsync(await worker.ServingAsync());
        var user = await File.ReadAllTextAsync(Path.Combine(_data.Path, "aggregator-third", "ConnectionStrings__Cube"));
        var published = In(NameOf("cube", Street), user);
        await Eventually.IsTrueAsync(
            async () => (await RowsAsync(published, "SELECT 1 FROM publication LIMIT 1")).Count == 1, () => silo.Output);

        // Though it runs two partitions, whose queues are bound to one exchange.
        Assert.Equal((0, "Healthy\n"), await compose.ProbeAsync("aggregator-third", silo));

        await CanNoMoreAsync(user, await File.ReadAllTextAsync(Path.Combine(_data.Path, "worker-1", "ConnectionStrings__Ledger")));
        silo.Terminate();
        worker.Terminate();
        Assert.All(await Task.WhenAll(silo.ExitAsync(), worker.ExitAsync()), code => Assert.Equal(0, code));
    }

    public void Dispose() => _data.Dispose();

    private const string Passwords = "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'xilin%' ORDER BY rolname";

    private const string Databases =
        "SELECT datname FROM pg_database WHERE datname <> 'postgres' AND NOT datistemplate ORDER BY datname COLLATE \"C\"";

    private static async Task CanNoMoreAsync(string aggregator, string worker)
    {
        var membership = In("membership", aggregator);
        Assert.Equal(["xilin_aggregator"], await RowsAsync(membership, "SELECT current_user"));
        Assert.Equal(["xilin"], await RowsAsync(membership, "SELECT deployment FROM silo WHERE status = 3"));
        await RowsAsync(membership, "DELETE FROM silo WHERE deployment = 'another'");
        string[] forbidden = ["UPDATE orleansquery SET querytext = ''", "INSERT INTO orleansquery VALUES ('a', 'b')",
            "DELETE FROM orleansquery", "CREATE TABLE more (id integer)", "DROP TABLE silo", "TRUNCATE silo"];
        foreach (var statement in forbidden)
        {
            await IsDeniedAsync(membership, statement);
        }

        await IsDeniedAsync(In(NameOf("cube", Street), aggregator), "DELETE FROM publication");
        await IsDeniedAsync(In(NameOf("ledger", Street), worker), "DELETE FROM ledger_entry");
        await IsDeniedAsync(In(NameOf("ledger", Street), aggregator), "SELECT 1");
        await IsDeniedAsync(In(NameOf("cube", Street), worker), "SELECT 1");
        await IsDeniedAsync(In("membership", worker), "SELECT 1");
    }

    private static async Task IsDeniedAsync(string connection, string statement) => Assert.Equal(Denied,
        (await Assert.ThrowsAsync<PostgresException>(() => RowsAsync(connection, statement))).SqlState);

    // As the services name it.
    private static string NameOf(string store, string partition) =>
        Database.TryParse(StorageProvider.PostgreSql, $"Host=server;Database={store}")!.ForPartition(partition).Name.Split('/')[1];

    private static string In(string database, string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Database = database, Pooling = false }.ConnectionString;

    private static IEnumerable<string> Command(string service, string part) =>
        ComposeFile.Cluster.Services[service].Settings.List(part).Cast<string>();

    private static async Task<List<string>> RowsAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return rows;
    }

    private async Task SubmitAsync(Uri worker)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(secrets.In("dashboard/Services__Key"))).Trim());
        using var body = new StringContent(XilinSubmissions.Visits("320404004201", 12).ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(worker, "/api/submissions"), body);
        var receipt = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, receipt);
        Assert.Contains($"\"partition\":\"{Street}\"", receipt, StringComparison.Ordinal);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
