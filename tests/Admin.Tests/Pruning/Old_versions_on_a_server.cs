using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Notifier;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.TestLedgers;
using static XilinIngest.TestLedgers.PartitionedLedgers;

namespace XilinIngest.Admin.Tests.Pruning;

/// <summary>xilin-admin prune with the settings of a user that has the rights for it and no others.</summary>
public sealed class Old_versions_on_a_server
{
    [Theory, OnPostgreSql]
    public async Task Are_pruned_in_the_cubes_of_all_partitions(StorageProvider engine)
    {
        using var folder = new TestFolder();
        using var catalogue = ReviewMessages.ReviewedCatalogue();
        catalogue.Write("partitions.csv", $"path,connection\n{District},\n{Street},\n");
        var cube = TestDatabases.NewConnectionString(engine, folder.Path, "cube");
        var notices = TestDatabases.NewConnectionString(engine, folder.Path, "notices");
        var role = $"prune_{Guid.NewGuid():N}";
        await using (var server = new NpgsqlConnection(cube))
        {
            await server.ExecuteAsync($"CREATE ROLE {role} LOGIN");
            foreach (var path in new[] { District, Street })
            {
                var database = Database.TryParse(engine, cube)!.ForPartition(path);
                var name = database.Name.Split('/')[^1];
                await server.ExecuteAsync($"CREATE DATABASE {name}");
                AggregatorRegistration.Migrate(database, NullLogger.Instance);
                PrunableCube.Fill(database);
                Grant(new NpgsqlConnectionStringBuilder(cube) { Database = name }.ConnectionString, role, "cube-prune-rights.sql");
            }
        }

        NotifierRegistration.Migrate(Database.TryParse(engine, notices)!, NullLogger.Instance);
        Grant(notices, role, "notices-prune-rights.sql");
        (string, string)[] settings =
        [
            ("Storage__Provider", engine.ToString()), ("ConnectionStrings__Cube", As(role, cube)),
            ("ConnectionStrings__Notices", As(role, notices)),
        ];
        string[] command = ["prune", "--older-than", "3", "--without-archive", "--catalogue", catalogue.Path, "--lang", "en"];

        var plan = (await AdminProgram.RunAdminAsync(settings, [.. command, "--dry-run"])).AssertSucceeded();
        Assert.Equal(2, plan.Output.Split("  2020: 5 messages of totals, 1 rankings").Length - 1);
        var done = (await AdminProgram.RunAdminAsync(settings, [.. command, "--yes"])).AssertSucceeded();

        Assert.Contains("Pruned the old versions of 12 messages", done.Output, StringComparison.Ordinal);
        Assert.Contains("VACUUM FULL publication", done.Output, StringComparison.Ordinal);
        Assert.Contains("There is nothing to prune", (await AdminProgram.RunAdminAsync(settings, [.. command, "--yes"])).Output,
            StringComparison.Ordinal);
        foreach (var path in new[] { District, Street })
        {
            await using var connection = Database.TryParse(engine, cube)!.ForPartition(path).Open();
            Assert.Equal(6, await connection.ExecuteScalarAsync<long>("SELECT totals + rankings FROM pruning WHERE ended_at IS NOT NULL"));
        }

        NpgsqlConnection.ClearAllPools();
    }

    private static string As(string role, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = role }.ConnectionString;

    private static void Grant(string owner, string role, string script) => PostgreSqlProgram.RunScript(
        owner, Path.Combine(RepositoryFiles.Root, "deploy", "postgresql", script), ("role", role));
}
