using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Admin.Tests.Backups;

public sealed class A_backup_of_partitions_on_a_server
{
    private static readonly string[] Paths = [District, Street];

    [Theory, Trait("suite", "long"), OnPostgreSql]
    public async Task Is_restored_and_verified_while_the_databases_are_used_and_gives_them_all_back(StorageProvider engine)
    {
        using var folder = new TestFolder();
        using var catalogue = ReviewMessages.ReviewedCatalogue();
        catalogue.Write("partitions.csv", $"path,connection\n{District},\n{Street},\n");
        var ledger = TestDatabases.NewConnectionString(engine, folder.Path, "ledger");
        var cube = TestDatabases.NewConnectionString(engine, folder.Path, "cube");
        foreach (var path in Paths)
        {
            WorkerRegistration.Migrate(await CreateAsync(engine, ledger, path), NullLogger.Instance);
            AggregatorRegistration.Migrate(await CreateAsync(engine, cube, path), NullLogger.Instance);
        }

        (string, string)[] settings =
        [
            ("Storage__Provider", engine.ToString()), ("ConnectionStrings__Ledger", ledger), ("ConnectionStrings__Cube", cube),
            ("Ledger__KeyFile", folder.In("ledger-key.pem")),
        ];
        string[] options = ["--catalogue", catalogue.Path, "--lang", "en"];
        await using (var ledgers = await StartOnAsync(
            Database.TryParse(engine, ledger)!, folder.Path, new FakeTimeProvider(Now), Paths))
        {
            await ledgers.SendAsync(NewSubmission(Village, "2022-07", Petitions(3)));
            var made = (await AdminProgram.RunAdminAsync(settings, ["backup", "--to", folder.In("backups"), .. options])).AssertSucceeded();
            Assert.Contains("where 1 rows of the ledger hold", made.Output, StringComparison.Ordinal);
            await ledgers.SendAsync(NewSubmission(Village, "2022-07", Petitions(4)));
        }

        NpgsqlConnection.ClearAllPools();
        Assert.Equal([], await NamesAsync(ledger, "xilin_check_%"));
        var backup = Assert.Single(Directory.GetDirectories(folder.In("backups")));
        Assert.Equal(4, Directory.GetFiles(backup, "*.dump").Length);
        await using (Database.TryParse(engine, cube)!.ForPartition(Street).Open())
        {
            var refused = await AdminProgram.RunAdminAsync(settings, ["restore", backup, .. options]);
            Assert.Equal((1, true), (refused.ExitCode, refused.Errors.Contains("is in use: stop all services", StringComparison.Ordinal)));
        }

        NpgsqlConnection.ClearAllPools();
        Assert.Equal(2, await CountAsync(engine, ledger));
        NpgsqlConnection.ClearAllPools();

        (await AdminProgram.RunAdminAsync(settings, ["restore", backup, .. options])).AssertSucceeded();

        Assert.Equal(1, await CountAsync(engine, ledger));
        var name = new NpgsqlConnectionStringBuilder(ledger).Database;
        Assert.Equal(2, (await NamesAsync(ledger, $"{name}_32%before-restore-%")).Count);
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task<Database> CreateAsync(StorageProvider engine, string installation, string path)
    {
        var database = Database.TryParse(engine, installation)!.ForPartition(path);
        await using var server = new NpgsqlConnection(installation);
        await server.ExecuteAsync($"CREATE DATABASE {database.Name.Split('/')[^1]}");
        return database;
    }

    private static async Task<long> CountAsync(StorageProvider engine, string installation)
    {
        await using var connection = Database.TryParse(engine, installation)!.ForPartition(Street).Open();
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM ledger_entry");
    }

    private static async Task<List<string>> NamesAsync(string installation, string pattern)
    {
        await using var server = new NpgsqlConnection(installation);
        return
            [.. await server.QueryAsync<string>("SELECT datname FROM pg_database WHERE datname LIKE @Pattern", new { Pattern = pattern })];
    }
}
