namespace XilinIngest.SignedNotes;

/// <summary>The note of a checkpoint whose parts are kept apart.</summary>
public static class CheckpointNote
{
    private const int RootDigits = 64;

    /// <summary>Puts a note together; null: the parts are not those of one.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="size">The number of entries.</param>
    /// <param name="root">The root in lower-case hexadecimal.</param>
    /// <param name="signatures">The signature lines.</param>
    public static SignedNote? Compose(string? origin, long size, string? root, IReadOnlyList<string>? signatures)
    {
        if (root is not { Length: RootDigits } || !root.All(char.IsAsciiHexDigitLower) || size < 0
            || origin is not { Length: > 0 and <= KeyNames.MaxBytes } || origin.Any(c => c < ' ')
            || signatures is not { Count: > 0 and <= SignedNote.MaxSignatures })
        {
            return null;
        }

        var text = CheckpointText.Create(origin, size, Convert.FromHexString(root)).ToString();
        return SignedNote.TryParse($"{text}\n{string.Concat(signatures.Select(line => line + "\n"))}", out var note)
            && note.Text == text && note.Signatures.Count == signatures.Count ? note : null;
    }
}
