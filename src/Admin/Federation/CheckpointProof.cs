using XilinIngest.Contracts;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Admin.Federation;

/// <summary>
/// Whether the lower ledger still begins with the rows of the checkpoints that were reported. Each is signed by its key, and its tree is
/// the beginning of the present one.
/// </summary>
internal sealed class CheckpointProof(LowerInstallation lower, LogKeys keys, Checkpoint newest)
{
    private readonly Dictionary<Checkpoint, (string Zh, string En)?> _faults = [];

    /// <param name="lower">The lower installation.</param>
    /// <param name="known">The public keys of its ledger as kept from before, a line for each; null: as it gives them now.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="InstallationException">The ledger's newest checkpoint is not signed with its keys, or these do not follow from the
    /// known ones.</exception>
    public static async Task<CheckpointProof> CreateAsync(LowerInstallation lower, string? known, CancellationToken cancellationToken)
    {
        var newest = await lower.ReadNewestCheckpointAsync(cancellationToken);
        var keys = ReadKeys(await lower.ReadKeysAsync(cancellationToken));
        var kept = known is null ? [.. keys.All.Reverse().Select(key => key.Key)] : ReadKnown(known);
        var proof = new CheckpointProof(lower, keys, newest);
        return FindFault(keys, kept) is null && proof.IsSigned(newest)
            ? proof
            : throw new InstallationException(
                "下级台账最新的检查点不是用这把密钥签名的。请向下级核实密钥。",
                "The lower ledger's newest checkpoint is not signed with this key. Ask the lower installation about its key.",
                isAway: false);
    }

    /// <summary>Why the keys do not follow from those that were kept; null: they do.</summary>
    /// <param name="keys">The keys of the lower ledger.</param>
    /// <param name="kept">Of each name and kind the newest one first: whoever has a former one must not introduce another now.</param>
    internal static string? FindFault(LogKeys keys, IReadOnlyList<NoteVerifier> kept)
    {
        List<NoteVerifier> current = [.. kept.DistinctBy(key => (key.Name, key.Algorithm))];
        return keys.FindFault(
            key => current.Exists(each => each.IsSameKey(key)),
            kept.Any(key => key.Algorithm == NoteAlgorithm.Cosignature) ? key => kept.Any(each => each.IsSameKey(key)) : null);
    }

    private static LogKeys ReadKeys(LedgerKeys ledger) => new(
        ledger.Origin, [.. ledger.Keys.Select(key => new LogKey(
            NoteVerifier.TryParse(key.Key, out var read) ? read : throw NoKey(), key.After, key.Introduction))]);

    private static List<NoteVerifier> ReadKnown(string lines)
    {
        List<NoteVerifier> keys = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => NoteVerifier.TryParse(line, out var key) ? key : throw NoKey())];
        return keys.Count > 0 ? keys : throw NoKey();
    }

    private static InstallationException NoKey() =>
        new("这不是公钥，请核对文件或地址。", "This is no public key: check the file or the address.", isAway: false);

    public long Size => newest.TreeSize;

    /// <summary>The fault of a checkpoint; null: it holds.</summary>
    public async Task<(string Zh, string En)?> FindFaultAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (!_faults.TryGetValue(checkpoint, out var fault))
        {
            _faults[checkpoint] = fault = await CheckAsync(checkpoint, cancellationToken);
        }

        return fault;
    }

    private async Task<(string Zh, string En)?> CheckAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint.Partition != newest.Partition)
        {
            return ("下级的台账已另行分区，上报时的检查点属于原来的台账，请用原来的台账核对",
                "the lower ledger was split in another way: the checkpoint is of the former ledger, which has to be kept for that");
        }

        if (!IsSigned(checkpoint))
        {
            return ($"{checkpoint.TreeSize} 行的检查点不是下级台账签名的",
                $"the checkpoint of {checkpoint.TreeSize} rows is not signed by the lower ledger");
        }

        if (checkpoint.TreeSize > newest.TreeSize)
        {
            return ($"下级台账变短了：上报时有 {checkpoint.TreeSize} 行，现在只有 {newest.TreeSize} 行",
                $"the lower ledger has become shorter: it had {checkpoint.TreeSize} rows when it was reported, now {newest.TreeSize}");
        }

        var proof = await lower.ReadConsistencyAsync(checkpoint.TreeSize, newest.TreeSize, cancellationToken);
        return MerkleProof.VerifyConsistency(checkpoint.TreeSize, newest.TreeSize, Convert.FromHexString(checkpoint.Root),
            Convert.FromHexString(newest.Root), [.. proof.Path.Select(Convert.FromHexString)])
            ? null
            : ($"上报后，下级台账的前 {checkpoint.TreeSize} 行被改动过",
                $"the first {checkpoint.TreeSize} rows of the lower ledger were changed after it was reported");
    }

    private bool IsSigned(Checkpoint checkpoint) =>
        checkpoint.Time == keys.FindTime(checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures);
}
