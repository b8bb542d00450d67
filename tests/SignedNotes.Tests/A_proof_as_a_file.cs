using System.Security.Cryptography;
using System.Text;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

/// <summary>The files of c2sp.org/tlog-proof.</summary>
public sealed class A_proof_as_a_file
{
    private const string First = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=";
    private const string Second = "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=";
    private const string Note = $"{Checkpoint}\n{CheckpointLine}{WitnessLine}";

    // The example of the specification, with an extra of our own: that of the example is cut off.
    private const string Whole = $"c2sp.org/tlog-proof@v1\nextra YQ==\nindex 73894\n{First}\n{Second}\n\n{Note}";

    public static TheoryData<string, string> Files => new()
    {
        { "nothing", "" },
        { "another program's file", "unit,period,value\n" },
        { "another version", Whole.Replace("@v1", "@v2", StringComparison.Ordinal) },
        { "a byte order mark", "\ufeff" + Whole },
        { "an empty line before it", "\n" + Whole },
        { "line breaks of Windows", Whole.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "a space at the end of a line", Whole.Replace("73894\n", "73894 \n", StringComparison.Ordinal) },
        { "a space before the index", Whole.Replace("index 7", "index  7", StringComparison.Ordinal) },
        { "a second empty line", Whole.Replace("=\n\n", "=\n\n\n", StringComparison.Ordinal) },
        { "an empty line after it", Whole + "\n" },
        { "no last line break", Whole[..^1] },
        { "an extra without data", Whole.Replace("YQ==", "", StringComparison.Ordinal) },
        { "two extras", Whole.Replace("index", "extra YQ==\nindex", StringComparison.Ordinal) },
        { "an extra after the index", Whole.Replace("extra YQ==\nindex 73894\n", "index 73894\nextra YQ==\n", StringComparison.Ordinal) },
        { "an extra that is no Base64", Whole.Replace("YQ==", "YQ", StringComparison.Ordinal) },
        { "an extra whose last bits are not zero", Whole.Replace("YQ==", "YR==", StringComparison.Ordinal) },
        { "no index", Whole.Replace("index 73894\n", "", StringComparison.Ordinal) },
        { "an index with a zero before it", Whole.Replace("73894", "073894", StringComparison.Ordinal) },
        { "an index with a sign", Whole.Replace("73894", "+73894", StringComparison.Ordinal) },
        { "an index below zero", Whole.Replace("73894", "-1", StringComparison.Ordinal) },
        { "an index too large for a log", Whole.Replace("73894", "9223372036854775808", StringComparison.Ordinal) },
        { "an index in other digits", Whole.Replace("73894", "７３８９４", StringComparison.Ordinal) },
        { "a hash that is too short", Whole.Replace(First, "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPg==", StringComparison.Ordinal) },
        { "a hash in hexadecimal", Whole.Replace(First, new string('0', 64), StringComparison.Ordinal) },
        { "more hashes than a log has levels", Whole.Replace(First, string.Join('\n', Enumerable.Repeat(First, 64)),
            StringComparison.Ordinal) },
        { "lines without end", $"c2sp.org/tlog-proof@v1\nindex 0\n{new string('\n', 1_000_000)}" },
        { "no checkpoint", Whole[..Whole.IndexOf("\n\n", StringComparison.Ordinal)] + "\n\n" },
        { "a note that is no checkpoint", $"c2sp.org/tlog-proof@v1\nindex 0\n\n{Text}\n{PeterLine}" },
        { "a checkpoint that nobody signed", $"c2sp.org/tlog-proof@v1\nindex 0\n\n{Checkpoint}" },
    };

    [Fact]
    public void Has_the_lines_of_the_specification()
    {
        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(Whole), out var proof));
        Assert.Equal("a"u8.ToArray(), proof.Extra.ToArray());
        Assert.Equal(73894, proof.Index);
        Assert.Equal([First, Second], proof.Hashes.Select(Convert.ToBase64String));
        Assert.Equal(Note, proof.Checkpoint.ToString());
        Assert.Equal(20852163, proof.Tree.Size);
        Assert.Equal(Whole, proof.ToString());
    }

    [Fact]
    public void Is_read_without_extra_and_without_hashes()
    {
        const string text = $"c2sp.org/tlog-proof@v1\nindex 0\n\n{Note}";
        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out var proof));
        Assert.Empty(proof.Hashes);
        Assert.True(proof.Extra.IsEmpty);
        Assert.Equal(text, proof.ToString());
    }

    [Fact]
    public void Keeps_signatures_of_keys_that_no_one_here_knows()
    {
        var unknown = Note + "— someone.example/else AAAAAAA=\n";
        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(Whole.Replace(Note, unknown, StringComparison.Ordinal)), out var proof));
        Assert.Equal(unknown, proof.Checkpoint.ToString());
    }

    [Theory, MemberData(nameof(Files))]
    public void Is_refused_with(string fault, string text) => Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out _), fault);

    [Fact]
    public void Is_refused_where_it_is_cut_off()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        var ends = Enumerable.Range(0, bytes.Length).Where(end => TlogProof.TryParse(bytes.AsSpan(0, end), out _)).ToList();

        // A note may lose whole lines of signatures at its end.
        Assert.Equal([bytes.Length - Encoding.UTF8.GetByteCount(WitnessLine)], ends);
    }

    [Fact]
    public void Is_refused_when_its_bytes_are_no_UTF8() =>
        Assert.False(TlogProof.TryParse([.. Encoding.UTF8.GetBytes(Whole), 0xff, (byte)'\n'], out _));

    [Fact]
    public void Is_refused_when_it_is_larger_than_any_row() => Assert.False(TlogProof.TryParse(
        Encoding.UTF8.GetBytes(Whole.Replace("YQ==", new string('A', TlogProof.MaxBytes), StringComparison.Ordinal)), out _));

    [Fact]
    public void Is_known_by_its_first_line_though_the_rest_be_damaged()
    {
        Assert.True(TlogProof.HasHead(Encoding.UTF8.GetBytes(Whole[..60])));
        Assert.True(TlogProof.HasHead(Encoding.UTF8.GetBytes(Whole.Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.False(TlogProof.HasHead("PK\u0003\u0004"u8));
    }

    [Fact]
    public void Is_not_made_with_an_index_or_hashes_that_no_log_has()
    {
        Assert.True(SignedNote.TryParse(Note, out var note));
        Assert.Throws<ArgumentException>(() => new TlogProof([], -1, [], note));
        Assert.Throws<ArgumentException>(() => new TlogProof([], 0, [new byte[31]], note));
        Assert.Throws<ArgumentException>(
            () => new TlogProof([], 0, [.. Enumerable.Repeat(new byte[SHA256.HashSizeInBytes], TlogProof.MaxHashes + 1)], note));
    }
}
