using System.Runtime.CompilerServices;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Report;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.TestEngines;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Storage.Tests;

/// <summary>The rights that deploy/postgresql gives are enough for the services, and for no more.</summary>
public sealed class A_user_with_the_rights_of_a_service
{
    [Theory, OnPostgreSql]
    public void Can_do_a_workers_work(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "ledger");
        WorkerRegistration.Migrate(Database.TryParse(engine, owner)!, NullLogger.Instance);
        var service = Grant(owner, "ledger-rights.sql");
        Migrator.MigrateOrCheck(service, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.", NullLogger.Instance);
        service.AcquireLease("ledger-startup").Dispose();
        using var ledger = new LedgerFixture(database: _ => service);
        ledger.Receipts(ValidSubmission().Bytes(), ValidSubmission().Set("revision", 2).Bytes());
        ledger.Receipts(ValidSubmission().Set("revision", 3).Bytes());
        ledger.Store.ProbeWrite();
        Assert.Empty(ledger.Verify().Faults);
        var witness = NoteSigner.FromPem(NoteSigner.CreatePem(), "audit.example.org/witness", NoteAlgorithm.Cosignature).Verifier;
        var policy = TrustPolicyReader.Read(Encoding.UTF8.GetBytes($"witness audit {witness}\nquorum audit\n")).Policy!;
        var cosignatures = new CosignatureStore(ledger.Store, policy);
        foreach (var size in new[] { 1, 2, 2 })
        {
            cosignatures.Add(new Cosignature(size, witness.Text, "— audit.example.org/witness AAAA"));
        }

        using var connection = service.Open();
        foreach (var forbidden in new[]
        {
            "UPDATE ledger_entry SET sender = 'another'", "DELETE FROM ledger_entry", "UPDATE ledger_checkpoint SET root = ''",
            "DELETE FROM ledger_checkpoint", "DELETE FROM ledger_effective_month",
            "CREATE TABLE another (id bigint)", "DROP TABLE ledger_entry",
            "INSERT INTO schemaversions (scriptname, applied) VALUES ('x', now())",
        })
        {
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => connection.Execute(forbidden)).SqlState);
        }
    }

    [Theory, OnPostgreSql]
    public void Can_do_an_aggregators_work(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "cube");
        AggregatorRegistration.Migrate(Database.TryParse(engine, owner)!, NullLogger.Instance);
        var service = Grant(owner, "cube-rights.sql");
        using var lease = new CubeLease(service, NullLogger<CubeStore>.Instance);
        Assert.True(lease.TryAcquire());
        var store = new CubeStore(service);
        store.TakeOver();
        using var connection = service.Open();
        for (var version = 1; version <= 2; version++)
        {
            using var transaction = Database.BeginWrite(connection);
            CubeStore.ClearEffective(connection, transaction);
            CubeStore.WriteEffective(connection, transaction, [(Village, new Period(2022, 7), [1])]);
            CubeStore.WriteEffective(connection, transaction, [(Village, new Period(2022, 7), [2])]);
            IndicatorNumbers.Load(connection, transaction, [new IndicatorCode($"I{version}")]);
            CubeStore.WritePublications(connection, transaction, new(
                [new Publication { Id = version, Kind = "total", Unit = Village, Period = 202207, PreviousId = version == 1 ? null : 1,
                    Event = "E", Payload = "{}", PublishedAt = "t" }],
                version == 1 ? [] : [1]));
            store.WriteApplied(connection, transaction, version, null);
            transaction.Commit();
            store.WritePublished(version);
        }

        Assert.Equal(2, CubeStore.ReadPosition(connection).PublishedThrough);
        var edit = new EditedText(new(new Period(2022, 7), Village, "ranks", "zh"), 0, "一句话。", "另一句。", "", "x", DateTimeOffset.UnixEpoch);
        Assert.Equal(EditOutcome.Stored, store.AddReportText(edit, 0).Outcome);
        using (var transaction = Database.BeginWrite(connection))
        {
            CubeStore.WriteReleases(
                connection, transaction, [new(new(new Period(2022, 7), 1, DateTimeOffset.UnixEpoch, 1, null, null, 0, null), [])]);
            transaction.Commit();
        }

        foreach (var forbidden in new[] { "UPDATE report_text SET edited_text = ''", "DELETE FROM month_release_text",
            "UPDATE publication SET payload = ''", "DELETE FROM publication",
            "UPDATE newest_publication SET id = 9",
            "CREATE TABLE another (id bigint)" })
        {
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => connection.Execute(forbidden)).SqlState);
        }
    }

    [Theory, OnPostgreSql]
    public void Can_prune_old_versions_and_neither_add_nor_delete_a_result(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "cube");
        var cube = Database.TryParse(engine, owner)!;
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        PrunableCube.Fill(cube);
        var service = Grant(owner, "cube-prune-rights.sql");
        Assert.Empty(AggregatorRegistration.FindMissingScripts(service));
        Assert.Equal(6, CubePruning.Count(service, PrunableCube.ThreeYearsAgo).Sum(each => each.Messages));
        using (var pruning = new CubePruning(service, PrunableCube.ThreeYearsAgo, "clerk@host", TimeProvider.System))
        {
            Assert.Equal(6, pruning.PruneNext(100)!.Value.Messages);
            Assert.Null(pruning.PruneNext(100));
        }

        using var connection = service.Open();
        foreach (var forbidden in new[]
        {
            "DELETE FROM publication", "UPDATE publication SET published_at = ''", "UPDATE publication SET previous_id = NULL",
            "DELETE FROM newest_publication", "DELETE FROM month_release_publication", "DELETE FROM pruning",
            "UPDATE pruning SET made_by = ''", "UPDATE cube_state SET epoch = 9", "SELECT COUNT(*) FROM cube_effective_month",
        })
        {
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => connection.Execute(forbidden)).SqlState);
        }
    }

    /// <summary>The scripts give rights in the schema that their user works in, whichever that is.</summary>
    [Theory, OnPostgreSql]
    public void Works_in_another_schema_too(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "ledger");
        using (var connection = new NpgsqlConnection(owner))
        {
            connection.Execute("CREATE SCHEMA xilin");
        }

        var inSchema = new NpgsqlConnectionStringBuilder(owner) { SearchPath = "xilin" }.ConnectionString;
        WorkerRegistration.Migrate(Database.TryParse(engine, inSchema)!, NullLogger.Instance);
        using var ledger = new LedgerFixture(database: _ => Grant(inSchema, "ledger-rights.sql"));
        Assert.Equal(1, ledger.Receipts(ValidSubmission().Bytes())[0].Sequence);

        // Misspelt, it is told by name, and psql does not end as if all were well.
        var misspelt = new NpgsqlConnectionStringBuilder(owner) { SearchPath = "ledgr" }.ConnectionString;
        var refused =
            Assert.Throws<InvalidOperationException>(
                () => WorkerRegistration.Migrate(Database.TryParse(engine, misspelt)!, NullLogger.Instance));
        Assert.Contains("(ledgr) has no current schema", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Grant(misspelt, "ledger-rights.sql"));
    }

    private static Database Grant(string owner, string file)
    {
        var role = $"service_{Guid.NewGuid():N}";
        using (var connection = new NpgsqlConnection(owner))
        {
            connection.Execute($"CREATE ROLE {role} LOGIN");
        }

        PostgreSqlProgram.RunScript(owner, Path.Combine(Root(), "deploy", "postgresql", file), ("role", role));
        return Database.TryParse(StorageProvider.PostgreSql,
            new NpgsqlConnectionStringBuilder(owner) { Username = role }.ConnectionString)!;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
