using System.Globalization;
using System.Net;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>How far a witness is with a ledger, and when it is asked next.</summary>
internal sealed class WitnessState(PolicyWitness witness)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private int _failures;

    public PolicyWitness Witness => witness;

    /// <summary>The size that it cosigned last, as it told or the ledger has it; it may have been another history.</summary>
    public long SeenSize { get; set; }

    /// <summary>The size of the newest checkpoint that it cosigned.</summary>
    public long CosignedSize { get; private set; }

    /// <summary>Whether this process asked it.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Why it does not cosign; null: it does.</summary>
    public WitnessFault? Fault { get; private set; }

    /// <summary>Since when it does not; null: it does.</summary>
    public DateTimeOffset? FaultSince { get; private set; }

    /// <summary>When it is asked next.</summary>
    public DateTimeOffset NextAttempt { get; private set; }

    /// <summary>It cosigned a size.</summary>
    public void Learn(long size)
    {
        CosignedSize = Math.Max(CosignedSize, size);
        SeenSize = Math.Max(SeenSize, size);
    }

    /// <summary>It was asked; after a fault it is asked later and later.</summary>
    public void Record(WitnessFault? fault, DateTimeOffset now)
    {
        WasAsked = true;
        FaultSince = fault is null ? null : FaultSince ?? now;
        Fault = fault;
        _failures = fault is null ? 0 : _failures + 1;
        var pause = FirstPause * Math.Pow(2, Math.Min(_failures - 1, 10));
        NextAttempt = fault is null ? now : now + (pause < LongestPause ? pause : LongestPause);
    }
}

/// <summary>The kinds of faults.</summary>
internal enum WitnessFaultKind
{
    /// <summary>It does not answer.</summary>
    Away,

    /// <summary>It refuses: it does not know the ledger or its key.</summary>
    Refused,

    /// <summary>It saw other rows, or more of them.</summary>
    TwoHistories,
}

/// <summary>Why a witness does not cosign.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
internal sealed record WitnessFault(WitnessFaultKind Kind, string Zh, string En)
{
    public static WitnessFault Away(string reason) => new(
        WitnessFaultKind.Away, $"没有答复（{reason}），稍后再问。", $"It does not answer ({reason}); it is asked again.");

    public static WitnessFault Refused(HttpStatusCode status) => new(
        WitnessFaultKind.Refused, status switch
        {
            HttpStatusCode.NotFound => "见证人不认识这个台账：请它的管理者把 /api/ledger/key 的公钥写入 --logs 文件后重启。",
            HttpStatusCode.Forbidden => "见证人不认识台账的密钥：更换密钥后，请它的管理者更新 --logs 文件并重启。",
            HttpStatusCode.OK => "见证人的联署与策略文件中的公钥不符：请核对策略文件。",
            _ => string.Create(CultureInfo.InvariantCulture, $"见证人拒绝（{(int)status}）：请核对策略文件中的地址。"),
        }, status switch
        {
            HttpStatusCode.NotFound =>
                "It does not know the log: whoever runs it writes the keys of /api/ledger/key into its file --logs, and starts it anew.",
            HttpStatusCode.Forbidden =>
                "It does not know the key of the log: after a rotation, whoever runs it updates its file --logs, and starts it anew.",
            HttpStatusCode.OK =>
                "Its cosignature is not of the key in the policy: compare the policy with the key that the witness prints.",
            _ => string.Create(CultureInfo.InvariantCulture, $"It refuses ({(int)status}): check its address in the policy."),
        });

    public static WitnessFault TwoHistories(long seen) => new(
        WitnessFaultKind.TwoHistories,
        string.Create(
            CultureInfo.InvariantCulture,
            $"见证人联署过的 {seen} 行与本台账的前 {seen} 行不同：有人用同一把密钥出示过另一套账，或本台账曾从旧备份恢复。请立即查明"
            + $"（见 docs/proofs.md）。"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"The {seen} rows that it cosigned are not the first {seen} of this ledger: someone showed another history with the same key, "
            + $"or the ledger was restored from an older backup. Find out which at once (docs/proofs.md)."));

    public static WitnessFault Larger(long seen, long size) => new(
        WitnessFaultKind.TwoHistories,
        string.Create(
            CultureInfo.InvariantCulture,
            $"见证人联署过 {seen} 行，而本台账只有 {size} 行：本台账曾从旧备份恢复，或有人用同一把密钥出示过另一套账。请立即查明（见 docs/proofs.md）。"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"It cosigned {seen} rows, and this ledger has {size}: the ledger was restored from an older backup, or someone showed another "
            + $"history with the same key. Find out which at once (docs/proofs.md)."));
}

/// <summary>How far the witnesses of a ledger are.</summary>
/// <param name="Partition">The path of the partition; null: the whole tree.</param>
/// <param name="Origin">The name of the ledger.</param>
/// <param name="TreeSize">The rows of its newest checkpoint.</param>
/// <param name="WitnessedSize">The rows of the newest checkpoint that has a quorum; 0: none has.</param>
/// <param name="Witnesses">Each witness.</param>
public sealed record LedgerWitnessReport(
    string? Partition, string Origin, long TreeSize, long WitnessedSize, IReadOnlyList<WitnessReport> Witnesses);

/// <summary>How far a witness is.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Key">Its public key.</param>
/// <param name="CosignedSize">The rows of the newest checkpoint that it cosigned; 0: none.</param>
/// <param name="Time">When it cosigned that.</param>
/// <param name="Behind">The rows after that one.</param>
/// <param name="FaultZh">Why it does not cosign, in Chinese; null: it does.</param>
/// <param name="Fault">The same in English.</param>
public sealed record WitnessReport(
    string Name, string Key, long CosignedSize, DateTimeOffset? Time, long Behind, string? FaultZh, string? Fault);
