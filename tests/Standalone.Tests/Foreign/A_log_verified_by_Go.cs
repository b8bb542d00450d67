using System.Globalization;
using System.Text.Json.Nodes;
using XilinIngest.SignedNotes;
using XilinIngest.Standalone.Tests.Api;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>The sample years' log, as the code of the Go project for transparency logs verifies it.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class A_log_verified_by_Go(SampleService sample, GoVerifier go) : IDisposable
{
    private readonly LogFiles _files = new(sample.Service);

    [Fact]
    public async Task Has_a_checkpoint_that_is_signed_with_its_time()
    {
        var checkpoint = await _files.SaveCheckpointAsync();
        var said = await go.AcceptAsync("checkpoint", await _files.SaveKeysAsync(), checkpoint);
        var time = DateTimeOffset.Parse(
            (string)JsonNode.Parse(File.ReadAllText(checkpoint))!["time"]!, CultureInfo.InvariantCulture).ToUniversalTime();
        Assert.Contains($"has {LogFiles.SizeOf(checkpoint)} rows", said, StringComparison.Ordinal);
        Assert.Contains(time.ToString("'at' yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(777)]
    [InlineData(1024)]
    [InlineData(1951)]
    public async Task Has_a_row_in_the_checkpoint_of_its_receipt_and_in_the_newest(long sequence)
    {
        var (keys, row) = (await _files.SaveKeysAsync(), await _files.SaveRowAsync(sequence));
        foreach (var checkpoint in new[] { row, await _files.SaveCheckpointAsync(sequence), await _files.SaveCheckpointAsync() })
        {
            var proof = await _files.SaveInclusionAsync(sequence, checkpoint);
            Assert.Contains(
                $"verified: row {sequence} is in the log", await go.AcceptAsync("inclusion", keys, checkpoint, row, proof),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(1700)]
    public async Task Only_ever_grew(long covering)
    {
        var (older, newer) = (await _files.SaveCheckpointAsync(covering), await _files.SaveCheckpointAsync());
        await go.AcceptAsync("consistency", await _files.SaveKeysAsync(), older, newer, await _files.SaveConsistencyAsync(older, newer));
    }

    [Fact]
    public Task Is_refused_with_an_altered_entry() => RefuseRowAsync(
        row => row["canonicalBytes"] = Convert.ToBase64String([.. Convert.FromBase64String((string)row["canonicalBytes"]!), 0]));

    [Fact]
    public Task Is_refused_with_an_entry_whose_altered_figures_are_hashed_anew() => RefuseRowAsync(row =>
    {
        row["canonicalBytes"] = Convert.ToBase64String([.. Convert.FromBase64String((string)row["canonicalBytes"]!), (byte)' ']);
        row["body"] = (string)row["body"]! + ' ';
    });

    [Fact]
    public Task Is_refused_with_figures_that_are_shown_beside_an_entry_of_others() =>
        RefuseRowAsync(row => row["body"] = ((string)row["body"]!).Replace("\"revision\":1", "\"revision\":9", StringComparison.Ordinal));

    [Fact]
    public Task Is_refused_with_an_entry_in_anothers_place() =>
        RefuseRowAsync(row => row["receipt"]!["sequence"] = (long)row["receipt"]!["sequence"]! + 1);

    [Fact]
    public async Task Is_refused_with_an_altered_proof_of_inclusion()
    {
        var (row, checkpoint) = (await _files.SaveRowAsync(777), await _files.SaveCheckpointAsync());
        var proof = _files.Alter(await _files.SaveInclusionAsync(777, checkpoint), AlterPath);
        await go.RefuseAsync("inclusion", await _files.SaveKeysAsync(), checkpoint, row, proof);
    }

    [Fact]
    public async Task Is_refused_with_a_proof_of_another_size()
    {
        var (row, checkpoint) = (await _files.SaveRowAsync(777), await _files.SaveCheckpointAsync());
        var proof = await _files.SaveInclusionAsync(777, row);
        await go.RefuseAsync("inclusion", await _files.SaveKeysAsync(), checkpoint, row, proof);
    }

    [Fact]
    public async Task Is_refused_with_an_altered_proof_of_growth()
    {
        var (older, newer) = (await _files.SaveCheckpointAsync(300), await _files.SaveCheckpointAsync());
        var proof = _files.Alter(await _files.SaveConsistencyAsync(older, newer), AlterPath);
        await go.RefuseAsync("consistency", await _files.SaveKeysAsync(), older, newer, proof);
    }

    [Fact]
    public async Task Is_refused_with_another_size() => Assert.StartsWith(
        "invalid signature", await RefuseCheckpointAsync(checkpoint => checkpoint["treeSize"] = (long)checkpoint["treeSize"]! - 1));

    [Fact]
    public async Task Is_refused_with_another_root() => Assert.StartsWith(
        "invalid signature", await RefuseCheckpointAsync(checkpoint => checkpoint["root"] = new string('0', 64)));

    [Fact]
    public async Task Is_refused_with_another_name() => Assert.StartsWith(
        "invalid signature", await RefuseCheckpointAsync(checkpoint => checkpoint["origin"] = (string)checkpoint["origin"]! + "x"));

    [Fact]
    public async Task Is_refused_with_another_time()
    {
        var reason = await RefuseCheckpointAsync(checkpoint => EditLine(checkpoint, TimeLine(checkpoint), signature => signature[11] ^= 1));
        Assert.StartsWith("invalid signature for key", reason);
        Assert.Contains("/time+", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_without_its_time() => Assert.Equal(
        "no known key signed its time",
        await RefuseCheckpointAsync(checkpoint => checkpoint["signatures"]!.AsArray().RemoveAt(TimeLine(checkpoint))));

    [Fact]
    public async Task Is_refused_with_a_forged_signature() => Assert.StartsWith(
        "invalid signature",
        await RefuseCheckpointAsync(checkpoint => EditLine(checkpoint, 1 - TimeLine(checkpoint), signature => signature[^1] ^= 1)));

    [Fact]
    public async Task Is_refused_without_the_logs_own_signature()
    {
        var reason = await RefuseCheckpointAsync(
            checkpoint => checkpoint["signatures"]!.AsArray().RemoveAt(1 - TimeLine(checkpoint)));
        Assert.StartsWith("no known key of the log", reason);
    }

    [Fact]
    public async Task Is_refused_by_who_knows_another_key_of_its_name()
    {
        var checkpoint = await _files.SaveCheckpointAsync();
        var origin = (string)JsonNode.Parse(File.ReadAllText(checkpoint))!["origin"]!;
        var other = NoteSigner.FromPem(NoteSigner.CreatePem(), origin).Verifier.Text;
        Assert.EndsWith(
            "note has no verifiable signatures", await go.RefuseAsync("checkpoint", _files.Save(other + "\n"), checkpoint));
    }

    [Fact]
    public async Task Is_refused_with_a_key_whose_number_is_not_its_own()
    {
        var keys = File.ReadAllText(await _files.SaveKeysAsync());
        var number = keys.Split('+')[1];
        var altered = _files.Save(keys.Replace(number, number == "00000000" ? "00000001" : "00000000", StringComparison.Ordinal));
        await go.RefuseAsync("checkpoint", altered, await _files.SaveCheckpointAsync());
    }

    public void Dispose() => _files.Dispose();

    private async Task RefuseRowAsync(Action<JsonNode> alter)
    {
        var (keys, row, checkpoint) = (await _files.SaveKeysAsync(), await _files.SaveRowAsync(777), await _files.SaveCheckpointAsync());
        var proof = await _files.SaveInclusionAsync(777, checkpoint);
        await go.AcceptAsync("inclusion", keys, checkpoint, row, proof);
        await go.RefuseAsync("inclusion", keys, checkpoint, _files.Alter(row, alter), proof);
    }

    /// <returns>Why, without the name of the file.</returns>
    private async Task<string> RefuseCheckpointAsync(Action<JsonNode> alter)
    {
        var checkpoint = _files.Alter(await _files.SaveCheckpointAsync(), alter);
        return (await go.RefuseAsync("checkpoint", await _files.SaveKeysAsync(), checkpoint))[(checkpoint.Length + 2)..];
    }

    private static int TimeLine(JsonNode checkpoint) => checkpoint["signatures"]!.AsArray().ToList()
        .FindIndex(line => ((string)line!).Split(' ')[1].EndsWith("/time", StringComparison.Ordinal));

    private static void EditLine(JsonNode checkpoint, int line, Action<byte[]> edit)
    {
        var words = ((string)checkpoint["signatures"]![line]!).Split(' ');
        var signature = Convert.FromBase64String(words[2]);
        edit(signature);
        checkpoint["signatures"]![line] = $"{words[0]} {words[1]} {Convert.ToBase64String(signature)}";
    }

    private static void AlterPath(JsonNode proof)
    {
        var hash = Convert.FromHexString((string)proof["path"]![0]!);
        hash[0] ^= 1;
        proof["path"]![0] = Convert.ToHexStringLower(hash);
    }
}
