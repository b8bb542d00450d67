using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace XilinIngest.SignedNotes;

/// <summary>The names of keys, and the identifiers that are computed from them.</summary>
public static class KeyNames
{
    /// <summary>The longest name in UTF-8. A format of tlog-cosignature has one byte for the length.</summary>
    public const int MaxBytes = 255;

    /// <summary>Whether a text can be a key's name: without spaces, control characters and <c>+</c>, 1 to 255 bytes.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxBytes && !name.Any(c => c == '+' || c == '\u007f' || c < ' ' || char.IsWhiteSpace(c))
        && StrictText.TryEncode(name) is { Length: <= MaxBytes };

    internal static uint IdOf(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. publicKey]));
}
