using XilinIngest.Admin.Installations;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks that the signing keys, that of the ledger and that of its times, are there, are readable by their owner alone, and signed the
/// newest checkpoint of each ledger.
/// </summary>
internal static class SigningKeyCheck
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation) =>
        Task.FromResult<IReadOnlyList<CheckFinding>>(Find(installation));

    private static List<CheckFinding> Find(Installation installation)
    {
        if (installation.KeyPath is not { } path)
        {
            return [CheckFinding.NotChecked("设置中没有台账。", "The settings name no ledger.")];
        }

        List<LedgerStore> ledgers = [.. installation.Of(StoreKind.Ledger).Where(StoreCheck.IsCurrent)
            .Select(store => new LedgerStore(store.Database, store.Partition))];
        var files = new SigningKeyFiles(path);
        if (files.All.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            ledgers.ForEach(ledger => CheckpointSigner.EnsureKept(path, ledger));
            return [CheckFinding.Warning(
                $"还没有签名密钥 {missing}。", $"There is no signing key {missing} yet.",
                "台账尚无数据时，服务启动时会建立；建立后请立即备份，并分发给全部 worker。",
                "A service makes it at its start, for a ledger without rows. Then back it up, and give it to all workers.")];
        }

        List<CheckFinding> findings =
        [
            .. files.All.SelectMany(FindMode),
            .. ledgers.SelectMany(ledger => FindSignature(path, ledger, installation.LedgerOrigin)),
        ];
        return findings.Count > 0 ? findings
            : [CheckFinding.Fine(
                ledgers.Count == 0 ? $"{path}：仅所有者可读；没有可核对的台账。" : $"{path}：仅所有者可读，最新检查点由它签名。",
                ledgers.Count == 0 ? $"{path}: readable by its owner alone; there is no ledger to hold it against."
                    : $"{path}: readable by its owner alone, and it signed the newest checkpoint.")];
    }

    private static IEnumerable<CheckFinding> FindMode(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0)
        {
            yield return CheckFinding.Fault(
                $"签名密钥 {path} 可被其他用户读取，他们可以伪造台账的签名。",
                $"Other users may read the signing key {path}, and with it forge the signatures of the ledger.",
                $"请执行：chmod 600 {path}", $"Run: chmod 600 {path}");
        }
    }

    private static IEnumerable<CheckFinding> FindSignature(string path, LedgerStore ledger, string? origin)
    {
        try
        {
            CheckpointSigner.EnsureKept(path, ledger);
            _ = CheckpointSigner.LoadMatching(path, ledger, origin);
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [CheckFinding.Fault(
                $"本用户无权读取签名密钥 {path}。", $"This user may not read the signing key {path}.", "请以服务的用户运行本命令。",
                "Run this as the user of the service.")];
        }
        catch (InvalidOperationException exception)
        {
            return [CheckFinding.FromMessage(CheckState.Fault, exception.Message)];
        }
    }
}
