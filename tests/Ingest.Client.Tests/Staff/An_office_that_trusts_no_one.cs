using System.Security.Cryptography;
using System.Text.Json.Nodes;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Client.Tests.Staff;

/// <summary><c>xilin verify</c> against the real service, honest and not.</summary>
public sealed class An_office_that_trusts_no_one : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly TestFolder _data = new();
    private InProcessService _service = null!;

    public async Task InitializeAsync() => _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose()
    {
        _data.Dispose();
        _xilin.Dispose();
    }

    [Fact]
    public async Task Finds_every_receipt_in_a_ledger_that_only_grew()
    {
        await SubmitAsync(3);
        Assert.Contains("回执 3 张，不符 0 张", (await VerifyAsync()).AssertExitCode(0).Output, StringComparison.Ordinal);
        await SubmitAsync(6);
        Assert.Contains("与以前保存的检查点（3 行）一致；回执 6 张，不符 0 张", (await VerifyAsync()).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_ledger_that_was_cut_and_goes_on_with_other_rows()
    {
        await SubmitAsync(5);
        (await VerifyAsync()).AssertExitCode(0);
        await RestartWithoutLedgerAsync();
        await _service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());
        Assert.Contains("台账变短了", (await VerifyAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
        for (var i = 2; i <= 8; i++)
        {
            await _service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission().Set("revision", i));
        }

        Assert.Contains("被改动过", (await VerifyAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_service_with_another_key()
    {
        await SubmitAsync(1);
        (await VerifyAsync()).AssertExitCode(0);
        var file = Path.Combine(_xilin.Outbox, "trust", "ledger-keys.txt");
        var lines = File.ReadAllLines(file);
        var other = NoteSigner.FromPem(NoteSigner.CreatePem(), lines[0].Split('+')[0]).Verifier.Text;
        File.WriteAllLines(file, [other, .. lines[1..]]);
        Assert.Contains("公钥变了", (await VerifyAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_new_key_that_the_pinned_one_introduced_and_none_that_follows_from_a_former_one()
    {
        await SubmitAsync(1);
        var first = (await VerifyAsync()).AssertExitCode(0).Output;
        Assert.Contains("首次使用，记下服务的公钥", first, StringComparison.Ordinal);
        var backup = await File.ReadAllBytesAsync(_data.In("ledger.db"));
        var formerKey = await File.ReadAllBytesAsync(_data.In("ledger-key.pem"));

        await RotateAsync();
        await SubmitAsync(2);
        var replaced = (await VerifyAsync()).AssertExitCode(0).Output;
        Assert.Contains("新密钥由原密钥签名引入", replaced, StringComparison.Ordinal);
        Assert.Contains("不符 0 张", replaced, StringComparison.Ordinal);
        Assert.DoesNotContain("密钥", (await VerifyAsync()).AssertExitCode(0).Output, StringComparison.Ordinal);

        // Whoever has the former key cannot introduce another one to who knows the new one.
        await StopAsync();
        foreach (var file in Directory.GetFiles(_data.Path, "*.db*"))
        {
            File.Delete(file);
        }

        await File.WriteAllBytesAsync(_data.In("ledger.db"), backup);
        await File.WriteAllBytesAsync(_data.In("ledger-key.pem"), formerKey);
        await StartAsync();
        await RotateAsync();
        Assert.Contains("公钥变了", (await VerifyAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verdict", "\"accepted\"", "\"refused\"")]
    [InlineData("body", "\\\"value\\\":", "\\\"value\\\":9")]
    [InlineData("leafHash", "\"leafHash\": \"", "\"leafHash\": \"00")]
    [InlineData("signature", "\"signatures\": [", "\"signatures\": [\"\",")]
    [InlineData("origin", "\"origin\": \"", "\"origin\": \"x")]
    [InlineData("time", "\"checkpoint\": {", "\"checkpoint\": { \"partition\": \"32\",")]
    [InlineData("row", "\"sequence\": 2", "\"sequence\": 1")]
    public async Task Finds_a_receipt_that_is_not_true_to_the_ledger(string what, string from, string to)
    {
        await SubmitAsync(2);
        var file = Directory.GetFiles(Path.Combine(_xilin.Outbox, "sent"), "*.json", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains("\"sequence\": 2", StringComparison.Ordinal));
        var text = File.ReadAllText(file);
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        if (what is "leafHash")
        {
            var hash = (string)JsonNode.Parse(text)!["receipt"]!["leafHash"]!;
            changed = text.Replace(hash, new string(hash[0] == '0' ? '1' : '0', 1) + hash[1..], StringComparison.Ordinal);
        }

        Assert.NotEqual(text, changed);
        File.WriteAllText(file, changed);
        Assert.Contains("不符 1 张", (await VerifyAsync()).AssertExitCode(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_taken_in_by_proofs_of_the_wrong_shape()
    {
        var hashes = Enumerable.Range(0, 3).Select(i => SHA256.HashData([(byte)i])).ToList();
        var root = Node(Node(hashes[0], hashes[1]), hashes[2]);
        Assert.True(MerkleProofCheck.IsIncluded(hashes[0], 0, 3, [hashes[1], hashes[2]], root));
        Assert.False(MerkleProofCheck.IsIncluded(hashes[0], 1, 3, [hashes[1], hashes[2]], root));
        Assert.False(MerkleProofCheck.IsIncluded(hashes[0], 0, 3, [hashes[1]], root));
        Assert.False(MerkleProofCheck.IsIncluded(hashes[0], 0, 3, [hashes[1], hashes[2], hashes[2]], root));
        Assert.False(MerkleProofCheck.IsIncluded(hashes[0], 3, 3, [hashes[1], hashes[2]], root));
        Assert.True(MerkleProofCheck.IsConsistent(2, 3, Node(hashes[0], hashes[1]), root, [hashes[2]]));
        Assert.False(MerkleProofCheck.IsConsistent(2, 3, Node(hashes[1], hashes[0]), root, [hashes[2]]));
        Assert.False(MerkleProofCheck.IsConsistent(0, 3, root, root, []));
        Assert.False(MerkleProofCheck.IsConsistent(3, 2, root, root, []));
        static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
    }

    private async Task RestartWithoutLedgerAsync()
    {
        await StopAsync();
        foreach (var file in Directory.GetFiles(_data.Path, "*.db*"))
        {
            File.Delete(file);
        }

        await StartAsync();
    }

    private async Task RotateAsync()
    {
        await StopAsync();
        new KeyRotation(_data.In("ledger-key.pem"), [new LedgerStore(new Database(_data.In("ledger.db")))]).Rotate(ofTimes: false);
        await StartAsync();
    }

    private async Task StopAsync()
    {
        await _service.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private async Task StartAsync() => _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);

    private async Task SubmitAsync(int months) => (await _xilin.RunAsync("submit", _xilin.File("a.csv",
        "unit,period,indicator,value,unit_of_measure,correction_reason\n"
            + string.Concat(
                Enumerable.Range(1, months).Select(month => $"320404004201,2022-0{month},ENTERPRISE_VISITS,{month},家,补报以前月份的数据\n"))),
                "--server", Server)).AssertExitCode(0);

    private Task<XilinResult> VerifyAsync() => _xilin.RunAsync("verify", "--server", Server);

    private string Server => _service.Client.BaseAddress!.ToString();
}
