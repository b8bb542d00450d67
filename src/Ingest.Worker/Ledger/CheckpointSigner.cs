using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XilinIngest.Contracts;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Signs the state of one ledger. With an old checkpoint, an auditor can prove that rows were changed since. The ledgers of all partitions
/// have the same key; what is signed names the partition.
/// </summary>
internal sealed class CheckpointSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly string? _partition;

    private CheckpointSigner(ECDsa key, string? partition) => (_key, _partition) = (key, partition);

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Reads the key of a ledger. For a ledger without rows, creates a key file that only its owner can read.</summary>
    /// <exception cref="InvalidOperationException">The key is missing although rows were signed, it is another key, or it cannot
    /// sign.</exception>
    public static CheckpointSigner LoadOrCreate(string path, LedgerStore ledger)
    {
        EnsureKept(path, ledger);
        if (File.Exists(path))
        {
            using var connection = ledger.Open();
            return LoadForLedger(path, ledger, ledger.ReadCheckpoint(connection));
        }

        Create(path);
        return Load(path, ledger.PartitionPath);
    }

    /// <summary>Of several ledgers asked before a key is made for any of them.</summary>
    /// <exception cref="InvalidOperationException">The key is missing although rows were signed.</exception>
    public static void EnsureKept(string path, LedgerStore ledger)
    {
        if (File.Exists(path))
        {
            return;
        }

        using var connection = ledger.Open();
        if (LedgerStore.ReadLastSequence(connection) > 0)
        {
            throw new InvalidOperationException(
                $"{path} is missing, and {ledger.Name} has rows signed with it. Restore the key from a backup. With a new key, "
                + "old checkpoints could no longer be checked.");
        }
    }

    /// <param name="path">The key's file.</param>
    /// <param name="partition">The path of the ledger's partition; null: it has the whole tree.</param>
    /// <exception cref="InvalidOperationException">The file does not hold a key.</exception>
    public static CheckpointSigner Load(string path, string? partition = null)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException(
                $"{path} 中没有私钥。请从备份恢复；换用新密钥后，以前的检查点将无法核验。 / {path} holds no private key. Restore it from a backup; with a new key, old "
                + "checkpoints can no longer be checked.", exception);
        }

        return new CheckpointSigner(key, partition);
    }

    // A ledger signed by two keys can be verified with neither, so a wrong key is rejected before it signs a row.
    private static CheckpointSigner LoadForLedger(string path, LedgerStore ledger, Checkpoint? newest)
    {
        var signer = Load(path, ledger.PartitionPath);
        try
        {
            if (!signer.CanSign())
            {
                throw new InvalidOperationException(
                    $"{path} 不能用于签名：其中只有公钥，或不是 ECDSA P-256 私钥。请从备份恢复台账的签名密钥。 / {path} cannot sign: it holds a public key alone, or no "
                    + "ECDSA P-256 private key. Restore the ledger's signing key from a backup.");
            }

            return newest is null || signer.Verify(newest)
                ? signer
                : throw new InvalidOperationException(
                    $"{path} 不是台账 {ledger.Name} 的签名密钥：最新检查点（第 {newest.TreeSize} 号）不是用它签名的。请从备份恢复原来的密钥；若台账是从别处恢复的，请把与其一起备份的密钥放回。 / "
                    + $"{path} is not the key of the ledger {ledger.Name}: its newest checkpoint (row {newest.TreeSize}) was signed with "
                    + "another. Restore the key that was there; if the ledger came from a backup, put the key of that backup beside it.");
        }
        catch
        {
            signer.Dispose();
            throw;
        }
    }

    private bool CanSign()
    {
        try
        {
            return Verify(Sign(0, new byte[32], DateTimeOffset.UnixEpoch));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Create(string path)
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written under another name and then moved, so that a crash leaves no incomplete key.
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new StreamWriter(draft, Encoding.ASCII, options))
        {
            file.Write(fresh.ExportPkcs8PrivateKeyPem());
        }

        File.Move(draft, path);
    }

    public Checkpoint Sign(long treeSize, byte[] root, DateTimeOffset time)
    {
        var hex = Convert.ToHexStringLower(root);
        var signature = Convert.ToBase64String(_key.SignData(SignedText(treeSize, hex, time), HashAlgorithmName.SHA256));
        return new Checkpoint { TreeSize = treeSize, Root = hex, Time = time, Partition = _partition, Signature = signature };
    }

    /// <summary>Whether a checkpoint is of this ledger and carries its signature.</summary>
    public bool Verify(Checkpoint checkpoint)
    {
        var signature = new byte[64];
        return Convert.TryFromBase64String(checkpoint.Signature, signature, out var length) && length == 64
            && _key.VerifyData(SignedText(checkpoint.TreeSize, checkpoint.Root, checkpoint.Time), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether a checkpoint of another ledger was signed with the key that belongs to this public one.</summary>
    /// <exception cref="ArgumentException">The text is no public key.</exception>
    /// <exception cref="CryptographicException">The text is no public key.</exception>
    public static bool Verify(Checkpoint checkpoint, string publicKeyPem)
    {
        using var signer = new CheckpointSigner(ECDsa.Create(), checkpoint.Partition);
        signer._key.ImportFromPem(publicKeyPem);
        return signer.Verify(checkpoint);
    }

    public void Dispose() => _key.Dispose();

    private byte[] SignedText(long treeSize, string root, DateTimeOffset time)
    {
        var ledger = _partition is null ? "xilin-ledger" : $"xilin-ledger {_partition}";
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{ledger}\n{treeSize}\n{root}\n{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n"));
    }
}
