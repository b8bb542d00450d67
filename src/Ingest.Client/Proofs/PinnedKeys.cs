using System.Security.Cryptography;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Proofs;

/// <summary>
/// The data with which an office verifies the service independently: its public keys from the first use, and the newest verified
/// checkpoint. A new key is taken over if the pinned one introduced it (<see cref="KeyIntroduction"/>).
/// </summary>
internal sealed class PinnedKeys
{
    private const string Folder = "trust";
    private readonly string _folder;
    private readonly PinnedKeyFile _pinned;
    private readonly ServedKeys _served;

    private PinnedKeys(string folder, PinnedKeyFile pinned, ServedKeys served, bool isNew, bool isReplaced) =>
        (_folder, _pinned, _served, IsNew, IsReplaced) = (folder, pinned, served, isNew, isReplaced);

    /// <summary>The keys.</summary>
    public PinnedKeyFile File => _pinned;

    /// <summary>Whether the keys were pinned by this call.</summary>
    public bool IsNew { get; }

    /// <summary>Whether this call took over a key that the pinned one introduced.</summary>
    public bool IsReplaced { get; }

    /// <summary>SHA-256 of the key that signs the ledgers, for comparison by telephone.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_pinned.Current.First(key => !IsOfTimes(key)).PublicKey));

    /// <summary>The newest verified checkpoint of a partition's ledger; null: there is none.</summary>
    /// <param name="partition">The path of the partition; null: one ledger has the whole tree.</param>
    public Checkpoint? LastCheckpoint(string? partition) => System.IO.File.Exists(CheckpointPath(partition))
        ? JsonSerializer.Deserialize<Checkpoint>(System.IO.File.ReadAllBytes(CheckpointPath(partition)), WireFormat.Options) : null;

    /// <summary>The keys that were pinned before; nothing is asked.</summary>
    /// <param name="outbox">The folder of the outbox.</param>
    /// <exception cref="CommandException">None are pinned, or the file was altered.</exception>
    public static PinnedKeyFile ReadFile(string outbox) =>
        PinnedKeyFile.Read(Path.Combine(outbox, Folder, PinnedKeyFile.Name)) ?? throw new CommandException(ExitCodes.Usage,
            "还没有记下服务的公钥。请先联网运行一次 xilin verify --server …，或用 --keys 指定公布的公钥文件。",
            "No key of the service is pinned yet. Run xilin verify --server … once, or name the file of the published keys with --keys.");

    /// <summary>Pins the keys at the first use, and checks later that they are the same or follow from them.</summary>
    /// <param name="outbox">The folder of the outbox.</param>
    /// <param name="json">What the service gives at <c>/api/ledger/keys</c>.</param>
    /// <exception cref="CommandException">The text is no list of keys, or the keys do not follow from the pinned ones.</exception>
    public static PinnedKeys Pin(string outbox, string json)
    {
        var folder = Path.Combine(outbox, Folder);
        AtomicFile.CreateFolder(folder);
        var path = Path.Combine(folder, PinnedKeyFile.Name);
        var served = ServedKeys.Parse(json);
        var before = PinnedKeyFile.Read(path);
        if (!served.FollowFrom(before ?? served.ToFile()))
        {
            throw new CommandException(ExitCodes.Refused,
                $"服务的签名公钥变了！原来的在 {path}。请向街道统计站核实；确属更换密钥的，删去该文件后重试。",
                $"The service's signing key has changed! The former one is in {path}. Ask the statistics office; where the key was "
                + "replaced in earnest, delete that file and try again.");
        }

        var pinned = served.ToFile().Keeping(before);
        if (pinned.Text != before?.Text)
        {
            AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(pinned.Text));
        }

        return new PinnedKeys(folder, pinned, served, before is null, before is not null && pinned.Replaces(before));
    }

    /// <summary>Whether the keys of a ledger signed a checkpoint and its time.</summary>
    public bool IsSigned(Checkpoint checkpoint) => FindTime(checkpoint) == checkpoint.Time;

    /// <summary>When the keys of a ledger signed a checkpoint; null: they did not.</summary>
    public DateTimeOffset? FindTime(Checkpoint checkpoint) => _served.Of(checkpoint.Partition) is { } keys
        ? keys.FindTime(checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures)
        : _pinned.FindTime(checkpoint);

    public void SaveCheckpoint(Checkpoint checkpoint) =>
        AtomicFile.Write(CheckpointPath(checkpoint.Partition), JsonSerializer.SerializeToUtf8Bytes(checkpoint, WireFormat.Options));

    // The path comes from the service: it is digits with points, or no file is named after it.
    private string CheckpointPath(string? partition) => Path.Combine(
        _folder, partition is null ? "checkpoint.json"
            : partition.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? $"checkpoint-{partition}.json"
            : throw new CommandException(
                ExitCodes.Refused, "服务给出的分区名称不对，请核对地址。", "What the service gives is no partition: check the address."));

    internal static bool IsOfTimes(NoteVerifier key) => key.Algorithm == NoteAlgorithm.Cosignature;
}
