using System.Text;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

public sealed class A_note_of_others
{
    [Fact]
    public void Is_verified_with_the_key_of_the_specification()
    {
        var note = Note(FooNote);
        Assert.Equal("This is an example message.\n", note.Text);
        Assert.True(note.Verify([Key(FooKey)]).IsTrusted);
    }

    [Fact]
    public void Counts_the_signatures_of_known_keys_and_ignores_the_others()
    {
        var note = Note($"{Text}\n{PeterLine}{EnochLine}");
        Assert.Equal(["PeterNeumann"], Signers(note.Verify([Key(PeterKey)])));
        Assert.Equal(["PeterNeumann", "EnochRoot"], Signers(note.Verify([Key(EnochKey), Key(PeterKey)])));
        var none = note.Verify([Key(FooKey)]);
        Assert.False(none.IsTrusted);
        Assert.Null(none.Forged);
    }

    [Fact]
    public void Counts_a_key_that_signed_twice_once() =>
        Assert.Single(Note($"{Text}\n{PeterLine}{PeterLine}").Verify([Key(PeterKey)]).Valid);

    [Fact]
    public void Is_rejected_when_one_signature_of_a_known_key_is_wrong()
    {
        var altered = Note($"{Text.Replace("problem is", "problem was", StringComparison.Ordinal)}\n{PeterLine}");
        var verification = altered.Verify([Key(PeterKey)]);
        Assert.False(verification.IsTrusted);
        Assert.Equal("PeterNeumann", verification.Forged?.Name);

        var mixed = Note($"{Text}\n{PeterLine}{EnochLine[..60]}ABCD{EnochLine[60..]}");
        Assert.False(mixed.Verify([Key(PeterKey), Key(EnochKey)]).IsTrusted);
        Assert.True(mixed.Verify([Key(PeterKey)]).IsTrusted);
    }

    [Fact]
    public void Is_not_verified_by_a_key_with_the_same_name_or_the_same_identifier_alone()
    {
        var renamed = Note($"{Text}\n{PeterLine.Replace("PeterNeumann", "CarmenSandiego", StringComparison.Ordinal)}");
        Assert.False(renamed.Verify([Key(PeterKey)]).IsTrusted);
        var otherId = Note($"{Text}\n{PeterLine.Replace("x08g", "xxxx", StringComparison.Ordinal)}");
        Assert.False(otherId.Verify([Key(PeterKey)]).IsTrusted);
    }

    [Fact]
    public void Keeps_signatures_of_algorithms_that_are_not_known()
    {
        // A key of an algorithm 0x65, with the identifier that Go's test computed for it.
        var key = Key("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        Assert.False(key.CanVerify);
        var post = new string('A', 4_000);
        var note = Note($"{Text}\n— PeterNeumann FzEWrg{post[..2]}{post}\n{PeterLine}");
        Assert.Equal(0x173116aeu, note.Signatures[0].KeyId);
        Assert.Equal(["PeterNeumann"], Signers(note.Verify([key, Key(PeterKey)])));
    }

    [Fact]
    public void May_have_empty_lines_and_any_letters_in_its_text()
    {
        var note = Note("Ognuno sta solo\n\nèd è subito sera 西林。\n\n— quasimodo.example/salvatore NnugSzTjtVA=\n");
        Assert.Equal("Ognuno sta solo\n\nèd è subito sera 西林。\n", note.Text);
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(note.ToString()), out var read));
        Assert.Equal(note.Text, read.Text);
    }

    private static IEnumerable<string> Signers(NoteVerification verification) => verification.Valid.Select(valid => valid.Key.Name);
}
