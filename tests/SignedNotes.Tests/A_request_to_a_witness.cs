using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

/// <summary>The example of c2sp.org/tlog-witness.</summary>
public sealed class A_request_to_a_witness
{
    private const string Note = $"{Checkpoint}\n{CheckpointLine}";
    private const string Hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
    private const string Whole = $"old 20852014\n{Hash}{Hash}\n{Note}";

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "no size", $"{Hash}\n{Note}" },
        { "another word", Whole.Replace("old", "new", StringComparison.Ordinal) },
        { "two spaces", Whole.Replace("old ", "old  ", StringComparison.Ordinal) },
        { "a leading zero", Whole.Replace("old ", "old 0", StringComparison.Ordinal) },
        { "a sign", Whole.Replace("old ", "old +", StringComparison.Ordinal) },
        { "a size that is too large", Whole.Replace("old ", "old 999999999999", StringComparison.Ordinal) },
        { "a carriage return", Whole.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "no empty line", Whole.Replace(Hash + "\n", Hash, StringComparison.Ordinal) },
        { "a hash without padding", Whole.Replace("kaw=", "kaw", StringComparison.Ordinal) },
        { "a hash of 31 bytes", Whole.Replace(Hash, Convert.ToBase64String(new byte[31]) + "\n", StringComparison.Ordinal) },
        { "64 hashes", $"old 1\n{string.Concat(Enumerable.Repeat(Hash, 64))}\n{Note}" },
        { "no signature", $"old 0\n\n{Checkpoint}\n" },
        { "no checkpoint", $"old 0\n{Hash}\n" },
        { "more bytes than are read", $"old 0\n\n{new string('x', WitnessRequest.MaxBytes)}\n\n{CheckpointLine}" },
    };

    [Fact]
    public void Is_read_and_written_to_the_same_bytes()
    {
        Assert.True(WitnessRequest.TryParse(Whole, out var request));
        Assert.Equal((20852014, 2), (request.OldSize, request.Proof.Count));
        Assert.Equal(Whole, request.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public void May_have_up_to_63_hashes(int count)
    {
        var text = $"old 0\n{string.Concat(Enumerable.Repeat(Hash, count))}\n{Note}";
        Assert.True(WitnessRequest.TryParse(text, out var request));
        Assert.Equal(text, request.ToString());
    }

    [Theory, MemberData(nameof(Malformed))]
    public void Is_refused_if_malformed(string fault, string text) => Assert.False(WitnessRequest.TryParse(text, out _), fault);
}
