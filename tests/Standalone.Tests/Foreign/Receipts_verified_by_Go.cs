using System.Text;
using XilinIngest.SignedNotes;
using XilinIngest.Standalone.Tests.Api;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>Receipts as files (c2sp.org/tlog-proof), as the Go project's code verifies them.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class Receipts_verified_by_Go(SampleService sample, PartitionedSample split, GoVerifier go) : IDisposable
{
    private readonly LogFiles _files = new(sample.Service);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(777)]
    [InlineData(1024)]
    [InlineData(1951)]
    public async Task Prove_their_row_at_their_own_checkpoint_and_at_the_newest(long sequence)
    {
        var keys = await _files.SaveKeysAsync();
        var row = await sample.Service.GetAsync($"/api/submissions/{sequence}");
        var (unit, period) = ((string)row["receipt"]!["unit"]!, (string)row["receipt"]!["period"]!);
        foreach (var (checkpoint, size) in new[]
        {
            ("receipt", (long)row["receipt"]!["checkpoint"]!["treeSize"]!),
            ("newest", (long)(await sample.Service.GetAsync("/api/ledger/checkpoint"))["treeSize"]!),
        })
        {
            var said = await go.AcceptAsync("proof", keys, await SaveAsync(sequence, $"?checkpoint={checkpoint}"));
            Assert.Contains($"verified: row {sequence} is in the log: unit \"{unit}\", month \"{period}\"", said, StringComparison.Ordinal);
            Assert.Contains($"has {size} rows", said, StringComparison.Ordinal);
        }

        Assert.Equal(await ReadAsync(sequence, ""), await ReadAsync(sequence, "?checkpoint=receipt"));
    }

    [Fact]
    public async Task Prove_a_row_of_a_partition_which_their_file_is_named_after()
    {
        using var street = new LogFiles(split.Service, "32.04.04.004");
        using var answer = await split.Service.Client.GetAsync("/api/submissions/5/proof?partition=32.04.04.004");
        var file = street.Save(await answer.Content.ReadAsStringAsync());
        Assert.Contains("log ", await go.AcceptAsync("proof", await street.SaveKeysAsync(), file), StringComparison.Ordinal);
        Assert.Matches(@"^[0-9A-Z]+-\d{4}-\d\d-32\.04\.04\.004-5\.tlog-proof$", answer.Content.Headers.ContentDisposition!.FileName);

        // Row 5 of the whole tree is another one, in another log.
        Assert.EndsWith("note has no verifiable signatures", await go.RefuseAsync("proof", await _files.SaveKeysAsync(), file));
    }

    [Fact]
    public async Task Are_a_file_to_save_with_the_name_of_unit_and_month()
    {
        using var answer = await sample.Service.Client.GetAsync("/api/submissions/777/proof");
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches(@"^[0-9A-Z]+-\d{4}-\d\d-777\.tlog-proof$", answer.Content.Headers.ContentDisposition.FileName);
        using var newest = await sample.Service.Client.GetAsync("/api/submissions/777/proof?checkpoint=newest");
        Assert.Matches(@"-777-at-\d+\.tlog-proof$", newest.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public Task Are_refused_with_one_byte_more_in_their_row() => RefuseProofAsync(
        proof => new TlogProof([.. proof.Extra, 0], proof.Index, proof.Hashes, proof.Checkpoint));

    [Fact]
    public Task Are_refused_with_one_figure_altered() => RefuseProofAsync(proof =>
    {
        var entry = proof.Extra.ToArray();
        entry[^2] ^= 1;
        return new TlogProof(entry, proof.Index, proof.Hashes, proof.Checkpoint);
    });

    [Fact]
    public Task Are_refused_with_another_index() => RefuseProofAsync(
        proof => new TlogProof(proof.Extra, proof.Index ^ 1, proof.Hashes, proof.Checkpoint));

    [Fact]
    public Task Are_refused_with_an_altered_hash() => RefuseProofAsync(proof =>
    {
        var hashes = proof.Hashes.Select(hash => hash.ToArray()).ToList();
        hashes[^1][0] ^= 1;
        return new TlogProof(proof.Extra, proof.Index, hashes, proof.Checkpoint);
    });

    [Fact]
    public async Task Are_refused_with_a_hash_less_or_more()
    {
        await RefuseProofAsync(proof => new TlogProof(proof.Extra, proof.Index, [.. proof.Hashes.Skip(1)], proof.Checkpoint));
        await RefuseProofAsync(
            proof => new TlogProof(proof.Extra, proof.Index, [.. proof.Hashes, proof.Hashes[0]], proof.Checkpoint));
    }

    [Fact]
    public async Task Are_refused_with_the_proof_of_another_row()
    {
        var other = await ReadProofAsync(778);
        await RefuseProofAsync(proof => new TlogProof(proof.Extra, other.Index, other.Hashes, other.Checkpoint));
    }

    [Fact]
    public async Task Are_refused_with_the_checkpoint_of_another_size()
    {
        var other = await ReadProofAsync(1951);
        await RefuseProofAsync(proof => new TlogProof(proof.Extra, proof.Index, proof.Hashes, other.Checkpoint));
    }

    [Fact]
    public async Task Are_refused_with_an_altered_checkpoint()
    {
        var text = await ReadAsync(777, "");
        var size = (await ReadProofAsync(777)).Checkpoint.Text.Split('\n')[1];
        var altered = _files.Save(text.Replace($"\n{size}\n", $"\n{long.Parse(size, null) - 1}\n", StringComparison.Ordinal));
        Assert.Contains("invalid signature", await go.RefuseAsync("proof", await _files.SaveKeysAsync(), altered));
    }

    [Fact]
    public async Task Are_refused_by_who_knows_another_key_of_the_log()
    {
        var origin = (await ReadProofAsync(777)).Checkpoint.Text.Split('\n')[0];
        var keys = _files.Save(NoteSigner.FromPem(NoteSigner.CreatePem(), origin).Verifier.Text + "\n");
        Assert.EndsWith("note has no verifiable signatures", await go.RefuseAsync("proof", keys, await SaveAsync(777, "")));
    }

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("index ", "index  ")]
    [InlineData("@v1", "@v2")]
    [InlineData("extra ", "other ")]
    [InlineData("=\n\n", "=\n")]
    public async Task Are_refused_in_another_form(string part, string instead) => await go.RefuseAsync("proof",
        await _files.SaveKeysAsync(), _files.Save((await ReadAsync(777, "")).Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public async Task May_have_signatures_of_keys_that_the_auditor_does_not_know()
    {
        var file = _files.Save(await ReadAsync(777, "") + "— witness.example/w1 AAAAAAA=\n");
        await go.AcceptAsync("proof", await _files.SaveKeysAsync(), file);
    }

    public void Dispose() => _files.Dispose();

    private async Task RefuseProofAsync(Func<TlogProof, TlogProof> alter)
    {
        var file = _files.Save(alter(await ReadProofAsync(777)).ToString());
        Assert.EndsWith("invalid transparency proof", await go.RefuseAsync("proof", await _files.SaveKeysAsync(), file));
    }

    private async Task<TlogProof> ReadProofAsync(long sequence)
    {
        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(await ReadAsync(sequence, "")), out var proof));
        return proof;
    }

    private async Task<string> SaveAsync(long sequence, string query) => _files.Save(await ReadAsync(sequence, query));

    private Task<string> ReadAsync(long sequence, string query) =>
        sample.Service.Client.GetStringAsync($"/api/submissions/{sequence}/proof{query}");
}
