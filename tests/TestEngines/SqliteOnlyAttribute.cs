using XilinIngest.Storage;

namespace XilinIngest.TestEngines;

/// <summary>A theory about a file of SQLite's: skipped where the suite runs on another engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteOnlyTheoryAttribute : TheoryAttribute
{
    public SqliteOnlyTheoryAttribute() => Skip = SqliteOnly.Reason;
}

/// <summary>As <see cref="SqliteOnlyTheoryAttribute"/>, of a fact.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteOnlyFactAttribute : FactAttribute
{
    public SqliteOnlyFactAttribute() => Skip = SqliteOnly.Reason;
}

internal static class SqliteOnly
{
    public static string? Reason =>
        TestDatabases.SelectedEngine == StorageProvider.Sqlite
            ? null : $"About a SQLite file; this run is on {TestDatabases.SelectedEngine}.";
}
