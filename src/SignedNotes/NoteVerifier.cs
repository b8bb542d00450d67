using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace XilinIngest.SignedNotes;

/// <summary>
/// A public key with its name, as the text <c>name+hex(key id)+base64(algorithm ‖ key)</c> that the specification calls a vkey. A key of
/// an algorithm that is not known here is kept and verifies nothing.
/// </summary>
public sealed class NoteVerifier : IEquatable<NoteVerifier>
{
    private const int MaxText = 8_000;
    private readonly byte[] _publicKey;

    private NoteVerifier(string name, uint keyId, NoteAlgorithm algorithm, byte[] publicKey)
    {
        (Name, KeyId, Algorithm, _publicKey) = (name, keyId, algorithm, publicKey);
        Text = string.Create(
            CultureInfo.InvariantCulture, $"{name}+{keyId:x8}+{Convert.ToBase64String([(byte)algorithm, .. publicKey])}");
    }

    /// <summary>The name of the key; for a log's key, the log's origin.</summary>
    public string Name { get; }

    /// <summary>The key's identifier.</summary>
    public uint KeyId { get; }

    /// <summary>The signature type.</summary>
    public NoteAlgorithm Algorithm { get; }

    /// <summary>The vkey.</summary>
    public string Text { get; }

    /// <summary>The public key without its algorithm.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Whether signatures of this type are verified here.</summary>
    public bool CanVerify => Algorithm is NoteAlgorithm.Ed25519 or NoteAlgorithm.Cosignature;

    /// <exception cref="ArgumentException">The name cannot be a key's, or the key has another length.</exception>
    public static NoteVerifier Create(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey) =>
        KeyNames.IsValid(name) && IsKey(algorithm, publicKey)
            ? new NoteVerifier(name, KeyNames.IdOf(name, algorithm, publicKey), algorithm, publicKey.ToArray())
            : throw new ArgumentException($"{name} is no name of a key, or its key is none of {algorithm}.", nameof(name));

    /// <summary>Reads a vkey.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        if (text.Length > MaxText || text.Split('+', 3) is not [var name, { Length: 8 } hex, var base64] || !KeyNames.IsValid(name)
            || !hex.All(char.IsAsciiHexDigit) || StrictText.TryFromBase64(base64) is not { Length: > 1 } bytes)
        {
            return false;
        }

        var (algorithm, key) = ((NoteAlgorithm)bytes[0], bytes[1..]);
        var id = uint.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var read = new NoteVerifier(name, id, algorithm, key);

        // The identifier of other algorithms may be computed in another way.
        if (read.Text != text || !IsKey(algorithm, key) || IsNamed(algorithm) && id != KeyNames.IdOf(name, algorithm, key))
        {
            return false;
        }

        verifier = read;
        return true;
    }

    /// <summary>Whether a signature line names this key.</summary>
    public bool Matches(NoteSignature signature) => signature.KeyId == KeyId && signature.Name == Name;

    /// <summary>Whether it is the same key with the same statement, under any name: one key signs the ledgers of all partitions.</summary>
    public bool IsSameKey(NoteVerifier other) => other.Algorithm == Algorithm && other.PublicKey.SequenceEqual(PublicKey);

    /// <summary>Whether the key made a signature over a note's text.</summary>
    /// <param name="text">The text with its final line break.</param>
    /// <param name="signature">A signature line of the note.</param>
    public bool Verify(string text, NoteSignature signature)
    {
        if (!Matches(signature))
        {
            return false;
        }

        var bytes = signature.Signature;
        return Algorithm switch
        {
            NoteAlgorithm.Ed25519 => VerifyEd25519(bytes, Encoding.UTF8.GetBytes(text)),
            NoteAlgorithm.Cosignature => CosignedText.ReadTime(bytes) is { } time
                && VerifyEd25519(bytes[CosignedText.TimeLength..], CosignedText.Encode(time.ToUnixTimeSeconds(), text)),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public bool Equals(NoteVerifier? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteVerifier);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The vkey.</summary>
    public override string ToString() => Text;

    private bool VerifyEd25519(ReadOnlySpan<byte> signature, byte[] message) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _publicKey, 0, message, 0, message.Length);

    private static bool IsNamed(NoteAlgorithm algorithm) =>
        algorithm is NoteAlgorithm.Ed25519 or NoteAlgorithm.Cosignature or NoteAlgorithm.MlDsa44Cosignature;

    private static bool IsKey(NoteAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        NoteAlgorithm.Ed25519 or NoteAlgorithm.Cosignature =>
            key.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFull(key.ToArray(), 0),
        NoteAlgorithm.MlDsa44Cosignature => key.Length == 1312,
        _ => key.Length > 0,
    };
}
