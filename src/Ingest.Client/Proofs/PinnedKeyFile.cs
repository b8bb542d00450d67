using System.Text;
using XilinIngest.Client.Files;
using XilinIngest.Contracts;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Proofs;

/// <summary>The keys of a service as an office keeps them: a line for each, those that count now before those that did.</summary>
/// <param name="current">The keys of the ledgers and of their times.</param>
/// <param name="former">Keys in whose place they are.</param>
internal sealed class PinnedKeyFile(IReadOnlyList<NoteVerifier> current, IReadOnlyList<NoteVerifier> former)
{
    public const string Name = "ledger-keys.txt";
    private const string Separator = "former";
    private const int MaxBytes = 1_000_000;

    public IReadOnlyList<NoteVerifier> Current => current;

    /// <summary>The content of the file.</summary>
    public string Text => string.Concat(
        current.Select(key => key.Text).Append(Separator).Concat(former.Select(key => key.Text)).Select(line => line + "\n"));

    /// <summary>The name of the installation, which its key of times has with an ending; empty: there is no such key.</summary>
    public string Installation => current.FirstOrDefault(
        key => PinnedKeys.IsOfTimes(key) && key.Name.EndsWith(LogKeys.TimeName, StringComparison.Ordinal))?
        .Name[..^LogKeys.TimeName.Length] ?? "";

    /// <summary>Reads the file; null: there is none.</summary>
    /// <exception cref="CommandException">It was altered.</exception>
    public static PinnedKeyFile? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllLines(path);
        var at = Array.IndexOf(lines, Separator);
        var keys = lines.Select(line => NoteVerifier.TryParse(line, out var key) ? key : null).ToList();
        List<NoteVerifier> current = [.. keys.Take(Math.Max(at, 0)).OfType<NoteVerifier>()];
        return at >= 0 && current.Count == at && current.Exists(PinnedKeys.IsOfTimes) && !current.TrueForAll(PinnedKeys.IsOfTimes)
            ? new(current, [.. keys.Skip(at).OfType<NoteVerifier>()])
            : throw new CommandException(
                ExitCodes.Refused, $"{path} 中没有公钥。请从备份恢复该文件。", $"{path} holds no public keys. Restore the file from a backup.");
    }

    /// <summary>Reads keys that the office has from elsewhere, such as from a gazette: a line for each, as <c>/api/ledger/key</c> gives
    /// them.</summary>
    /// <exception cref="CommandException">There is no such file, a line is no key, or a key is missing.</exception>
    public static PinnedKeyFile ReadPublished(string path)
    {
        var lines = SubmissionFileReader.Load(path).Bytes is { Length: <= MaxBytes } bytes
            ? Encoding.UTF8.GetString(bytes).TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
                .Where(line => line.Length > 0).ToList()
            : [];
        var keys = lines.Select(line => NoteVerifier.TryParse(line, out var key) ? key : null).OfType<NoteVerifier>().ToList();
        var read = new PinnedKeyFile(keys, []);
        return keys.Count == lines.Count && keys.Exists(key => !PinnedKeys.IsOfTimes(key)) && read.Installation.Length > 0
            ? read
            : throw new CommandException(ExitCodes.Usage,
                $"{path} 不是公钥：应每行一个，有台账的密钥和时间的密钥，如服务的 /api/ledger/key 所给。",
                $"{path} holds no public keys: it should have one on each line, the ledger's and that of times, as /api/ledger/key gives "
                + "them.");
    }

    /// <summary>The name of a partition's ledger.</summary>
    public string OriginOf(string? partition) => partition is null ? Installation : $"{Installation}/{partition}";

    /// <summary>Whether a key is pinned. One key signs the ledgers of all partitions, each under its name.</summary>
    public bool IsCurrent(NoteVerifier key) => current.Any(pinned => pinned.IsSameKey(key));

    /// <summary>Whether a key is or was pinned.</summary>
    public bool IsKnown(NoteVerifier key) => IsCurrent(key) || former.Any(pinned => pinned.IsSameKey(key));

    /// <summary>Whether the key of the ledgers is another one than before.</summary>
    public bool Replaces(PinnedKeyFile before) => current.Any(key => !before.IsCurrent(key));

    /// <summary>The same, with the keys that were pinned before and do not count any more.</summary>
    public PinnedKeyFile Keeping(PinnedKeyFile? before) => before is null ? this
        : new(current, [.. former.Concat(before.Current).Concat(before.Former).Distinct().Except(current)]);

    /// <summary>Whether a ledger of the installation has this name: that of the whole tree, or of a partition.</summary>
    public bool IsLedger(string origin) => Installation is { Length: > 0 } whole
        && (origin == whole || origin.StartsWith(whole + "/", StringComparison.Ordinal) && KeyNames.IsValid(origin));

    /// <summary>All keys that were ever pinned, under the name of a ledger: those that count now before those that did.</summary>
    public IEnumerable<NoteVerifier> KeysOf(string origin) => current.Concat(former).Select(
        key => PinnedKeys.IsOfTimes(key) ? key : NoteVerifier.Create(origin, key.Algorithm, key.PublicKey)).Distinct();

    /// <summary>
    /// When a checkpoint of a ledger that was split since was signed, by any key that was ever pinned; null: by none of them.
    /// </summary>
    public DateTimeOffset? FindTime(Checkpoint checkpoint)
    {
        var origin = OriginOf(checkpoint.Partition);
        if (checkpoint.Origin != origin || !KeyNames.IsValid(origin)
            || CheckpointNote.Compose(origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures) is not { } note)
        {
            return null;
        }

        var valid = note.Verify(KeysOf(origin)).Valid;
        return valid.Any(signature => !PinnedKeys.IsOfTimes(signature.Key))
            ? valid.FirstOrDefault(signature => PinnedKeys.IsOfTimes(signature.Key))?.Time : null;
    }

    private IReadOnlyList<NoteVerifier> Former => former;
}
