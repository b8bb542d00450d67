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

    public IReadOnlyList<NoteVerifier> Current => current;

    /// <summary>The content of the file.</summary>
    public string Text => string.Concat(
        current.Select(key => key.Text).Append(Separator).Concat(former.Select(key => key.Text)).Select(line => line + "\n"));

    // The key of times has the name of the installation and an ending.
    private string Installation => current.First(PinnedKeys.IsOfTimes).Name is var name
        && name.EndsWith(LogKeys.TimeName, StringComparison.Ordinal) ? name[..^LogKeys.TimeName.Length] : "";

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

        var valid = note.Verify(current.Concat(former).Select(
            key => PinnedKeys.IsOfTimes(key) ? key : NoteVerifier.Create(origin, key.Algorithm, key.PublicKey)).Distinct()).Valid;
        return valid.Any(signature => !PinnedKeys.IsOfTimes(signature.Key))
            ? valid.FirstOrDefault(signature => PinnedKeys.IsOfTimes(signature.Key))?.Time : null;
    }

    private IReadOnlyList<NoteVerifier> Former => former;
}
