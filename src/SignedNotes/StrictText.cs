using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace XilinIngest.SignedNotes;

/// <summary>Encodings that have one text for one value: what is not exactly that text is refused, so that no note has two forms.</summary>
internal static class StrictText
{
    /// <summary>The text in UTF-8; null: it has half a character.</summary>
    public static byte[]? TryEncode(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var status = Utf8.FromUtf16(text, bytes, out _, out var written, replaceInvalidSequences: false);
        return status == OperationStatus.Done ? bytes[..written] : null;
    }

    /// <summary>The bytes of a Base64 text with its padding and without spaces; null: it is none.</summary>
    public static byte[]? TryFromBase64(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == text
            ? bytes[..length]
            : null;
    }
}
