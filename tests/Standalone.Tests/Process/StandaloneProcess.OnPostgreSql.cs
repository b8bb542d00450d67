using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Standalone.Tests;

/// <summary>The program on databases of a PostgreSQL server that the test may kill or freeze.</summary>
internal sealed partial class StandaloneProcess
{
    /// <param name="server">The server; ledger and cube are made on it.</param>
    /// <param name="folder">The data folder.</param>
    internal static StandaloneProcess OnPostgreSql(PrivatePostgreSql server, TestFolder folder, TestFolder? catalogue = null)
    {
        var (ledger, cube) = NewDatabases(server);
        string[] named = catalogue is null ? [] : ["--catalogue", catalogue.Path];
        return new StandaloneProcess(SettingsOf(ledger, cube), ["--data", folder.Path, "--port", "0", "--lang", "en", .. named]);
    }

    /// <summary>A ledger and a cube with their tables, as connection strings.</summary>
    internal static (string Ledger, string Cube) NewDatabases(PrivatePostgreSql server)
    {
        var (ledger, cube) = (server.NewDatabase("ledger"), server.NewDatabase("cube"));
        WorkerRegistration.Migrate(Database.TryParse(StorageProvider.PostgreSql, ledger)!, NullLogger.Instance);
        AggregatorRegistration.Migrate(Database.TryParse(StorageProvider.PostgreSql, cube)!, NullLogger.Instance);
        return (ledger, cube);
    }

    /// <summary>The command that starts the program with the settings of these databases.</summary>
    internal static string[] SettingsOf(string ledger, string cube) =>
        ["env", "Storage__Provider=PostgreSql", $"ConnectionStrings__Ledger={ledger}", $"ConnectionStrings__Cube={cube}"];

    /// <summary>What <c>/health/ready</c> says of the service and of its two databases.</summary>
    internal static async Task<(HttpStatusCode Status, string? Ledger, string? Cube)> HealthAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready");
        var checks = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]!;
        return (answer.StatusCode, (string?)checks["ledger"]?["status"], (string?)checks["cube"]?["status"]);
    }
}
