using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.TSql.Tests;

public sealed class The_schema : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-tsql-").FullName;

    [Theory]
    [InlineData("ledger", "ledger_entry.submission_id text NOT NULL", "ledger_entry.findings text", "ledger_entry INDEX (unit, period)",
        "indicator_number UNIQUE (code)")]
    [InlineData("cube", "cube_state.epoch number NOT NULL", "publication.previous_id number",
        "newest_publication PRIMARY KEY (id)", "publication INDEX of some (id)")]
    [InlineData("notices", "notice.content text NOT NULL", "notice UNIQUE (id)", "told_alert PRIMARY KEY (route, unit, indicator, year)",
        "notice INDEX of some (channel, number)")]
    public void Is_in_SQL_Server_what_it_is_in_SQLite(string name, params string[] some)
    {
        var schema = MigrationSchema.Of(name);
        var sqlite = SchemaColumns.FromSqlite(schema, TestDatabases.NewDatabase(StorageProvider.Sqlite, _folder, name));

        Assert.All(some, line => Assert.Contains(line, sqlite));
        Assert.Equal(sqlite, SchemaColumns.FromSqlServer(schema));
    }

    [Theory]
    [OnPostgreSql]
    public void Is_in_SQL_Server_what_it_is_in_PostgreSQL(
        StorageProvider provider) => Assert.All([MigrationSchema.Ledger, MigrationSchema.Cube, MigrationSchema.Notices], schema =>
        Assert.Equal(SchemaColumns.FromPostgreSql(schema, TestDatabases.NewDatabase(provider, _folder, schema.Name)),
            SchemaColumns.FromSqlServer(schema)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
