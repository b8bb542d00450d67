using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SqlServer.Dac.Model;
using XilinIngest.Storage;
using Index = Microsoft.SqlServer.Dac.Model.Index;
using ModelColumn = Microsoft.SqlServer.Dac.Model.Column;

namespace XilinIngest.TSql.Tests;

/// <summary>
/// A schema in words that are the same for every engine, a line for each column and each key: <c>publication.period number NOT
/// NULL</c>,
/// <c>newest_publication PRIMARY KEY (id)</c>. Without the write lock, which a file does not need, and the
/// scripts' journal.
/// </summary>
internal static class SchemaColumns
{
    private static readonly string[] LeftOut = ["write_lock", "schemaversions", "sqlite_sequence", "databases"];

    // What SQL Server alone has: its recursive queries may not ask for the next unit in the table's own key, as the others' do.
    private static readonly string[] SqlServerOnly = ["ledger_effective_month INDEX (unit)"];

    // A file keeps this table in the order of its key: the month first, because a batch mostly has rows of one month.
    private const string KeyInFile = "PRIMARY KEY (period, unit)";
    private const string KeyOnServers = "PRIMARY KEY (unit, period)";

    /// <summary>What SQL Server's scripts say.</summary>
    public static string[] FromSqlServer(MigrationSchema schema)
    {
        using var model = schema.Model();
        return Sorted(
        [
            .. from table in model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass)
               from column in table.GetReferenced(Table.Columns)
               select (NameOf(table),
                   Column(NameOf(column), TypeOf(NameOf(column.GetReferenced(ModelColumn.DataType).Single())),
                       !column.GetProperty<bool>(ModelColumn.Nullable))),
            .. Keys(model, PrimaryKeyConstraint.TypeClass, PrimaryKeyConstraint.Host, PrimaryKeyConstraint.Columns, _ => "PRIMARY KEY"),
            .. Keys(model, UniqueConstraint.TypeClass, UniqueConstraint.Host, UniqueConstraint.Columns, _ => "UNIQUE"),
            .. Keys(model, Index.TypeClass, Index.IndexedObject, Index.Columns,
                index => Kind(index.GetProperty<bool>(Index.Unique), index.GetProperty(Index.FilterPredicate) is not null))
                .Where(index => !SqlServerOnly.Contains(index.Item1 + index.Item2)),
        ]);
    }

    /// <summary>What the SQLite scripts come to, run one after the other.</summary>
    public static string[] FromSqlite(MigrationSchema schema, Database database)
    {
        Migrator.Migrate(database, schema.Assembly, schema.Folder, NullLogger.Instance);
        using var connection = database.Open();
        var columns = connection.Query<(string Table, string Column, string Type, long NotNull, long Key)>(
            """
            SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table'
            """).AsList();
        var indexes = connection.Query<(string Table, string Index, long Unique, long Partial, string Column)>(
            """
            SELECT t.name, i.name, i."unique", i.partial, c.name
            FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
            WHERE t.type = 'table' AND i.origin <> 'pk' ORDER BY t.name, i.name, c.seqno
            """);
        return Sorted(
        [
            .. columns.Select(column => (column.Table, Column(column.Column, TypeOf(column.Type), column.NotNull == 1))),
            .. columns.Where(column => column.Key > 0)
            .OrderBy(column => column.Key)
            .GroupBy(column => column.Table)
            .Select(key => (key.Key, ServersKey(key.Key, Key("PRIMARY KEY", key.Select(column => column.Column))))),
            .. indexes.GroupBy(row => (row.Table, row.Index, row.Unique, row.Partial))
            .Select(index => (index.Key.Table, Key(Kind(index.Key.Unique == 1, index.Key.Partial == 1), index.Select(row => row.Column)))),
        ]);
    }

    private static string ServersKey(string table, string key) =>
        table == "ledger_effective_month" ? key.Replace(KeyInFile, KeyOnServers, StringComparison.Ordinal) : key;

    /// <summary>What PostgreSQL's scripts come to.</summary>
    public static string[] FromPostgreSql(MigrationSchema schema, Database database)
    {
        Migrator.Migrate(database, schema.Assembly, schema.Folder, NullLogger.Instance);
        using var connection = database.Open();
        var columns = connection.Query<(string Table, string Column, string Type, string Nullable)>(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = current_schema()");
        var indexes = connection.Query<(string Table, bool Primary, bool Unique, bool Partial, string Columns)>(
            """
            SELECT t.relname::text, i.indisprimary, i.indisunique, i.indpred IS NOT NULL, string_agg(a.attname, ', ' ORDER BY k.at)
            FROM pg_index AS i
            JOIN pg_class AS t ON t.oid = i.indrelid AND t.relnamespace = current_schema()::regnamespace
            CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (number, at)
            JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
            GROUP BY t.relname, i.indexrelid, i.indisprimary, i.indisunique, i.indpred IS NOT NULL
            """);
        return Sorted(
        [
            .. columns.Select(column => (column.Table, Column(column.Column, TypeOf(column.Type), column.Nullable == "NO"))),
            .. indexes.Select(
                index => (index.Table, Key(index.Primary ? "PRIMARY KEY" : Kind(index.Unique, index.Partial), [index.Columns]))),
        ]);
    }

    private static IEnumerable<(string, string)> Keys(
        TSqlModel model, ModelTypeClass type, ModelRelationshipClass host, ModelRelationshipClass columns, Func<TSqlObject, string> kind) =>
        model.GetObjects(DacQueryScopes.UserDefined, type)
            .Select(key => (NameOf(key.GetReferenced(host).Single()), Key(kind(key), key.GetReferenced(columns).Select(NameOf))));

    private static string NameOf(TSqlObject named) => named.Name.Parts[^1];

    private static string Kind(bool unique, bool partial) => (unique ? "UNIQUE" : "INDEX") + (partial ? " of some" : "");

    private static string Key(string kind, IEnumerable<string> columns) => $" {kind} ({string.Join(", ", columns)})";

    private static string Column(string name, string type, bool notNull) => $".{name} {type}{(notNull ? " NOT NULL" : "")}";

    private static string TypeOf(string type) => type.ToLower(CultureInfo.InvariantCulture) switch
    {
        "integer" or "bigint" => "number",
        "text" or "varchar" or "nvarchar" => "text",
        "blob" or "bytea" or "varbinary" => "bytes",
        var other => other,
    };

    private static string[] Sorted(IEnumerable<(string Table, string Line)> lines) =>
        [.. lines.Where(line => !LeftOut.Contains(line.Table, StringComparer.OrdinalIgnoreCase))
            .Select(line => line.Table + line.Line).Order(StringComparer.Ordinal)];
}
