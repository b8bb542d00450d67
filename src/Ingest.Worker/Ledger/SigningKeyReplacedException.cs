using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// <c>xilin-admin key rotate</c> gave the ledger another key while this process ran. What the former key signs now, nobody would accept.
/// </summary>
internal sealed class SigningKeyReplacedException(string ledger)
    : Exception($"The ledger {ledger} has another signing key since the start.")
{
    /// <summary>Nothing is written until the process is started again, so that submissions wait.</summary>
    public StorageFault Fault { get; } = new(
        $"台账 {ledger} 的签名密钥已更换，本进程仍在用原来的。", $"The ledger {ledger} has another signing key, and this process has the former one.",
        "请把新的密钥文件放到位，并重新启动服务。", "Put the new key files in place and restart the service.");
}
