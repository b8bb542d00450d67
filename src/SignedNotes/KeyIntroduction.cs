using System.Globalization;

namespace XilinIngest.SignedNotes;

/// <summary>
/// The statement that a log has a new key from a size on: the text of a note that the former key and the new one sign, or, of the key of
/// times, the log's key. So that whoever knows one key of a log knows the others.
/// </summary>
/// <param name="Origin">The log.</param>
/// <param name="After">The size of the log when the key was made: it signs larger ones.</param>
/// <param name="Former">The key in whose place it is; null: it is the first one.</param>
/// <param name="Key">The new key.</param>
public sealed record KeyIntroduction(string Origin, long After, NoteVerifier? Former, NoteVerifier Key)
{
    // No text of a checkpoint has a second line like these.
    private const string Head = "xilin-key/v1";

    /// <summary>The text that is signed.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Head}\n{Origin}\nafter {After}\n{(Former is null ? "" : $"was {Former.Text}\n")}is {Key.Text}\n");

    /// <summary>Whether a note is this statement and all of the given keys signed it.</summary>
    /// <param name="note">The note.</param>
    /// <param name="signers">The keys.</param>
    public bool IsMadeBy(string? note, params IReadOnlyCollection<NoteVerifier> signers) =>
        note is not null && SignedNote.TryParse(note, out var read) && read.Text == ToString()
        && read.Verify(signers).Valid.Count == signers.Count;
}
