using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Standalone.Tests.Backup;

/// <summary>The commands of docs/backup.md, run as they stand there.</summary>
public sealed class A_backup_that_is_restored
{
    /// <summary>Its user on a server: reads and writes, makes no tables.</summary>
    private const string ServiceUser = "xilin";

    [Fact]
    public void Is_made_and_restored_by_commands_that_all_run_here() => Assert.Equal(
        ["postgresql backup", "postgresql restore", "postgresql roles", "settings", "sqlite backup", "sqlite restore", "verify"],
        BackupPage.Blocks.Keys.Order(StringComparer.Ordinal));

    [Fact, Trait("suite", "long")]
    public async Task Gives_back_what_it_held_and_the_rest_when_it_is_sent_again_on_SQLite()
    {
        Assert.True(File.Exists("/usr/bin/sqlite3"), "sqlite3 is missing: apt-get install sqlite3.");
        using var service = new BackupScenario();
        await RestoredAsync(service, "sqlite backup", async () =>
        {
            await service.StartAsync();
            Assert.Equal((1, true), Told(await service.Page.TryAsync("sqlite restore"), "stop it first"));
            await service.StopAsync();
            Array.ForEach(Directory.GetFiles(service.DataFolder, "*.db"), file => File.WriteAllText(file, "what a broken disk gives"));
            Directory.Delete(service.CatalogueFolder, recursive: true);
            await service.Page.RunAsync("sqlite restore");
        });
        Assert.Equal("what a broken disk gives",
            await File.ReadAllTextAsync(
                Directory.GetFiles(Directory.GetDirectories(service.DataFolder, "before-restore-*").Single(), "ledger.db").Single()));
    }

    [Fact, Trait("suite", "long")]
    public async Task Has_the_ledgers_and_cubes_of_all_partitions_and_is_recorded_only_when_it_is_whole()
    {
        using var service = new BackupScenario();
        await File.WriteAllLinesAsync(
            Path.Combine(service.CatalogueFolder, "partitions.csv"), ["path,connection", "32.04.04,", "32.04.04.004,"]);
        await service.StartAsync();
        await service.SendAsync(service.NewSubmissions(60));
        await service.Page.RunAsync("sqlite backup");
        await service.StopAsync();

        Array.ForEach(Directory.GetFiles(service.DataFolder, "*.db"), file => File.WriteAllText(file, "what a broken disk gives"));
        File.Delete(Path.Combine(service.DataFolder, "last-backup"));
        var whole = service.PageEnvironment["BACKUP"];
        service.PageEnvironment["BACKUP"] = whole + "-of-nothing";
        Assert.NotEqual(0, (await service.Page.TryAsync("sqlite backup")).Exit);
        Assert.False(File.Exists(Path.Combine(service.DataFolder, "last-backup")));

        service.PageEnvironment["BACKUP"] = whole;
        await service.Page.RunAsync("sqlite restore");
        await service.StartAsync();
        Assert.Contains("✓ 核对通过。", await service.Page.RunAsync("verify"), StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(service.DataFolder, "*-32.04.04*.db").Length);
    }

    [Fact, Trait("suite", "long")]
    public async Task Gives_back_what_it_held_and_the_rest_when_it_is_sent_again_on_PostgreSQL()
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var service = new BackupScenario();
        using var after = new PrivatePostgreSql();
        using var before = new PrivatePostgreSql();
        CreateDatabases(before);
        PointTo(service, before);
        await RestoredAsync(service, "postgresql backup", async () =>
        {
            // The machine is gone, with all that was on it; another one has nothing yet.
            before.Dispose();
            Directory.Delete(service.DataFolder, recursive: true);
            Directory.Delete(service.CatalogueFolder, recursive: true);
            PointTo(service, after);
            await service.Page.RunAsync("postgresql roles");
            await service.Page.RunAsync("postgresql restore");
        });

