using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Admin.Doctor;
using XilinIngest.Admin.Installations;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Tests.Doctor;

public sealed class A_database_server_that_is_checked
{
    [Theory, OnPostgreSql]
    public async Task Is_held_against_the_schema_and_the_rights_of_its_user(StorageProvider engine)
    {
        using var folder = new TestFolder();
        var owner = TestDatabases.NewConnectionString(engine, folder.Path, "ledger");
        var connectionString = new NpgsqlConnectionStringBuilder(owner);
        var user = connectionString.Database + "_worker";
        connectionString.Username = user;
        await using var server = new NpgsqlConnection(owner);
        await server.ExecuteAsync($"CREATE ROLE {user} LOGIN");

        var outdated = await FindAsync();
        Assert.Equal(CheckState.Fault, outdated.State);
        Assert.Contains("xilin-admin migrate", outdated.RemedyEn, StringComparison.Ordinal);

        WorkerRegistration.Migrate(Database.TryParse(engine, owner)!, NullLogger.Instance);
        await server.ExecuteAsync($"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}");
        var poor = await FindAsync();
        Assert.Contains("INSERT ledger_entry", poor.En, StringComparison.Ordinal);
        Assert.Contains("deploy/postgresql/ledger-rights.sql", poor.RemedyEn, StringComparison.Ordinal);

        foreach (var (table, privilege) in StoreRights.NeededFor(StoreKind.Ledger))
        {
            await server.ExecuteAsync($"GRANT {privilege} ON {table} TO {user}");
        }

        Assert.Equal(CheckState.Fine, (await FindAsync()).State);
        await server.ExecuteAsync($"GRANT DELETE ON ledger_entry TO {user}");
        var rich = await FindAsync();
        Assert.Equal((CheckState.Warning, true), (rich.State, rich.En.Contains("may change or delete", StringComparison.Ordinal)));
        Assert.Equal(CheckState.Fine, Assert.Single(await ClockCheck.RunAsync(Read(), TimeProvider.System)).State);
        NpgsqlConnection.ClearAllPools();

        async Task<CheckFinding> FindAsync() => Assert.Single(await StoreCheck.RunAsync(Assert.Single(Read().Stores)));

        Installation Read() => TestInstallation.Read(
            [("Storage__Provider", engine.ToString()), ("ConnectionStrings__Ledger", connectionString.ConnectionString),
                ("Ledger__KeyFile", folder.In("ledger-key.pem"))]);
    }
}
