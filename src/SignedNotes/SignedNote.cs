using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace XilinIngest.SignedNotes;

/// <summary>
/// A text and the lines of those who signed it (c2sp.org/signed-note). The text must be ignored until <see cref="Verify"/> says that a
/// known key signed it.
/// </summary>
public sealed class SignedNote
{
    /// <summary>The largest note that is read.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The most signatures of a note. The specification demands 16.</summary>
    public const int MaxSignatures = 100;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The text with its final line break.</summary>
    public string Text { get; }

    /// <summary>The signature lines in the order of the note.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <exception cref="ArgumentException">The text or the number of signatures is not that of a note.</exception>
    public static SignedNote Create(string text, IReadOnlyList<NoteSignature> signatures)
    {
        if (!IsText(text) || StrictText.TryEncode(text) is not { Length: < MaxBytes })
        {
            throw new ArgumentException("A note's text ends with a line break and has no other control character.", nameof(text));
        }

        return signatures.Count is > 0 and <= MaxSignatures
            ? new SignedNote(text, signatures)
            : throw new ArgumentException($"A note has 1 to {MaxSignatures} signatures.", nameof(signatures));
    }

    /// <summary>Reads a note in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        return bytes.Length <= MaxBytes && Utf8.IsValid(bytes) && TryParseText(Encoding.UTF8.GetString(bytes), out note);
    }

    /// <summary>Reads a note.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        return text.Length <= MaxBytes && StrictText.TryEncode(text) is { Length: <= MaxBytes } && TryParseText(text, out note);
    }

    /// <summary>The signatures of known keys. Those of unknown keys are ignored, as the specification demands.</summary>
    public NoteVerification Verify(IEnumerable<NoteVerifier> known)
    {
        var keys = known.ToList();
        var valid = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            if (keys.Find(key => key.CanVerify && key.Matches(signature)) is not { } key)
            {
                continue;
            }

            if (!key.Verify(Text, signature))
            {
                return new NoteVerification { Valid = [], Forged = signature };
            }

            if (valid.TrueForAll(other => other.Key != key))
            {
                valid.Add(new VerifiedSignature(key, signature));
            }
        }

        return new NoteVerification { Valid = valid };
    }

    /// <summary>The whole note, as it is sent.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature.Line + "\n"))}";

    private static bool TryParseText(string text, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !IsText(text) || !IsText(text[..(end + 1)]))
        {
            return false;
        }

        var lines = text[(end + 2)..].Split('\n');
        if (lines.Length - 1 is < 1 or > MaxSignatures)
        {
            return false;
        }

        var signatures = new List<NoteSignature>(lines.Length - 1);
        foreach (var line in lines[..^1])
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                return false;
            }

            signatures.Add(signature);
        }

        note = new SignedNote(text[..(end + 1)], signatures);
        return true;
    }

    private static bool IsText(string text) => text.EndsWith('\n') && !text.Any(c => c < ' ' && c != '\n');
}