        // Once more, over databases that are in use, and then over such as are only in the way.
        await service.StartAsync();
        Assert.Equal((1, true), Told(await service.Page.TryAsync("postgresql restore"), "is being accessed by other users"));
        await service.StopAsync();
        await service.Page.RunAsync("postgresql restore");
        await service.Page.RunAsync("verify");
    }

    [Fact, Trait("suite", "long")]
    public async Task Has_the_databases_of_all_partitions_on_PostgreSQL()
    {
        Assert.True(TestDatabases.UnavailableReason(StorageProvider.PostgreSql) is null,
            TestDatabases.UnavailableReason(StorageProvider.PostgreSql));
        using var service = new BackupScenario();
        await File.WriteAllLinesAsync(
            Path.Combine(service.CatalogueFolder, "partitions.csv"), ["path,connection", "32.04.04,", "32.04.04.004,"]);
        using var after = new PrivatePostgreSql();
        using var before = new PrivatePostgreSql();
        CreateDatabases(before, "_32_04_04", "_32_04_04_004");
        PointTo(service, before);
        await service.StartAsync();
        var receipts = await service.SendAsync(service.NewSubmissions(60));
        await service.Page.RunAsync("postgresql backup");
        await service.StopAsync();
        Assert.Equal(
            ["cube_32_04_04.dump", "cube_32_04_04_004.dump", "ledger_32_04_04.dump", "ledger_32_04_04_004.dump"],
            Directory.GetFiles(service.PageEnvironment["BACKUP"], "*_*.dump").Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal));

        before.Dispose();
        Directory.Delete(service.DataFolder, recursive: true);
        PointTo(service, after);
        await service.Page.RunAsync("postgresql roles");
        await service.Page.RunAsync("postgresql restore");
        await service.StartAsync();
        await service.StopAsync();
        Assert.Contains("核对通过", await service.Page.RunAsync("verify"), StringComparison.Ordinal);
        Assert.Equal(60, receipts.Count);
    }

    private static async Task RestoredAsync(BackupScenario service, string backup, Func<Task> loseAndRestore)
    {
        await service.StartAsync();
        var early = await service.SendAsync(service.NewSubmissions(300));
        await service.WaitUntilAppliedAsync();
        var said = await service.VersionsAsync();
        Assert.NotEmpty(said);

        // Backed up while it takes more.
        var meanwhile = service.NewSubmissions(300);
        var sending = service.SendAsync(meanwhile);
        await service.Page.RunAsync(backup);
        await sending;
        var recorded = (await service.GetAsync("/health/ready"))!["checks"]!["backup"]!["data"]!;
        Assert.Equal(0, (int)recorded["hoursSinceBackup"]!);
        var late = service.NewSubmissions(200);
        var lateReceipts = await service.SendAsync(late);
        await service.WaitUntilAppliedAsync();
        var (rows, figures) = (await service.LastRowAsync(), await service.FiguresAsync());
        await service.StopAsync();

        await loseAndRestore();

        await service.Page.RunAsync("verify");
        await service.StartAsync();
        var restored = await service.LastRowAsync();
        Assert.InRange(restored, early.Count, rows - late.Count);
        Assert.All(early, receipt => Assert.True(SequenceOf(receipt) <= restored));
        foreach (var receipt in early)
        {
            Assert.Equal((string?)receipt["leafHash"],
                (string?)(await service.GetAsync($"/api/submissions/{SequenceOf(receipt)}"))!["receipt"]!["leafHash"]);
        }

        Assert.All(lateReceipts, receipt => Assert.True(SequenceOf(receipt) > restored));
        Assert.Null(await service.GetAsync($"/api/submissions/{rows}"));
        await service.WaitUntilAppliedAsync();
        Assert.Empty(said.Except(await service.VersionsAsync()));
        Assert.NotEqual(figures, await service.FiguresAsync());

        // As offices do that were told of it.
        await service.SendAsync([.. meanwhile, .. late]);
        await service.WaitUntilAppliedAsync();
        Assert.Equal(rows, await service.LastRowAsync());
        Assert.Equal(figures, await service.FiguresAsync());
        await service.StopAsync();
        Assert.Contains("✓ 核对通过。", await service.Page.RunAsync("verify"), StringComparison.Ordinal);
    }

    // As an administrator does it once: the tables by who may make them, and the rights of deploy/postgresql for the service.
    private static void CreateDatabases(PrivatePostgreSql server, params string[] partitions)
    {
        using (var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false"))
        {
            connection.Execute($"CREATE ROLE {ServiceUser} LOGIN");
        }

        foreach (var ending in partitions.Prepend(""))
        {
            var (ledger, cube) = (server.NewDatabase($"ledger{ending}"), server.NewDatabase($"cube{ending}"));
            WorkerRegistration.Migrate(Database.TryParse(StorageProvider.PostgreSql, ledger)!, NullLogger.Instance);
            AggregatorRegistration.Migrate(Database.TryParse(StorageProvider.PostgreSql, cube)!, NullLogger.Instance);
            foreach (var (database, name) in new[] { (ledger, "ledger"), (cube, "cube") })
            {
                PostgreSqlProgram.RunScript(database, Path.Combine(RepositoryFiles.Root, "deploy", "postgresql", $"{name}-rights.sql"),
                    ("role", ServiceUser));
            }
        }
    }

    private static void PointTo(BackupScenario service, PrivatePostgreSql server)
    {
        var parts = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));
        var environment = service.PageEnvironment;
        environment["Storage__Provider"] = nameof(StorageProvider.PostgreSql);
        foreach (var (name, database) in new[] { ("Ledger", "ledger"), ("Cube", "cube") })
        {
            environment[$"ConnectionStrings__{name}"] =
                new NpgsqlConnectionStringBuilder(server.ConnectionString(database)) { Username = ServiceUser }.ConnectionString;
        }

        (environment["PGHOST"], environment["PGPORT"], environment["PGUSER"]) =
            (parts.Host!, parts.Port.ToString(CultureInfo.InvariantCulture), "postgres");
    }

    private static (int, bool) Told((int Exit, string Said) run, string words) =>
        (run.Exit, run.Said.Contains(words, StringComparison.Ordinal));

    private static long SequenceOf(JsonNode receipt) => (long)receipt["sequence"]!;
}
