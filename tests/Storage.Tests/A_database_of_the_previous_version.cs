using System.Reflection;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.TestEngines;
using XilinIngest.Worker;

namespace XilinIngest.Storage.Tests;

/// <summary>A ledger with rows in it, of the version that there is, and a next version that comes with one script more.</summary>
public sealed class A_database_of_the_previous_version
{
    private const string Folder = ".Ledger.Migrations.";
    private static readonly Assembly This = typeof(WorkerRegistration).Assembly;

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Is_brought_up_to_date_with_all_that_it_holds(StorageProvider engine)
    {
        using var ledger = WithRows(engine);
        var next = new NextVersion("ALTER TABLE ledger_entry ADD note varchar(20) NULL");
        Assert.EndsWith(NextVersion.Script, Assert.Single(Migrator.Migrate(ledger.Database, next, Folder, NullLogger.Instance)),
            StringComparison.Ordinal);
        Assert.Empty(Migrator.Migrate(ledger.Database, next, Folder, NullLogger.Instance));
        Assert.Equal([null, null], Notes(ledger));
        Assert.Empty(ledger.Verify().Faults);

        // And the one that there is refuses it from then on.
        Assert.Contains("newer version",
            Assert.Throws<InvalidOperationException>(
                () => Migrator.MigrateOrCheck(ledger.Database, This, Folder, NullLogger.Instance)).Message, StringComparison.Ordinal);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public void On_a_server_is_refused_with_the_script_and_the_remedy_and_left_as_it_is(StorageProvider engine)
    {
        using var ledger = WithRows(engine);
        var refused =
            Assert.Throws<InvalidOperationException>(
                () => Migrator.MigrateOrCheck(ledger.Database, new NextVersion("DROP TABLE ledger_entry"), Folder, NullLogger.Instance));
        Assert.Contains(NextVersion.Script, refused.Message, StringComparison.Ordinal);
        Assert.Contains("xilin-admin migrate", refused.Message, StringComparison.Ordinal);
        Migrator.MigrateOrCheck(ledger.Database, This, Folder, NullLogger.Instance);
        Assert.Empty(ledger.Verify().Faults);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Is_as_it_was_when_a_script_fails_halfway(StorageProvider engine)
    {
        using var ledger = WithRows(engine);
        var next = new NextVersion("ALTER TABLE ledger_entry ADD note varchar(20) NULL; INSERT INTO no_such_table (id) VALUES (1)");
        var failed = Assert.Throws<InvalidOperationException>(() => Migrator.Migrate(ledger.Database, next, Folder, NullLogger.Instance));
        Assert.Contains("The database is unchanged", failed.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<System.Data.Common.DbException>(() => Notes(ledger));
        Migrator.MigrateOrCheck(ledger.Database, This, Folder, NullLogger.Instance);
        Assert.Empty(ledger.Verify().Faults);
    }

    private static LedgerFixture WithRows(StorageProvider engine)
    {
        var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        ledger.Receipts(ValidSubmission().Bytes(), ValidSubmission().Set("revision", 2).Bytes());
        return ledger;
    }

    private static List<string?> Notes(LedgerFixture ledger)
    {
        using var connection = ledger.Store.Open();
        return connection.Query<string?>("SELECT note FROM ledger_entry").AsList();
    }

    /// <summary>The worker's own scripts, and one after them for every kind of database.</summary>
    private sealed class NextVersion(string sql) : Assembly
    {
        public const string Script = "9998-next.sql";
        private const string First = "0001-ledger.sql";

        public override string[] GetManifestResourceNames() =>
            [.. This.GetManifestResourceNames(),
                .. This.GetManifestResourceNames()
                .Where(name => name.EndsWith(First, StringComparison.Ordinal)).Select(name => name[..^First.Length] + Script)];

        public override Stream? GetManifestResourceStream(string name) =>
            name.EndsWith(Script, StringComparison.Ordinal)
                ? new MemoryStream(Encoding.UTF8.GetBytes(sql)) : This.GetManifestResourceStream(name);
    }
}
