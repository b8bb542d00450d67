using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XilinIngest.SignedNotes;

/// <summary>The text of a checkpoint (c2sp.org/tlog-checkpoint): the log, its size, its root, and lines that others may add.</summary>
public sealed class CheckpointText
{
    private const int RootLength = 32;
    private readonly byte[] _root;

    private CheckpointText(string origin, long size, byte[] root, IReadOnlyList<string> extensions) =>
        (Origin, Size, _root, Extensions) = (origin, size, root, extensions);

    /// <summary>Which log it is.</summary>
    public string Origin { get; }

    /// <summary>The number of entries.</summary>
    public long Size { get; }

    /// <summary>The root hash, 32 bytes.</summary>
    public ReadOnlySpan<byte> Root => _root;

    /// <summary>Lines after the third, which nothing here understands; no checkpoint of ours has any.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <exception cref="ArgumentException">The origin has a line break or is empty, the size is negative, or the root not 32 bytes
    /// long.</exception>
    public static CheckpointText Create(string origin, long size, ReadOnlySpan<byte> root) =>
        IsLine(origin) && size >= 0 && root.Length == RootLength
            ? new CheckpointText(origin, size, root.ToArray(), [])
            : throw new ArgumentException($"No checkpoint has the origin {origin}, {size} entries and a root of {root.Length} bytes.");

    /// <summary>Reads a note's text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CheckpointText? checkpoint)
    {
        checkpoint = null;
        if (text.Length > SignedNote.MaxBytes || text.Split('\n') is not [var origin, var number, var base64, .. var extensions, ""]
            || !IsLine(origin) || !extensions.All(IsLine)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != number
            || StrictText.TryFromBase64(base64) is not { Length: RootLength } root)
        {
            return false;
        }

        checkpoint = new CheckpointText(origin, size, root, extensions);
        return true;
    }

    /// <summary>The text that is signed, with its final line break.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Origin}\n{Size}\n{Convert.ToBase64String(_root)}\n{string.Concat(Extensions.Select(line => line + "\n"))}");

    private static bool IsLine(string line) => line.Length > 0 && !line.Any(c => c < ' ');
}
