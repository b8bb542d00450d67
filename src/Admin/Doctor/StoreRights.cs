using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using XilinIngest.Admin.Installations;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks the rights of a server's user against the scripts of deploy/postgresql that give them: each right that a service needs, and that
/// the ledger's user cannot change or delete rows of the log.
/// </summary>
internal static partial class StoreRights
{
    private static readonly SqlStatement HasRight = new("SELECT 1")
    {
        PostgreSql = "SELECT CASE WHEN has_table_privilege(@Table, @Privilege) THEN 1 ELSE 0 END",
        SqlServer = "SELECT COALESCE(HAS_PERMS_BY_NAME(@Table, 'OBJECT', @Privilege), 0)",
    };

    private static readonly string[] Changes = ["UPDATE", "DELETE"];

    public static IEnumerable<CheckFinding> Find(Store store)
    {
        if (store.Database.Provider == StorageProvider.Sqlite)
        {
            return [];
        }

        using var connection = store.Database.OpenInteractive();
        List<string> missing = [.. NeededFor(store.Kind).Where(right => !Has(connection, right.Table, right.Privilege))
            .Select(right => $"{right.Privilege} {right.Table}")];
        var script = $"deploy/{(store.Database.Provider == StorageProvider.PostgreSql ? "postgresql" : "sqlserver")}/{FileOf(store.Kind)}";
        return missing.Count > 0
            ? [CheckFinding.Fault(
                $"{store.Database.Name} 的用户缺少权限：{string.Join("、", missing)}。",
                $"The user of {store.Database.Name} lacks rights: {string.Join(", ", missing)}.",
                $"请以表的所有者运行 {script}（每次 xilin-admin migrate 之后都要运行）。",
                $"Run {script} as the owner of the tables, as after every xilin-admin migrate.")]
            : store.Kind == StoreKind.Ledger && Changes.Any(change => Has(connection, "ledger_entry", change))
                ? [CheckFinding.Warning(
                    $"{store.Database.Name} 的用户可以改动或删除台账的行。", $"The user of {store.Database.Name} may change or delete rows of the log.",
                    $"服务应使用只有 {script} 所给权限的用户，不用表的所有者。",
                    $"Let the services use a user with the rights of {script} alone, not the owner of the tables.")]
                : [];
    }

    /// <summary>What the script of a database grants on each table.</summary>
    internal static IEnumerable<(string Table, string Privilege)> NeededFor(StoreKind kind)
    {
        using var script = new StreamReader(typeof(StoreRights).Assembly.GetManifestResourceStream(FileOf(kind))
            ?? throw new InvalidOperationException($"The program lacks its part {FileOf(kind)}."));
        return
        [
            .. from grant in Grant().Matches(script.ReadToEnd())
            from table in grant.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)
            from privilege in grant.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)
            select (table, privilege),
        ];
    }

    private static string FileOf(StoreKind kind) => kind switch
    {
        StoreKind.Ledger => "ledger-rights.sql",
        StoreKind.Cube => "cube-rights.sql",
        _ => "notices-rights.sql",
    };

    private static bool Has(DbConnection connection, string table, string privilege) =>
        connection.QuerySingle<int>(HasRight.For(connection), new { Table = table, Privilege = privilege }) == 1;

    [GeneratedRegex("(?m)^GRANT ((?:INSERT|UPDATE|DELETE|, )+) ON ([a-z_,\\s]+?)\\s+TO ")]
    private static partial Regex Grant();
}
