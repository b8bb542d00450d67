using System.Reflection;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Storage;
using XilinIngest.Storage.Dialects;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.TSql.Tests;

/// <summary>A text that is sent to SQL Server, named after the field that holds it.</summary>
internal sealed record TSqlText(Assembly Assembly, string Name, string Text)
{
    /// <summary>Where statements are.</summary>
    public static readonly IReadOnlyList<Assembly> Assemblies = [typeof(Statement).Assembly, typeof(LedgerStore).Assembly, typeof(CubeStore).Assembly];

    // What only SQLite runs, and why.
    private static readonly Dictionary<string, string> OfSqliteOnly = new()
    {
        ["CubeStore.KeepFile"] = "VACUUM INTO copies a file; a server's cube is kept by the server's backups, and KeepCopy returns before it.",
    };

    /// <summary>The fields that hold statements.</summary>
    public static IReadOnlyList<FieldInfo> StatementFields { get; } = FieldsOf<Statement>();

    /// <summary>The fields that hold tables.</summary>
    public static IReadOnlyList<FieldInfo> TableFields { get; } = FieldsOf<ITable>();

    /// <summary>Every statement, and for every table what inserts into it, writes over it and deletes from it.</summary>
    public static IReadOnlyList<TSqlText> All { get; } =
    [
        .. StatementFields.Where(field => !OfSqliteOnly.ContainsKey(NameOf(field)))
            .Select(field => new TSqlText(field.DeclaringType!.Assembly, NameOf(field), ((Statement)field.GetValue(null)!).For(StorageProvider.SqlServer))),
        .. TableFields.SelectMany(field => Enum.GetValues<Writing>().Select(writing => new TSqlText(
            field.DeclaringType!.Assembly, $"{NameOf(field)}.{writing}", Dialect.Of(StorageProvider.SqlServer).TextOf((ITable)field.GetValue(null)!, writing)))),
    ];

    /// <summary>The names of what is left out.</summary>
    public static IEnumerable<string> LeftOut => OfSqliteOnly.Keys;

    public static string NameOf(FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";

    private static FieldInfo[] FieldsOf<T>() =>
    [
        .. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsAssignableTo(typeof(T))),
    ];
}
