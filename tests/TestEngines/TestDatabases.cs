using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.SqlClient;
using Npgsql;
using XilinIngest.Storage;

namespace XilinIngest.TestEngines;

/// <summary>
/// Empty databases for tests. PostgreSQL: a private cluster of the one that is installed, one for each test process. SQL Server: what
/// <c>XILIN_TEST_SQLSERVER</c> names, whose user may make databases, else a container where Docker has the image.
/// </summary>
public static partial class TestDatabases
{
    /// <summary>The engine for suites that run on any: Sqlite, PostgreSql or SqlServer.</summary>
    public const string EngineVariable = "XILIN_TEST_ENGINE";

    private static readonly Lazy<PrivatePostgreSql> Postgres = new(() => new PrivatePostgreSql());

    private static int _last;

    /// <summary>The engine that the process was told to test on.</summary>
    public static StorageProvider SelectedEngine =>
        Environment.GetEnvironmentVariable(EngineVariable) is { Length: > 0 } named
            ? Enum.Parse<StorageProvider>(named, ignoreCase: true) : StorageProvider.Sqlite;

    /// <summary>Why there is no such engine here; null: there is one.</summary>
    public static string? UnavailableReason(StorageProvider provider) => provider switch
    {
        StorageProvider.PostgreSql =>
            PostgreSqlProgram.Folder is null ? "PostgreSQL is not installed (apt-get install postgresql)." : null,
        StorageProvider.SqlServer => TestSqlServer.UnavailableReason,
        _ => null,
    };

    /// <summary>The connection string of a new, empty database.</summary>
    /// <param name="provider">The engine.</param>
    /// <param name="folder">Where a SQLite file goes.</param>
    /// <param name="name">What a SQLite file is called, without ending.</param>
    /// <param name="settings">What is set in a SQL Server's database, such as <c>ALLOW_SNAPSHOT_ISOLATION ON</c>.</param>
    public static string NewConnectionString(StorageProvider provider, string folder, string name, params IEnumerable<string> settings)
    {
        if (provider == StorageProvider.Sqlite)
        {
            return $"Data Source={Path.Combine(folder, name)}.db";
        }

        var database =
            $"xilin_{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}_"
                + $"{Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture)}_{name}";
        using DbConnection server = provider == StorageProvider.PostgreSql
            ? new NpgsqlConnection(Postgres.Value.ConnectionString("postgres"))
            : new SqlConnection(TestSqlServer.ConnectionString("master"));
        server.Execute($"CREATE DATABASE {database}");
        foreach (var setting in settings)
        {
            server.Execute($"ALTER DATABASE {database} SET {setting} WITH ROLLBACK IMMEDIATE");
        }

        return provider == StorageProvider.PostgreSql
            ? Postgres.Value.ConnectionString(database) : TestSqlServer.ConnectionString(database);
    }

    /// <summary>A statement that writes bytes as SQLite does, <c>x'00ff'</c>, for another engine.</summary>
    public static string TranslateLiterals(StorageProvider provider, string sql) => provider switch
    {
        StorageProvider.PostgreSql => Bytes().Replace(sql, "decode('$1', 'hex')"),
        StorageProvider.SqlServer => Bytes().Replace(sql, "0x$1"),
        _ => sql,
    };

    /// <summary>A new, empty database.</summary>
    public static Database NewDatabase(StorageProvider provider, string folder, string name, params IEnumerable<string> settings) =>
        Database.TryParse(provider, NewConnectionString(provider, folder, name, settings))!;

    [GeneratedRegex("x'([0-9a-fA-F]*)'")]
    private static partial Regex Bytes();
}
