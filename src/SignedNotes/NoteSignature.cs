using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.SignedNotes;

/// <summary>A signature line of a note: <c>— name base64(key id ‖ signature)</c>. Nothing says yet that the signature is right.</summary>
public sealed class NoteSignature
{
    private const string Start = "— ";
    private const int IdLength = 4;
    private readonly byte[] _signature;

    internal NoteSignature(string name, uint keyId, byte[] signature)
    {
        (Name, KeyId, _signature) = (name, keyId, signature);
        var bytes = new byte[IdLength + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, keyId);
        signature.CopyTo(bytes, IdLength);
        Line = $"{Start}{name} {Convert.ToBase64String(bytes)}";
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The key's identifier: with the name, it says which key and which algorithm.</summary>
    public uint KeyId { get; }

    /// <summary>The bytes after the identifier.</summary>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <summary>The line without its line break.</summary>
    public string Line { get; }

    /// <summary>Reads a line without its line break.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || line.Length > SignedNote.MaxBytes)
        {
            return false;
        }

        var space = line.IndexOf(' ', Start.Length);
        if (space < 0 || line[Start.Length..space] is var name && !KeyNames.IsValid(name)
            || StrictText.TryFromBase64(line[(space + 1)..]) is not { Length: > IdLength } bytes)
        {
            return false;
        }

        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[IdLength..]);
        return true;
    }

    /// <summary>The line.</summary>
    public override string ToString() => Line;
}
