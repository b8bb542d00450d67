using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace XilinIngest.TSql.Tests;

/// <summary>
/// The texts in the assemblies as the compiler keeps them: SQL that is in no statement would else be looked at by no one.
/// </summary>
internal static partial class SqlLiterals
{
    private static readonly string[] NotForSqlServer =
    [
        // Said to PostgreSQL alone.
        "SET synchronous_commit = off", "SET default_transaction_read_only = on",
        "SELECT pg_try_advisory_lock(hashtext(@What), hashtext(current_schema()))", "SELECT pg_advisory_unlock_all()",
        "SELECT CASE WHEN current_setting(@Setting, true) IS NOT NULL THEN set_config(@Setting, @Value, false) END",
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = @Name", "SELECT COUNT(*) FROM pg_database WHERE datname = @Name",
        "ALTER DATABASE ", "CREATE DATABASE ", "DROP DATABASE IF EXISTS ",

        // Said to SQLite alone.
        "SELECT sequence, CAST(unit AS TEXT), CAST(period AS TEXT), ",

        // Parts of what a dialect says of a table, which is looked at whole.
        "DELETE FROM ", "INSERT INTO ", "DELETE t FROM ", "UPDATE t SET ",
    ];

    /// <summary>What SQL Server may be told.</summary>
    public static IEnumerable<string> SqlTexts =>
        SqlServerText.Assemblies.SelectMany(In).Where(text => Sql().IsMatch(text)).Except(NotForSqlServer);

    private static IEnumerable<string> In(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        for (var at = metadata.GetNextHandle(default(UserStringHandle)); !at.IsNil; at = metadata.GetNextHandle(at))
        {
            yield return metadata.GetUserString(at);
        }
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|EXEC|SET|CREATE|ALTER|DROP|TRUNCATE|DECLARE)\s")]
    private static partial Regex Sql();
}
