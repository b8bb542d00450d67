using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

[Collection(SampleYearsCollection.Name)]
public sealed class The_log_in_the_eyes_of_an_outsider(SampleService sample)
{
    private readonly InProcessService _service = sample.Service;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(777)]
    [InlineData(1024)]
    [InlineData(1951)]
    public async Task Has_the_row_in_the_tree_of_its_own_checkpoint_and_of_the_newest(long sequence)
    {
        var row = await _service.GetAsync($"/api/submissions/{sequence}");
        var bytes = Convert.FromBase64String((string)row["canonicalBytes"]!);
        var leaf = IndependentLogVerifier.Leaf(bytes);
        Assert.Equal((string?)row["receipt"]!["leafHash"], Convert.ToHexStringLower(leaf));
        Assert.EndsWith((string)row["body"]!, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        foreach (var checkpoint in new[] { row["receipt"]!["checkpoint"]!,
            await _service.GetAsync($"/api/ledger/checkpoint?covering={sequence}"), await _service.GetAsync("/api/ledger/checkpoint") })
        {
            var size = (long)checkpoint["treeSize"]!;
            var proof = await _service.GetAsync($"/api/ledger/inclusion?sequence={sequence}&treeSize={size}");
            var (path, root) = (Hashes(proof["path"]!), Convert.FromHexString((string)checkpoint["root"]!));
            Assert.True(IndependentLogVerifier.Includes(leaf, sequence - 1, size, path, root));
            Assert.False(IndependentLogVerifier.Includes(IndependentLogVerifier.Leaf([.. bytes, 0]), sequence - 1, size, path, root));
        }
    }

    [Fact]
    public async Task Only_ever_grew_from_one_checkpoint_to_the_next()
    {
        var newest = await _service.GetAsync("/api/ledger/checkpoint");
        foreach (var covering in new[] { 1, 300, 1000, 1700 })
        {
            var old = await _service.GetAsync($"/api/ledger/checkpoint?covering={covering}");
            var (first, second) = ((long)old["treeSize"]!, (long)newest["treeSize"]!);
            var proof = Hashes((await _service.GetAsync($"/api/ledger/consistency?first={first}&second={second}"))["path"]!);
            var (before, after) = (Convert.FromHexString((string)old["root"]!), Convert.FromHexString((string)newest["root"]!));
            Assert.True(IndependentLogVerifier.IsConsistent(first, second, before, after, proof));
            Assert.False(IndependentLogVerifier.IsConsistent(first, second, after, after, proof));
        }
    }

    [Fact]
    public async Task Is_signed_with_the_key_it_shows()
    {
        var keys = await _service.Client.GetStringAsync("/api/ledger/key");
        var checkpoint = await _service.GetAsync("/api/ledger/checkpoint");
        var note = IndependentNoteVerifier.NoteOf(checkpoint);
        Assert.Equal(
            DateTimeOffset.Parse((string)checkpoint["time"]!, System.Globalization.CultureInfo.InvariantCulture),
            IndependentNoteVerifier.TimeOf(note, keys));
        checkpoint["treeSize"] = (long)checkpoint["treeSize"]! - 1;
        Assert.Null(IndependentNoteVerifier.TimeOf(IndependentNoteVerifier.NoteOf(checkpoint), keys));
    }

    private static List<byte[]> Hashes(JsonNode path) => [.. path.AsArray().Select(hash => Convert.FromHexString((string)hash!))];
}
