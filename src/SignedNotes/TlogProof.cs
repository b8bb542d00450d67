using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace XilinIngest.SignedNotes;

/// <summary>
/// A file that proves that an entry is in a log (c2sp.org/tlog-proof): where it is, the hashes from it up to the root, and the checkpoint.
/// Nothing says yet that the proof holds.
/// </summary>
public sealed class TlogProof
{
    /// <summary>The largest file that is read: a row as large as RabbitMQ takes messages (16 MiB), in Base64, and a checkpoint.</summary>
    public const int MaxBytes = 24_000_000;

    /// <summary>The most hashes of a proof: a log has fewer than 2^63 entries.</summary>
    public const int MaxHashes = 63;

    /// <summary>The usual ending of such a file's name.</summary>
    public const string Extension = ".tlog-proof";

    private const string Head = "c2sp.org/tlog-proof@v1\n";
    private const string ExtraStart = "extra ";
    private const string IndexStart = "index ";
    private readonly byte[] _extra;

    /// <param name="extra">Data beside the proof; empty: none.</param>
    /// <param name="index">The entry's place in the log, from 0.</param>
    /// <param name="hashes">The hashes from the entry's sibling up to the root's child, 32 bytes each.</param>
    /// <param name="checkpoint">The checkpoint with its signatures.</param>
    /// <exception cref="ArgumentException">The index is negative, there are too many hashes or of another length, or the note is no
    /// checkpoint.</exception>
    public TlogProof(ReadOnlySpan<byte> extra, long index, IReadOnlyList<byte[]> hashes, SignedNote checkpoint)
    {
        if (index < 0 || hashes.Count > MaxHashes || hashes.Any(hash => hash.Length != SHA256.HashSizeInBytes)
            || !CheckpointText.TryParse(checkpoint.Text, out var tree))
        {
            throw new ArgumentException($"No proof of entry {index} has these {hashes.Count} hashes, or this checkpoint.", nameof(hashes));
        }

        (_extra, Index, Hashes, Checkpoint, Tree) = (extra.ToArray(), index, hashes, checkpoint, tree);
    }

    /// <summary>Data beside the proof, which nothing vouches for by itself; empty: none.</summary>
    public ReadOnlySpan<byte> Extra => _extra;

    /// <summary>The entry's place in the log, from 0.</summary>
    public long Index { get; }

    /// <summary>The hashes from the entry's sibling up to the root's child.</summary>
    public IReadOnlyList<byte[]> Hashes { get; }

    /// <summary>The checkpoint with all its signatures, those of unknown keys too.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>What the checkpoint says: the log, its size and its root.</summary>
    public CheckpointText Tree { get; }

    /// <summary>Whether a file says of itself that it is a proof; the rest of it may be damaged.</summary>
    public static bool HasHead(ReadOnlySpan<byte> file) => file.StartsWith(Encoding.UTF8.GetBytes(Head.TrimEnd()));

    /// <summary>Reads a file. What differs from the format by one character, such as a space, is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        if (file.Length > MaxBytes || !Utf8.IsValid(file) || Encoding.UTF8.GetString(file) is var text
            && !text.StartsWith(Head, StringComparison.Ordinal))
        {
            return false;
        }

        byte[] extra = [];
        var at = Head.Length;
        if (!TryReadLine(text, ref at, out var line)
            || line.StartsWith(ExtraStart, StringComparison.Ordinal)
            && (!TryReadBytes(line[ExtraStart.Length..], out extra) || extra.Length == 0 || !TryReadLine(text, ref at, out line))
            || !TryReadIndex(line, out var index) || !TryReadHashes(text, ref at, out var hashes)
            || !SignedNote.TryParse(text[at..], out var checkpoint) || !CheckpointText.TryParse(checkpoint.Text, out _))
        {
            return false;
        }

        proof = new TlogProof(extra, index, hashes, checkpoint);
        return true;
    }

    /// <summary>The file.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Head}{(_extra.Length == 0 ? "" : $"{ExtraStart}{Convert.ToBase64String(_extra)}\n")}{IndexStart}{Index}\n"
        + $"{string.Concat(Hashes.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{Checkpoint}");

    private static bool TryReadIndex(string line, out long index)
    {
        index = 0;
        return line.StartsWith(IndexStart, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(IndexStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && line.Length - IndexStart.Length == index.ToString(CultureInfo.InvariantCulture).Length;
    }

    // An empty line ends them.
    private static bool TryReadHashes(string text, ref int at, out List<byte[]> hashes)
    {
        hashes = [];
        while (TryReadLine(text, ref at, out var line))
        {
            if (line.Length == 0)
            {
                return true;
            }

            if (hashes.Count == MaxHashes || !TryReadBytes(line, out var hash) || hash.Length != SHA256.HashSizeInBytes)
            {
                return false;
            }

            hashes.Add(hash);
        }

        return false;
    }

    private static bool TryReadBytes(string base64, out byte[] bytes)
    {
        var read = StrictText.TryFromBase64(base64);
        bytes = read ?? [];
        return read is not null;
    }

    private static bool TryReadLine(string text, ref int at, out string line)
    {
        var end = text.IndexOf('\n', at);
        line = end < 0 ? "" : text[at..end];
        at = end < 0 ? at : end + 1;
        return end >= 0;
    }
}
