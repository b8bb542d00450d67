using System.Security.Cryptography;
using XilinIngest.Contracts;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Admin.Federation;

/// <summary>
/// Whether the lower ledger still begins with the rows of the checkpoints that were reported. Each is signed by its key, and its tree is
/// the beginning of the present one.
/// </summary>
internal sealed class CheckpointProof(LowerInstallation lower, string key, Checkpoint newest)
{
    private readonly Dictionary<Checkpoint, (string Zh, string En)?> _faults = [];

    /// <param name="lower">The lower installation.</param>
    /// <param name="key">The public key of its ledger as kept from before; null: as it gives it now.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="InstallationException">The ledger's newest checkpoint is not signed with the key.</exception>
    public static async Task<CheckpointProof> CreateAsync(LowerInstallation lower, string? key, CancellationToken cancellationToken)
    {
        var newest = await lower.ReadNewestCheckpointAsync(cancellationToken);
        var proof = new CheckpointProof(lower, key ?? await lower.ReadKeyAsync(cancellationToken), newest);
        return proof.IsSigned(newest)
            ? proof
            : throw new InstallationException(
                "下级台账最新的检查点不是用这把密钥签名的。请向下级核实密钥。",
                "The lower ledger's newest checkpoint is not signed with this key. Ask the lower installation about its key.",
                isAway: false);
    }

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
        if (!IsSigned(checkpoint))
        {
            return ($"{checkpoint.TreeSize} 行的检查点不是下级台账签名的",
                $"the checkpoint of {checkpoint.TreeSize} rows is not signed by the lower ledger");
        }

        if (checkpoint.Partition != newest.Partition)
        {
            return ("下级的台账已另行分区，上报时的检查点属于原来的台账，请用原来的台账核对",
                "the lower ledger was split in another way: the checkpoint is of the former ledger, which has to be kept for that");
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

    private bool IsSigned(Checkpoint checkpoint)
    {
        try
        {
            return CheckpointSigner.Verify(checkpoint, key);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new InstallationException("这不是公钥，请核对文件或地址。", "This is no public key: check the file or the address.", isAway: false);
        }
    }
}
