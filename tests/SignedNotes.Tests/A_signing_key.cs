using System.Security.Cryptography;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

public sealed class A_signing_key
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1679315147);

    [Fact]
    public void Signs_what_Go_signs_with_the_same_key()
    {
        var signer = NoteSigner.FromPem(PeterPem, "PeterNeumann");
        Assert.Equal(PeterKey, signer.Verifier.Text);
        Assert.Equal($"{Text}\n{PeterLine}", SignedNote.Create(Text, [signer.Sign(Text)]).ToString());
    }

    [Fact]
    public void Signs_the_time_of_a_checkpoint_as_Go_does_with_the_same_key()
    {
        var signer = NoteSigner.FromPem(PeterPem, "PeterNeumann", NoteAlgorithm.Cosignature);
        Assert.Equal(CosignerKey, signer.Verifier.Text);
        Assert.Equal(CosignatureLine, signer.Cosign(Checkpoint, Time.AddMilliseconds(999)).Line + "\n");
    }

    [Fact]
    public void Tells_the_time_that_was_signed_and_no_other()
    {
        var note = Note($"{Checkpoint}\n{CheckpointLine}{WitnessLine}{CosignatureLine}");
        var valid = Assert.Single(note.Verify([Key(CosignerKey)]).Valid);
        Assert.Equal(Time, valid.Time);

        // The same signature with another second.
        var bytes = Convert.FromBase64String(CosignatureLine.Split(' ')[2]);
        bytes[11]++;
        var forged = Note($"{Checkpoint}\n— PeterNeumann {Convert.ToBase64String(bytes)}\n").Verify([Key(CosignerKey)]);
        Assert.Equal("PeterNeumann", forged.Forged?.Name);
    }

    [Fact]
    public void Has_times_of_before_the_year_10000_alone()
    {
        var bytes = Convert.FromBase64String(CosignatureLine.Split(' ')[2]);
        bytes[4] = 0xff;
        Assert.False(Note($"{Checkpoint}\n— PeterNeumann {Convert.ToBase64String(bytes)}\n").Verify([Key(CosignerKey)]).IsTrusted);
    }

    [Fact]
    public void Has_another_identifier_for_each_algorithm_so_that_no_signature_passes_for_the_other()
    {
        var note = Note($"{Checkpoint}\n{CosignatureLine}");
        Assert.False(note.Verify([Key(PeterKey)]).IsTrusted);
        Assert.False(Note($"{Text}\n{PeterLine}").Verify([Key(CosignerKey)]).IsTrusted);
    }

    [Fact]
    public void Is_made_anew_and_verifies_what_it_signs()
    {
        var pem = NoteSigner.CreatePem();
        Assert.NotEqual(pem, NoteSigner.CreatePem());
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI", pem, StringComparison.Ordinal);
        var (log, time) = (NoteSigner.FromPem(pem, "a/log"), NoteSigner.FromPem(pem, "a/log/time", NoteAlgorithm.Cosignature));
        var note = SignedNote.Create(Checkpoint, [log.Sign(Checkpoint), time.Cosign(Checkpoint, Time)]);
        Assert.Equal(2, Note(note.ToString()).Verify([log.Verifier, time.Verifier]).Valid.Count);
    }

    [Fact]
    public void Signs_nothing_that_is_not_its_own()
    {
        Assert.Throws<InvalidOperationException>(() => NoteSigner.FromPem(PeterPem, "a").Cosign(Checkpoint, Time));
        Assert.Throws<InvalidOperationException>(() => NoteSigner.FromPem(PeterPem, "a", NoteAlgorithm.Cosignature).Sign(Text));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoteSigner.FromPem(PeterPem, "a", NoteAlgorithm.MlDsa44Cosignature));
        Assert.Throws<ArgumentException>(() => NoteSigner.FromPem(PeterPem, "a b"));
    }

    [Fact]
    public void Is_refused_when_it_is_no_private_key_of_Ed25519()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] texts =
        [
            "", "lost", PeterPem[..60], PeterPem.Replace("MC4C", "MC5C", StringComparison.Ordinal), other.ExportPkcs8PrivateKeyPem(),
            other.ExportSubjectPublicKeyInfoPem(),
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=\n-----END PUBLIC KEY-----\n",
        ];
        Assert.All(texts, text => Assert.Throws<FormatException>(() => NoteSigner.FromPem(text, "a")));
    }
}
