using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Proofs;

/// <summary>
/// The data with which an office verifies the service independently: its public key from the first use, and the newest verified checkpoint.
/// </summary>
internal sealed class PinnedKeys : IDisposable
{
    private readonly string _folder;
    private readonly ECDsa _key;

    private PinnedKeys(string folder, ECDsa key, bool isNew) => (_folder, _key, IsNew) = (folder, key, isNew);

    /// <summary>Whether the key was pinned by this call.</summary>
    public bool IsNew { get; }

    /// <summary>SHA-256 of the key, for comparison by telephone.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <summary>The newest verified checkpoint of a partition's ledger; null: there is none.</summary>
    /// <param name="partition">The path of the partition; null: one ledger has the whole tree.</param>
    public Checkpoint? LastCheckpoint(string? partition) => File.Exists(CheckpointPath(partition))
        ? JsonSerializer.Deserialize<Checkpoint>(File.ReadAllBytes(CheckpointPath(partition)), WireFormat.Options) : null;

    /// <summary>Pins the key at the first use, and checks later that it is the same.</summary>
    /// <exception cref="CommandException">The text is not a public key, or the key differs from the pinned one.</exception>
    public static PinnedKeys Pin(string outbox, string pem)
    {
        var folder = Path.Combine(outbox, "trust");
        AtomicFile.CreateFolder(folder);
        var path = Path.Combine(folder, "ledger-key.pem");
        var isNew = !File.Exists(path);
        var offered = ParseKey(pem);
        if (isNew)
        {
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(pem));
            return new PinnedKeys(folder, offered, isNew);
        }

        var pinned = ParseKey(File.ReadAllText(path));
        if (!pinned.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(offered.ExportSubjectPublicKeyInfo()))
        {
            throw new CommandException(ExitCodes.Refused,
                $"服务的签名公钥变了！原来的在 {path}。请向街道统计站核实；确属更换密钥的，删去该文件后重试。",
                $"The service's signing key has changed! The former one is in {path}. Ask the statistics office; where the key was "
                + "replaced in earnest, delete that file and try again.");
        }

        offered.Dispose();
        return new PinnedKeys(folder, pinned, isNew);
    }

    public bool IsSigned(Checkpoint checkpoint)
    {
        var signature = new byte[64];
        var ledger = checkpoint.Partition is { } path ? $"xilin-ledger {path}" : "xilin-ledger";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{ledger}\n{checkpoint.TreeSize}\n{checkpoint.Root}\n{checkpoint.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n");
        return Convert.TryFromBase64String(checkpoint.Signature, signature, out var length) && length == 64
            && _key.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256);
    }

    public void SaveCheckpoint(Checkpoint checkpoint) =>
        AtomicFile.Write(CheckpointPath(checkpoint.Partition), JsonSerializer.SerializeToUtf8Bytes(checkpoint, WireFormat.Options));

    public void Dispose() => _key.Dispose();

    // The path comes from the service: it is digits with points, or no file is named after it.
    private string CheckpointPath(string? partition) => Path.Combine(
        _folder, partition is null ? "checkpoint.json"
            : partition.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? $"checkpoint-{partition}.json"
            : throw new CommandException(
                ExitCodes.Refused, "服务给出的分区名称不对，请核对地址。", "What the service gives is no partition: check the address."));

    private static ECDsa ParseKey(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CommandException(ExitCodes.Refused, "服务给出的不是公钥，请核对地址。",
                "What the service gives is no public key: check the address.");
        }
    }
}
