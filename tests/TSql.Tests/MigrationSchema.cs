using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using Assembly = System.Reflection.Assembly;

namespace XilinIngest.TSql.Tests;

/// <summary>The schema of the ledger, the cube or the notices, as the migration scripts make it.</summary>
internal sealed record MigrationSchema(string Name, Assembly Assembly, string Folder)
{
    public static readonly MigrationSchema Ledger = new("ledger", typeof(LedgerStore).Assembly, ".Ledger.Migrations.");
    public static readonly MigrationSchema Cube = new("cube", typeof(CubeStore).Assembly, ".Cube.Migrations.");
    public static readonly MigrationSchema Notices = new("notices", typeof(NoticeStore).Assembly, ".Notices.Migrations.");

    // What every server brings and no script makes, as its documentation has it: the parts that are used here.
    private static readonly string[] ServerProcedures =
    [
        "CREATE TABLE sys.databases (name sysname NOT NULL, compatibility_level tinyint NOT NULL, is_read_committed_snapshot_on bit NULL)",
        "CREATE PROCEDURE sp_getapplock @Resource nvarchar(255), @LockMode varchar(32), @LockOwner varchar(32) = 'Transaction', "
        + "@LockTimeout int = NULL, @DbPrincipal sysname = 'public' AS RETURN 0",
    ];

    public static MigrationSchema Of(string name) => name == Ledger.Name ? Ledger : name == Cube.Name ? Cube : Notices;

    /// <summary>SQL Server's scripts, in the order in which they are run.</summary>
    public IReadOnlyList<(string Name, string Text)> Scripts =>
    [
        .. Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(Folder + "SqlServer.", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(name => (name, Read(name))),
    ];

    /// <summary>Whatever is run on this schema: what is its own, and what all have. The notices have no numbers of indicators.</summary>
    public IEnumerable<SqlServerText> Texts => SqlServerText.All.Where(text => text.Assembly == Assembly
        || (text.Assembly == typeof(SqlStatement).Assembly
            && (Name != "notices" || !text.Name.StartsWith(nameof(IndicatorNumbers), StringComparison.Ordinal))));

    /// <summary>The tables and indexes alone. Names are told apart by case, as on a server whose collation does.</summary>
    public TSqlModel Model()
    {
        var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions { Collation = "Latin1_General_100_BIN2" });
        foreach (var definition in Definitions().Select(statement => statement.ToText()).Concat(ServerProcedures))
        {
            model.AddObjects(definition);
        }

        return model;
    }

    /// <summary>What the rows are that scripts put in.</summary>
    public IEnumerable<SqlServerText> SeedStatements => Scripts.SelectMany(script => ScriptParser.StatementsOf(script.Name, script.Text)
        .OfType<DataModificationStatement>()
        .Select((statement, i) => new SqlServerText(Assembly, $"{script.Name}.{i + 1}", statement.ToText())));

    // A model knows no ALTER: a column that is added is one that was there from the beginning.
    private List<TSqlStatement> Definitions()
    {
        var made = new List<TSqlStatement>();
        foreach (var (name, text) in Scripts)
        {
            foreach (var statement in ScriptParser.StatementsOf(name, text))
            {
                switch (statement)
                {
                    case CreateTableStatement or CreateIndexStatement:
                        made.Add(statement);
                        break;
                    case AlterTableAddTableElementStatement { Definition: var added } alter:
                        Add(made.OfType<CreateTableStatement>()
                            .Single(table => NameOf(table.SchemaObjectName) == NameOf(alter.SchemaObjectName)).Definition, added);
                        break;
                    case AlterTableAlterColumnStatement alter:
                        made.OfType<CreateTableStatement>()
                            .Single(table => NameOf(table.SchemaObjectName) == NameOf(alter.SchemaObjectName))
                            .Definition.ColumnDefinitions.Single(column => column.ColumnIdentifier.Value == alter.ColumnIdentifier.Value)
                            .DataType = alter.DataType;
                        break;
                    case DropTableStatement drop:
                        made.RemoveAll(earlier => earlier is CreateTableStatement table
                            && drop.Objects.Any(gone => NameOf(gone) == NameOf(table.SchemaObjectName)));
                        break;
                    case DropIndexStatement drop:
                        made.RemoveAll(earlier => earlier is CreateIndexStatement index
                            && drop.DropIndexClauses.OfType<DropIndexClause>().Any(gone => gone.Index.Value == index.Name.Value));
                        break;
                    case DataModificationStatement:
                        break;
                    default:
                        throw new NotSupportedException(
                            $"{name} has a {statement.GetType().Name}: teach {nameof(MigrationSchema)} what it does to the schema.");
                }
            }
        }

        return made;
    }

    private static void Add(TableDefinition table, TableDefinition added)
    {
        foreach (var column in added.ColumnDefinitions)
        {
            table.ColumnDefinitions.Add(column);
        }

        foreach (var constraint in added.TableConstraints)
        {
            table.TableConstraints.Add(constraint);
        }
    }

    private static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    private string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
