namespace XilinIngest.SignedNotes;

/// <summary>What the known keys say of a note.</summary>
public sealed class NoteVerification
{
    /// <summary>One signature of each known key that signed; empty if one of them is forged.</summary>
    public required IReadOnlyList<VerifiedSignature> Valid { get; init; }

    /// <summary>A line in the name of a known key that this key did not make; null: there is none.</summary>
    public NoteSignature? Forged { get; init; }

    /// <summary>Whether the text may be believed: a known key signed it, and none is forged.</summary>
    public bool IsTrusted => Valid.Count > 0;
}

/// <summary>A signature that its key verified.</summary>
public sealed record VerifiedSignature(NoteVerifier Key, NoteSignature Signature)
{
    /// <summary>When a cosignature was made, to the second; null: the signature has no time.</summary>
    public DateTimeOffset? Time => Key.Algorithm == NoteAlgorithm.Cosignature ? CosignedText.ReadTime(Signature.Signature) : null;
}
