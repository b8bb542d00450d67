using System.Reflection;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;
using XilinIngest.Storage.Dialects;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.TSql.Tests;

/// <summary>A text that is sent to SQL Server, named after the field that holds it.</summary>
internal sealed record SqlServerText(Assembly Assembly, string Name, string Text)
{
    /// <summary>Where statements are.</summary>
    public static readonly IReadOnlyList<Assembly> Assemblies =
        [typeof(SqlStatement).Assembly, typeof(LedgerStore).Assembly, typeof(CubeStore).Assembly, typeof(NoticeStore).Assembly];

    // What only SQLite runs, and why.
    private static readonly Dictionary<string, string> SqliteOnly = new()
    {
        ["CubeStatements.CopyFile"] =
        "VACUUM INTO copies a file; a server's cube is kept by the server's backups, and CreateBackup returns before it.",
        ["PruningStatements.CompactFile"] = "VACUUM makes a file smaller; FileLeases gives it SQLite files alone.",
        ["CubeStore.HasReportTexts"] = "A split copies the edited texts of cubes that are files; those on a server are not copied.",
    };

    /// <summary>The fields that hold statements.</summary>
    public static IReadOnlyList<FieldInfo> StatementFields { get; } = FieldsOf<SqlStatement>();

    /// <summary>The fields that hold tables.</summary>
    public static IReadOnlyList<FieldInfo> TableFields { get; } = FieldsOf<IBulkTable>();

    /// <summary>Every statement, and for every table what inserts into it, writes over it and deletes from it.</summary>
    public static IReadOnlyList<SqlServerText> All { get; } =
    [
        .. StatementFields.Where(field => !SqliteOnly.ContainsKey(NameOf(field)))
            .Select(field =>
                new SqlServerText(field.DeclaringType!.Assembly, NameOf(field),
                    ((SqlStatement)field.GetValue(null)!).For(StorageProvider.SqlServer))),
        .. TableFields.SelectMany(field => Enum.GetValues<WriteMode>().Select(writing => new SqlServerText(
            field.DeclaringType!.Assembly, $"{NameOf(field)}.{writing}",
            Dialect.Of(StorageProvider.SqlServer).WriteStatement((IBulkTable)field.GetValue(null)!, writing)))),
    ];

    /// <summary>The names of what is left out.</summary>
    public static IEnumerable<string> LeftOut => SqliteOnly.Keys;

    public static string NameOf(FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";

    private static FieldInfo[] FieldsOf<T>() =>
    [
        .. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.ContainsGenericParameters)
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsAssignableTo(typeof(T))),
    ];
}
