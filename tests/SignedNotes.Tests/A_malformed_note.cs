using System.Text;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

public sealed class A_malformed_note
{
    private const string Whole = $"{Text}\n{PeterLine}";

    public static TheoryData<string, string> Notes => new()
    {
        { "nothing", "" },
        { "no signature", Text },
        { "a blank line and no signature", Text + "\n" },
        { "no last line break", Whole[..^1] },
        { "a control character", "\u0001" + Whole },
        { "a carriage return", Whole.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "a line after the signatures", Whole + "Unexpected line.\n" },
        { "an empty line after the signatures", Whole + "\n" },
        { "a name with a space", $"{Text}\n— Bad Name AAAAAAA=\n" },
        { "a name with a no-break space", $"{Text}\n— Bad\u00a0Name AAAAAAA=\n" },
        { "a name with a plus", $"{Text}\n— Bad+Name AAAAAAA=\n" },
        { "no name", $"{Text}\n—  AAAAAAA=\n" },
        { "a hyphen for the dash", $"{Text}\n- Name AAAAAAA=\n" },
        { "an identifier and no signature", $"{Text}\n— Name AAAAAA==\n" },
        { "Base64 without its padding", $"{Text}\n— Name AAAAAAA\n" },
        { "Base64 whose last bits are not zero", $"{Text}\n— Name AAAAAAB=\n" },
        { "Base64 with a space", $"{Text}\n— Name AAAA AAA=\n" },
        { "Base64 for addresses", $"{Text}\n— Name AA__AAA=\n" },
        { "more signatures than are read", $"{Text}\n{string.Concat(Enumerable.Repeat(PeterLine, SignedNote.MaxSignatures + 1))}" },
        { "more bytes than are read", $"{new string('西', SignedNote.MaxBytes / 3)}\n{Whole}" },
    };

    [Theory, MemberData(nameof(Notes))]
    public void Is_refused(string fault, string text)
    {
        Assert.False(SignedNote.TryParse(text, out _), fault);
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _), fault);
    }

    [Fact]
    public void Is_refused_when_its_bytes_are_no_UTF8_and_its_text_cannot_be()
    {
        Assert.False(SignedNote.TryParse([0xff, .. Encoding.UTF8.GetBytes(Whole)], out _));
        Assert.False(SignedNote.TryParse("\ud83d" + Whole, out _));
    }

    [Fact]
    public void Is_never_trusted_in_any_part_nor_with_any_byte_changed()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        NoteVerifier[] keys = [Key(PeterKey)];
        for (var end = 0; end < bytes.Length; end++)
        {
            Assert.False(SignedNote.TryParse(bytes.AsSpan(0, end), out _));
            Assert.False(SignedNote.TryParse(bytes.AsSpan(end + 1), out var tail) && tail.Verify(keys).IsTrusted);
            bytes[end]++;
            Assert.False(SignedNote.TryParse(bytes, out var changed) && changed.Verify(keys).IsTrusted, $"Byte {end} was changed.");
            bytes[end]--;
        }

        Assert.True(SignedNote.TryParse(bytes, out var note) && note.Verify(keys).IsTrusted);
    }

    [Fact]
    public void Is_read_with_as_many_signatures_as_the_limit()
    {
        var lines = string.Concat(Enumerable.Repeat(PeterLine, SignedNote.MaxSignatures));
        Assert.Equal(SignedNote.MaxSignatures, Note($"{Text}\n{lines}").Signatures.Count);
    }

    [Theory]
    [InlineData("no line break at its end")]
    [InlineData("a tab\there\n")]
    [InlineData("")]
    public void Is_not_made(string text)
    {
        Assert.True(NoteSignature.TryParse(PeterLine.TrimEnd(), out var signature));
        Assert.Throws<ArgumentException>(() => SignedNote.Create(text, [signature]));
        Assert.Throws<ArgumentException>(() => SignedNote.Create("text\n", []));
    }
}
