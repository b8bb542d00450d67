using System.Text;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

public sealed class A_verifier_key
{
    [Theory]
    [InlineData(PeterKey, "PeterNeumann", NoteAlgorithm.Ed25519)]
    [InlineData(EnochKey, "EnochRoot", NoteAlgorithm.Ed25519)]
    [InlineData(FooKey, "example.com/foo", NoteAlgorithm.Ed25519)]
    [InlineData(RemoraKey, "remora.n621.de", NoteAlgorithm.Cosignature)]
    [InlineData(CosignerKey, "PeterNeumann", NoteAlgorithm.Cosignature)]
    public void Of_others_is_read_and_written_the_same(string text, string name, NoteAlgorithm algorithm)
    {
        var key = Key(text);
        Assert.Equal((name, algorithm, text, true), (key.Name, key.Algorithm, key.Text, key.CanVerify));
        Assert.Equal(key, NoteVerifier.Create(name, algorithm, key.PublicKey));
    }

    [Fact]
    public void Is_refused_in_any_part_and_verifies_nothing_with_any_character_changed()
    {
        for (var from = 0; from <= PeterKey.Length; from++)
        {
            for (var to = from; to <= PeterKey.Length; to++)
            {
                Assert.Equal((from, to) == (0, PeterKey.Length), NoteVerifier.TryParse(PeterKey[from..to], out _));
            }
        }

        for (var i = 0; i < PeterKey.Length; i++)
        {
            var changed = new StringBuilder(PeterKey) { [i] = (char)(PeterKey[i] + 1) }.ToString();

            // One change makes another algorithm of it, whose identifiers are computed in another way.
            Assert.False(NoteVerifier.TryParse(changed, out var key) && key.CanVerify, changed);
        }
    }

    [Theory]
    [InlineData("a key that is too long", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")]
    [InlineData("an identifier in capitals", "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("the identifier of the other algorithm", "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("an algorithm without a key", "PeterNeumann+c74f20a3+AQ==")]
    [InlineData("a name with a space", "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("a line break", PeterKey + "\n")]
    [InlineData("no text", "")]
    public void Is_refused_with(string fault, string text) => Assert.False(NoteVerifier.TryParse(text, out _), fault);

    [Fact]
    public void Is_refused_when_it_is_a_point_that_any_signature_fits()
    {
        // The neutral element, with the identifier that belongs to it.
        Assert.Throws<ArgumentException>(() => NoteVerifier.Create("name", NoteAlgorithm.Ed25519, [1, .. new byte[31]]));
        Assert.Throws<ArgumentException>(() => NoteVerifier.Create("name", NoteAlgorithm.Ed25519, new byte[32]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u007fb")]
    public void Has_no_such_name(string name) => Assert.False(KeyNames.IsValid(name));

    [Fact]
    public void Has_a_name_of_at_most_255_bytes()
    {
        Assert.True(KeyNames.IsValid("stats.example.cn/西林/32.04.04.004"));
        Assert.True(KeyNames.IsValid(new string('西', 85)));
        Assert.False(KeyNames.IsValid(new string('西', 86)));
        Assert.False(KeyNames.IsValid("\udc00"));
    }
}
