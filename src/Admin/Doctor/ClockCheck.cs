using Dapper;
using XilinIngest.Admin.Installations;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks the clock of this machine, which decides deadlines and windows of months: against the database servers, and against the newest
/// checkpoint, which cannot be in the future. The programs use China's time by its offset, so that no time zone has to be installed.
/// </summary>
internal static class ClockCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(1);

    private static readonly SqlStatement ServerTime = new("SELECT strftime('%Y-%m-%dT%H:%M:%f')")
    {
        PostgreSql = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
        SqlServer = "SELECT CONVERT(varchar(40), SYSUTCDATETIME(), 126)",
    };

    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation, TimeProvider clock)
    {
        List<CheckFinding> findings =
        [
            .. installation.Stores.Where(store => store.Database.Provider != StorageProvider.Sqlite)
                .SelectMany(store => OfServer(store, clock)),
            .. installation.Of(StoreKind.Ledger).Where(StoreCheck.IsCurrent).SelectMany(store => OfLedger(store, clock)),
        ];
        return Task.FromResult<IReadOnlyList<CheckFinding>>(findings.Count > 0 ? findings
            : [CheckFinding.Fine($"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}（UTC）。", $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} (UTC).")]);
    }

    private static IEnumerable<CheckFinding> OfServer(Store store, TimeProvider clock)
    {
        using var connection = store.Database.OpenInteractive();
        var before = clock.GetUtcNow();
        var server = ParseUtc(connection.QuerySingle<string>(ServerTime.For(connection)));

        // The server read its clock at some moment of the round trip.
        var after = clock.GetUtcNow();
        var difference = server < before ? before - server : server > after ? server - after : TimeSpan.Zero;
        if (difference <= Tolerance)
        {
            return [];
        }

        var (zh, en) = (
            $"本机时钟与 {store.Database.Name} 的服务器相差 {difference.TotalSeconds:0} 秒。",
            $"The clocks of this machine and of the server of {store.Database.Name} differ by {difference.TotalSeconds:0} s.");
        const string remedyZh = "请让两台机器与同一时间服务器同步（timedatectl set-ntp true）。";
        const string remedyEn = "Let both machines follow one time server (timedatectl set-ntp true).";
        return [difference > MaxDifference
            ? CheckFinding.Fault(zh, en, remedyZh, remedyEn) : CheckFinding.Warning(zh, en, remedyZh, remedyEn)];
    }

    private static IEnumerable<CheckFinding> OfLedger(Store store, TimeProvider clock)
    {
        using var connection = store.Database.OpenInteractive();
        return LedgerStore.ReadCheckpoint(connection, partition: null) is { } newest && newest.Time > clock.GetUtcNow() + MaxDifference
            ? [CheckFinding.Fault(
                $"台账的最新检查点是 {newest.Time:yyyy-MM-dd HH:mm:ss}（UTC），晚于本机时钟。",
                $"The newest checkpoint of the ledger is of {newest.Time:yyyy-MM-dd HH:mm:ss} (UTC), later than the clock of this machine.",
                "本机时钟曾被调快或现在偏慢，请校准；截止时间按时钟判断。",
                "This clock was ahead or is behind: set it right. Deadlines are judged by it.")]
            : [];
    }

    private static DateTimeOffset ParseUtc(string text) => DateTimeOffset.Parse(
        text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
