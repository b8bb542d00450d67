using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace XilinIngest.SignedNotes;

/// <summary>A private Ed25519 key with its name.</summary>
public sealed class NoteSigner
{
    private const string PemLabel = "PRIVATE KEY";
    private readonly byte[] _seed;
    private readonly byte[] _publicKey;

    private NoteSigner(string name, NoteAlgorithm algorithm, byte[] seed)
    {
        _seed = seed;
        _publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, _publicKey, 0);
        Verifier = NoteVerifier.Create(name, algorithm, _publicKey);
    }

    /// <summary>The public key.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a new private key: PKCS #8 in PEM.</summary>
    public static string CreatePem()
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);
        var key = new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(seed));
        return PemEncoding.WriteString(PemLabel, key.GetEncoded()) + "\n";
    }

    /// <summary>Reads a private key: PKCS #8 in PEM, without a password.</summary>
    /// <param name="pem">The text of the file.</param>
    /// <param name="name">The name of the key.</param>
    /// <param name="algorithm">What it signs: notes, or the time of checkpoints.</param>
    /// <exception cref="FormatException">It holds no private Ed25519 key.</exception>
    /// <exception cref="ArgumentException">The name cannot be a key's.</exception>
    public static NoteSigner FromPem(string pem, string name, NoteAlgorithm algorithm = NoteAlgorithm.Ed25519)
    {
        if (algorithm is not (NoteAlgorithm.Ed25519 or NoteAlgorithm.Cosignature))
        {
            throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No key of this type signs here.");
        }

        return new NoteSigner(name, algorithm, ReadSeed(pem));
    }

    /// <summary>Signs a note's text.</summary>
    /// <exception cref="InvalidOperationException">The key signs the time of checkpoints.</exception>
    public NoteSignature Sign(string text)
    {
        EnsureSigns(NoteAlgorithm.Ed25519);
        return new NoteSignature(Verifier.Name, Verifier.KeyId, SignBytes(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Signs a checkpoint's text and the time.</summary>
    /// <param name="text">The text with its final line break.</param>
    /// <param name="time">The time, of which the whole seconds are signed.</param>
    /// <exception cref="InvalidOperationException">The key signs notes.</exception>
    public NoteSignature Cosign(string text, DateTimeOffset time)
    {
        EnsureSigns(NoteAlgorithm.Cosignature);
        var seconds = time.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfNegative(seconds, nameof(time));
        var signature = new byte[CosignedText.TimeLength + Ed25519.SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
        SignBytes(CosignedText.Encode(seconds, text)).CopyTo(signature, CosignedText.TimeLength);
        return new NoteSignature(Verifier.Name, Verifier.KeyId, signature);
    }

    private static byte[] ReadSeed(string pem)
    {
        try
        {
            var fields = PemEncoding.Find(pem);
            return pem[fields.Label] == PemLabel
                && PrivateKeyFactory.CreateKey(Convert.FromBase64String(pem[fields.Base64Data])) is Ed25519PrivateKeyParameters key
                    ? key.GetEncoded()
                    : throw new FormatException("The PEM holds no private Ed25519 key.");
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            throw new FormatException("The PEM holds no private Ed25519 key.", exception);
        }
    }

    private void EnsureSigns(NoteAlgorithm algorithm)
    {
        if (Verifier.Algorithm != algorithm)
        {
            throw new InvalidOperationException($"The key {Verifier.Text} signs {Verifier.Algorithm}, not {algorithm}.");
        }
    }

    private byte[] SignBytes(byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, _publicKey, 0, message, 0, message.Length, signature, 0);
        return signature;
    }
}
