using Dapper;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XilinIngest.Contracts;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Admin.Tests.Partitions;

public sealed class A_server_with_partitions : IDisposable
{
    private const string Village2 = "320404007202";
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-server-").FullName;
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CatalogueFolder _split = ReviewMessages.ReviewedCatalogue();
    private readonly CatalogueFolder _whole = ReviewMessages.ReviewedCatalogue();

    public void Dispose()
    {
        _split.Dispose();
        _whole.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The street's databases are beside those of a connection of its own.</summary>
    [Theory, OnPostgreSql]
    public async Task Gets_the_tables_of_all_and_the_rows_of_the_one_ledger(StorageProvider engine)
    {
        var (ledger, cube) = (NewConnectionString(engine, "ledger"), NewConnectionString(engine, "cube"));
        var (eastLedger, eastCube) = (NewConnectionString(engine, "east_ledger"), NewConnectionString(engine, "east_cube"));
        await CreateAsync(ledger, District);
        await CreateAsync(cube, District);
        await CreateAsync(eastLedger, Street);
        await CreateAsync(eastCube, Street);
        _split.Write("partitions.csv", $"path,connection\n{District},\n{Street},east\n");
        (string, string)[] settings =
        [
            ("Storage__Provider", engine.ToString()), ("ConnectionStrings__Ledger", ledger), ("ConnectionStrings__Cube", cube),
            ("Ledger__KeyFile", Path.Combine(_folder, "ledger-key.pem")),
        ];
        (await RunAsync("migrate", _whole, settings)).AssertSucceeded();
        var database = Database.TryParse(engine, ledger)!;
        await using (var one = await StartOnAsync(database, _folder, _clock))
        {
            await one.SendAsync(NewSubmission(Village, "2022-07", Petitions(3)), NewSubmission("320404000000", "2022-07", Petitions(3)));
            await one.SendAsync(NewSubmission(Village2, "2022-07", Petitions(3)));
        }

        var incomplete = await RunAsync("migrate", _split, settings);
        Assert.Contains("ConnectionStrings__Ledger_east is missing", incomplete.Errors, StringComparison.Ordinal);
        settings = [.. settings, ("ConnectionStrings__Ledger_east", eastLedger), ("ConnectionStrings__Cube_east", eastCube)];
        Assert.Equal(4, (await RunAsync("migrate", _split, settings)).AssertSucceeded().Output.Split('✓').Length - 1);
        var split = (await RunAsync("partition", _split, settings)).AssertSucceeded();
        Assert.Contains("The new ledgers are ready", split.Output, StringComparison.Ordinal);
        Assert.Equal((1, 2), (await CountAsync(OfPartition(ledger, District)), await CountAsync(OfPartition(eastLedger, Street))));

        var again = await RunAsync("partition", _split, settings);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("has rows already", again.Errors, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(ledger));
        NpgsqlConnection.ClearAllPools();
    }

    private string NewConnectionString(StorageProvider engine, string name) => TestDatabases.NewConnectionString(engine, _folder, name);

    private static Task<ProgramResult> RunAsync(string command, CatalogueFolder catalogue, (string, string)[] settings) =>
        AdminProgram.RunAdminAsync(settings, command, "--catalogue", catalogue.Path, "--lang", "en");

    private static string OfPartition(string connectionString, string path)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        parts.Database += $"_{path.Replace('.', '_')}";
        return parts.ConnectionString;
    }

    private static async Task CreateAsync(string connectionString, string path)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync($"CREATE DATABASE {new NpgsqlConnectionStringBuilder(OfPartition(connectionString, path)).Database}");
    }

    private static async Task<int> CountAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM ledger_entry");
    }
}
