namespace XilinIngest.SignedNotes;

/// <summary>
/// The signature types of c2sp.org/signed-note. The list is open: a value without a name is kept, and what it signed is left unverified.
/// </summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Not a type.</summary>
    None = 0,

    /// <summary>Ed25519 over the text.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and a checkpoint's text (c2sp.org/tlog-cosignature).</summary>
    Cosignature = 0x04,

    /// <summary>ML-DSA-44 over a time and a checkpoint (c2sp.org/tlog-cosignature). Kept, not verified yet.</summary>
    MlDsa44Cosignature = 0x06,
}
