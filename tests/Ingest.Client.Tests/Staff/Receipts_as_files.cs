using System.Text;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Client.Tests.Staff;

/// <summary><c>xilin receipt save</c>, and <c>xilin verify FILE…</c> without the service.</summary>
public sealed class Receipts_as_files : IAsyncLifetime, IDisposable
{
    private const string Village = "320404004201";
    private const string July = Village + "-2022-07-1.tlog-proof";
    private readonly XilinProcess _xilin = new();
    private readonly TestFolder _data = new();
    private InProcessService _service = null!;
    private bool _isStopped;

    public async Task InitializeAsync() => await StartAsync();

    public Task DisposeAsync() => _isStopped ? Task.CompletedTask : _service.DisposeAsync();

    public void Dispose()
    {
        _data.Dispose();
        _xilin.Dispose();
    }

    [Fact]
    public async Task Prove_unit_month_figures_and_time_when_the_service_is_gone()
    {
        await SubmitAsync(2022_06, 2022_07);
        Assert.Contains("回执 2 张，已存 2 张", (await SaveAsync("--out", "回执")).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Equal([$"{Village}-2022-06-1.tlog-proof", $"{Village}-2022-07-2.tlog-proof"],
            Directory.GetFiles(_xilin.In("回执")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await StopAsync();

        var zh = (await _xilin.RunAsync("verify", Path.Combine("回执", "*.tlog-proof"))).AssertExitCode(0).Output;
        Assert.Contains($"✓ {Path.Combine("回执", $"{Village}-2022-07-2.tlog-proof")}：属实", zh, StringComparison.Ordinal);
        Assert.Contains($"单位 {Village} 东岱村，2022-07，修订 1，已接收", zh, StringComparison.Ordinal);
        Assert.Contains("  ENTERPRISE_VISITS 走访企业", zh, StringComparison.Ordinal);
        Assert.Contains("：本月 7 家", zh, StringComparison.Ordinal);
        Assert.Matches(@"收到 2022-08-\d\d \d\d:\d\d:\d\d\+08:00，编号 [0-9a-f-]{36}", zh);
        Assert.Matches(@"台账 xilin/[0-9a-f]{16} 第 2 号，签名时共 \d 号，签名时间 2022-08-\d\d", zh);
        Assert.Contains("核对证明文件 2 个，不符 0 个", zh, StringComparison.Ordinal);

        var en = (await _xilin.RunAsync("verify", Path.Combine("回执", $"{Village}-2022-07-2.tlog-proof"), "--lang", "en")).AssertExitCode(0);
        Assert.Contains("holds", en.Output, StringComparison.Ordinal);
        Assert.Contains("month 7 家", en.Output, StringComparison.Ordinal);
        Assert.Matches(@"row 2 of the ledger xilin/[0-9a-f]{16}, signed at 2022-08-", en.Output);
        Assert.DoesNotMatch("[一-龥]{2}", en.Output.Replace("回执", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Are_proven_with_the_keys_that_the_office_published_and_with_none()
    {
        await SubmitAsync(2022_07);
        await SaveAsync();
        var keys = _xilin.File("gazette.txt",
            "\ufeff\r\n" + (await _service.Client.GetStringAsync("/api/ledger/key")).Replace("\n", "  \r\n",
            StringComparison.Ordinal));
        var file = _xilin.In(July);
        using var other = new XilinProcess();
        var published = (await other.RunAsync("verify", file, "--keys", keys)).AssertExitCode(0);
        Assert.Contains("不符 0 个", published.Output, StringComparison.Ordinal);
        Assert.Contains("还没有记下服务的公钥", (await other.RunAsync("verify", file)).AssertExitCode(2).Errors, StringComparison.Ordinal);
        foreach (var bad in new[] { "", "nothing\n", File.ReadAllText(keys).Split('\n')[1] + "\n" })
        {
            Assert.Contains("不是公钥", (await other.RunAsync("verify", file, "--keys", other.File("bad.txt", bad))).AssertExitCode(2).Errors,
                StringComparison.Ordinal);
        }

        var another = NoteSigner.FromPem(NoteSigner.CreatePem(), File.ReadAllText(keys).Trim().Split('+')[0]).Verifier.Text;
        var mixed = other.File("mixed.txt", another + "\n" + File.ReadAllText(keys).Trim().Split('\n')[^1].Trim() + "\n");
        Assert.Contains("检查点不是用记下的公钥签名的", (await other.RunAsync("verify", file, "--keys", mixed)).AssertExitCode(1).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_saved_by_the_number_of_their_row_and_at_the_newest_checkpoint()
    {
        await SubmitAsync(2022_07);
        await SubmitAsync(2022_06);
        var file = $"{Village}-2022-07-1-at-2.tlog-proof";
        Assert.Contains(file, (await SaveAsync("1", "--newest")).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("签名时共 2 号", (await _xilin.RunAsync("verify", file)).AssertExitCode(0).Output, StringComparison.Ordinal);
        var missing = (await SaveAsync("1", "17")).AssertExitCode(1);
        Assert.Contains("✗ #17：服务没有给出证明：台账没有第 17 号", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("回执 2 张，已存 1 张", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Do_not_take_the_place_of_another_file()
    {
        await SubmitAsync(2022_07);
        (await SaveAsync()).AssertExitCode(0);
        var proof = File.ReadAllText(_xilin.In(July));
        Assert.Contains("已有", (await SaveAsync()).AssertExitCode(0).Output, StringComparison.Ordinal);
        _xilin.File(July, "another");
        Assert.Contains("没有覆盖", (await SaveAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
        Assert.Equal("another", File.ReadAllText(_xilin.In(July)));
        (await SaveAsync("--force")).AssertExitCode(0);
        Assert.Equal(proof, File.ReadAllText(_xilin.In(July)));
    }

    [Fact]
    public async Task Have_safe_names_whatever_the_unit_was_called()
    {
        using var body = XilinSubmissions.ValidSubmission().Set("unit", "../../Büro x").Set("period", "CON:1").Body();
        using var answer = await _service.Client.PostAsync("/api/submissions", body);
        (await SaveAsync("1")).AssertExitCode(0);
        var said = (await _xilin.RunAsync("verify", "1.tlog-proof")).AssertExitCode(0).Output;
        Assert.Contains("已退回（数据未计入）", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_not_saved_when_the_ledger_says_something_else()
    {
        await SubmitAsync(2022_07);
        var sent = Directory.GetFiles(Path.Combine(_xilin.Outbox, "sent"), "*.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(sent, File.ReadAllText(sent).Replace("\\\"value\\\":", "\\\"value\\\":9", StringComparison.Ordinal));
        Assert.Contains("台账里的这一行不是所报的内容", (await SaveAsync()).AssertExitCode(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_xilin.In(July)));
    }

    [Fact, Trait("suite", "long")]
    public async Task Hold_after_the_key_was_replaced_and_say_that_it_was()
    {
        await SubmitAsync(2022_07);
        (await SaveAsync()).AssertExitCode(0);
        await StopAsync();
        new KeyRotation(_data.In("ledger-key.pem"), [new LedgerStore(new Database(_data.In("ledger.db")))]).Rotate(ofTimes: false);
        await StartAsync();
        await SubmitAsync(2022_06);
        (await _xilin.RunAsync("verify", "--server", Server)).AssertExitCode(0);
        Assert.Contains("已更换的密钥", (await _xilin.RunAsync("verify", July)).AssertExitCode(0).Output, StringComparison.Ordinal);
        var newest = $"{Village}-2022-07-1-at-2.tlog-proof";
        (await SaveAsync("1", "--newest")).AssertExitCode(0);
        Assert.DoesNotContain("已更换的密钥", (await _xilin.RunAsync("verify", newest)).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_another_service_are_told_by_its_name()
    {
        await SubmitAsync(2022_07);
        await SaveAsync();
        await using var other = await InProcessService.StartAsync(RepositoryFiles.Catalogue);
        await other.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());
        var file = _xilin.File("theirs.tlog-proof", await other.Client.GetStringAsync("/api/submissions/1/proof"));
        Assert.Contains("这是另一个台账", (await _xilin.RunAsync("verify", file)).AssertExitCode(1).Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<(string Fault, string Reason)> Damages { get; } =
    [
        ("empty", "不是回执的证明文件"),
        ("a workbook", "不是回执的证明文件"),
        ("too large", "不是回执的证明文件"),
        ("cut off", "不完整或被改动过"),
        ("line breaks of Windows", "不完整或被改动过"),
        ("a space more", "不完整或被改动过"),
        ("not UTF-8", "不完整或被改动过"),
        ("very many lines", "不完整或被改动过"),
        ("no row", "没有台账的那一行"),
        ("a row of another kind", "没有台账的那一行"),
        ("a figure", "对不上"),
        ("the index", "对不上"),
        ("a hash", "对不上"),
        ("the row of another proof", "对不上"),
        ("the size", "检查点的签名不对"),
        ("the time", "检查点的签名不对"),
        ("no signature of the log", "检查点不是用记下的公钥签名的"),
        ("no signature of the time", "检查点的时间不是用记下的公钥签名的"),
    ];

    [Fact]
    public async Task Are_refused_with_the_reason_when_they_are_damaged_or_altered()
    {
        await SubmitAsync(2022_07);
        await SubmitAsync(2022_06);
        (await SaveAsync("--newest")).AssertExitCode(0);
        var (whole, another) = (_xilin.In($"{Village}-2022-07-1-at-2.tlog-proof"), _xilin.In($"{Village}-2022-06-2-at-2.tlog-proof"));
        foreach (var (fault, _) in Damages)
        {
            _xilin.File(fault + ".tlog-proof", Damage(fault, whole, another));
        }

        var result = (await _xilin.RunAsync(["verify", .. Damages.Select(name => name.Fault + ".tlog-proof"), whole])).AssertExitCode(1);
        Assert.All(Damages, name => Assert.Contains(
            result.Output.Split('\n'),
            line => line.StartsWith($"✗ {name.Fault}.tlog-proof：", StringComparison.Ordinal)
                && line.Contains(name.Reason, StringComparison.Ordinal)));
        Assert.Contains($"核对证明文件 {Damages.Count + 1} 个，不符 {Damages.Count} 个", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task May_have_signature_lines_of_others()
    {
        await SubmitAsync(2022_07);
        await SaveAsync();
        File.AppendAllText(_xilin.In(July), "— witness.example/w1 AAAAAAA=\n");
        (await _xilin.RunAsync("verify", July)).AssertExitCode(0);
    }

    [Fact]
    public async Task Are_asked_for_in_the_right_words_or_the_usage_is_said()
    {
        Assert.Contains("找不到文件", (await RunOfflineAsync("verify", "nowhere.tlog-proof")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("没有符合", (await RunOfflineAsync("verify", "*.tlog-proof")).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains("请分开核对", (await RunOfflineAsync("verify", "a.tlog-proof", Guid.NewGuid().ToString("D"))).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("的回执", (await SaveAsync(Guid.NewGuid().ToString("D"))).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--server", (await _xilin.RunAsync("receipt", "save")).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains("tlog-proof", (await _xilin.RunAsync("receipt", "save", "--help", "--lang", "en")).AssertExitCode(0).Output,
            StringComparison.Ordinal);

        async Task<XilinResult> RunOfflineAsync(params string[] arguments)
        {
            var keys = _xilin.File("keys.txt", await _service.Client.GetStringAsync("/api/ledger/key"));
            return await _xilin.RunAsync([.. arguments, "--keys", keys]);
        }
    }

    private static byte[] Damage(string fault, string whole, string another)
    {
        var text = File.ReadAllText(whole);
        var proof = Parse(whole);
        var lines = proof.Checkpoint.Signatures.Select(signature => signature.Line + "\n").ToList();
        var (log, time) = lines[0].Split(' ')[1].EndsWith("/time", StringComparison.Ordinal) ? (lines[1], lines[0]) : (lines[0], lines[1]);
        byte[] row = proof.Extra.ToArray(), hash = [.. proof.Hashes[0]];
        row[^3] ^= 1;
        hash[0] ^= 1;
        return fault switch
        {
            "empty" => [],
            "a workbook" => [0x50, 0x4b, 3, 4, 0, 0],
            "too large" => new byte[TlogProof.MaxBytes + 1],
            "not UTF-8" => [.. Encoding.UTF8.GetBytes(text), 0xff, (byte)'\n'],
            "a row of another kind" => Bytes(With(proof, extra: [0, 0, 0, 1, (byte)'x'])),
            "a figure" => Bytes(With(proof, extra: row)),
            "the index" => Bytes(new TlogProof(proof.Extra, 1, proof.Hashes, proof.Checkpoint)),
            "a hash" => Bytes(new TlogProof(proof.Extra, proof.Index, [hash], proof.Checkpoint)),
            "the row of another proof" => Bytes(With(proof, extra: Parse(another).Extra)),
            "no row" => Bytes(With(proof, extra: [])),
            _ => Encoding.UTF8.GetBytes(fault switch
            {
                "cut off" => text[..(text.Length / 2)],
                "line breaks of Windows" => text.Replace("\n", "\r\n", StringComparison.Ordinal),
                "a space more" => text.Replace("index 0", "index 0 ", StringComparison.Ordinal),
                "very many lines" => "c2sp.org/tlog-proof@v1\nindex 0\n" + new string('\n', 2_000_000),
                "the size" => text.Replace("\n2\n", "\n3\n", StringComparison.Ordinal),
                "the time" => text.Replace(time, Altered(time), StringComparison.Ordinal),
                "no signature of the log" => text.Replace(log, "", StringComparison.Ordinal),
                "no signature of the time" => text.Replace(time, "", StringComparison.Ordinal),
                _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
            }),
        };
    }

    private static string Altered(string line)
    {
        var words = line.TrimEnd().Split(' ');
        var bytes = Convert.FromBase64String(words[2]);
        bytes[11] ^= 1;
        return $"{words[0]} {words[1]} {Convert.ToBase64String(bytes)}\n";
    }

    private static TlogProof With(TlogProof proof, ReadOnlySpan<byte> extra) => new(extra, proof.Index, proof.Hashes, proof.Checkpoint);

    private static byte[] Bytes(TlogProof proof) => Encoding.UTF8.GetBytes(proof.ToString());

    private static TlogProof Parse(string file)
    {
        Assert.True(TlogProof.TryParse(File.ReadAllBytes(file), out var proof));
        return proof;
    }

    private async Task StopAsync()
    {
        _isStopped = true;
        await _service.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private async Task StartAsync()
    {
        _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);
        _isStopped = false;
    }

    private async Task SubmitAsync(params int[] months) => (await _xilin.RunAsync("submit", _xilin.File("a.csv",
        "unit,period,indicator,value,unit_of_measure,correction_reason\n" + string.Concat(months.Select(
            month => $"{Village},2022-{month % 100:00},ENTERPRISE_VISITS,{month % 100},家,补报以前月份的数据\n"))),
        "--server", Server)).AssertExitCode(0);

    private Task<XilinResult> SaveAsync(params string[] arguments) =>
        _xilin.RunAsync(["receipt", "save", .. arguments, "--server", Server]);

    private string Server => _service.Client.BaseAddress!.ToString();
}
