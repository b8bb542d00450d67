using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Standalone.Tests.Verification;

/// <summary>It speaks of the databases by their names, and of no file that is not there.</summary>
public sealed class The_verify_command_on_a_server : IDisposable
{
    private readonly TestFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory, OnPostgreSql]
    public async Task Says_that_a_ledger_is_empty(StorageProvider engine)
    {
        var (ledger, cube) = Databases(engine);
        await ServeAsync(ledger, cube);
        var (exit, said) = await VerifyAsync(ledger, cube);
        Assert.Equal(0, exit);
        Assert.Contains(
            $"The ledger {NameOf(ledger)} holds no row. If there should be some, see whether ConnectionStrings__Ledger names "
                + "the right one.", said, StringComparison.Ordinal);
        Assert.EndsWith("✓ Verified.", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory, Trait("suite", "long"), OnPostgreSql]
    public async Task Names_the_database_that_is_to_be_restored(StorageProvider engine)
    {
        var (ledger, cube) = Databases(engine);
        await ServeAsync(ledger, cube, async client =>
        {
            using var answer = await client.PostAsJsonAsync("/api/submissions", new { unit = "none" });
            Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
        });
        await using (var connection = new NpgsqlConnection(ledger))
        {
            Assert.Equal(1, await connection.ExecuteAsync("UPDATE ledger_entry SET sender = 'another'"));
        }

        var (exit, said) = await VerifyAsync(ledger, cube);
        Assert.Equal(1, exit);
        Assert.Contains($"restore {NameOf(ledger)} from a backup, then verify again", said, StringComparison.Ordinal);
        Assert.DoesNotContain(".db", said, StringComparison.Ordinal);
    }

    [Theory, OnPostgreSql]
    public async Task Names_the_databases_of_an_earlier_version(StorageProvider engine)
    {
        var (ledger, cube) = Databases(engine);
        await ServeAsync(ledger, cube);
        await using (var connection = new NpgsqlConnection(cube))
        {
            await connection.ExecuteAsync("ALTER TABLE cube_state DROP COLUMN applied_hash");
        }

        var (exit, said) = await VerifyAsync(ledger, cube);
        Assert.Equal(1, exit);
        Assert.Contains("xilin-admin migrate", said, StringComparison.Ordinal);
        Assert.Contains(NameOf(cube), said, StringComparison.Ordinal);
        Assert.DoesNotContain(_data.Path, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_databases_of_a_server_that_is_away()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var away = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)closed.LocalEndPoint!).Port,
            Username = "xilin",
            Database = "away"
        }.ConnectionString;
        await File.WriteAllTextAsync(_data.In("ledger-key.pem"), SignedNotes.NoteSigner.CreatePem());
        await File.WriteAllTextAsync(_data.In("ledger-key-time.pem"), SignedNotes.NoteSigner.CreatePem());
        var (exit, said) = await VerifyAsync(away, away);
        Assert.Equal(1, exit);
        Assert.Contains($"The database {NameOf(away)}, {NameOf(away)} cannot be reached", said, StringComparison.Ordinal);
        Assert.DoesNotContain(_data.Path, said, StringComparison.Ordinal);
    }

    private static (string Ledger, string Cube) Databases(StorageProvider engine)
    {
        var (ledger, cube) =
            (TestDatabases.NewConnectionString(engine, "", "ledger"), TestDatabases.NewConnectionString(engine, "", "cube"));
        WorkerRegistration.Migrate(Database.TryParse(engine, ledger)!, NullLogger.Instance);
        AggregatorRegistration.Migrate(Database.TryParse(engine, cube)!, NullLogger.Instance);
        return (ledger, cube);
    }

    private static string NameOf(string connectionString) => Database.TryParse(StorageProvider.PostgreSql, connectionString)!.Name;

    private async Task ServeAsync(string ledger, string cube, Func<HttpClient, Task>? work = null)
    {
        using var service = new StandaloneProcess(Under(ledger, cube),
                ["--data", _data.Path, "--catalogue", RepositoryFiles.Catalogue, "--port", "0", "--lang", "en"]);
        using var client = new HttpClient { BaseAddress = await service.ServingAsync() };
        await (work?.Invoke(client) ?? Task.CompletedTask);
        service.Terminate();
        var exit = await service.ExitAsync();
        Assert.True(exit == 0, $"It ended with {exit}.\n{service.Output}\n{service.Errors}");
    }

    private async Task<(int Exit, string Said)> VerifyAsync(string ledger, string cube)
    {
        using var verify = new StandaloneProcess(Under(ledger, cube),
                ["verify", "--data", _data.Path, "--catalogue", RepositoryFiles.Catalogue, "--lang", "en"]);
        var exit = await verify.ExitAsync();
        return (exit, verify.Output + verify.Errors);
    }

    private static string[] Under(string ledger, string cube) =>
        ["env", $"Storage__Provider={nameof(StorageProvider.PostgreSql)}", $"ConnectionStrings__Ledger={ledger}",
            $"ConnectionStrings__Cube={cube}"];
}
