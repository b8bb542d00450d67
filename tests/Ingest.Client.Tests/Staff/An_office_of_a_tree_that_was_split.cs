using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Admin;

namespace XilinIngest.Client.Tests.Staff;

/// <summary><c>xilin verify</c> and <c>xilin submit</c> against a service whose ledger was split between two reports.</summary>
public sealed class An_office_of_a_tree_that_was_split : IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly TestFolder _data = new();
    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();

    public void Dispose()
    {
        _data.Dispose();
        _catalogue.Dispose();
        _xilin.Dispose();
    }

    [Fact]
    public async Task Verifies_its_later_receipts_and_is_told_where_the_earlier_ones_are_proved()
    {
        await using (var whole = await InProcessService.StartAsync(_catalogue.Path, _data))
        {
            await SubmitAsync(whole, 1, 3);
            await SubmitAsync(whole, 4, 6);
            (await VerifyAsync(whole)).AssertExitCode(0);
        }

        using (var cube = new SqliteConnection($"Data Source={_data.In("cube.db")};Pooling=False"))
        {
            cube.Execute(
                "INSERT INTO report_text VALUES (202203, '320404004000', 'ranks', 'zh', 1, 'as edited', '', '', 'a', "
                + "'2022-08-05T00:00:00.0000000+00:00')");
        }

        SqliteConnection.ClearAllPools();
        File.WriteAllLines(_catalogue.In("partitions.csv"), ["path,connection", "32.04.04,", "32.04.04.004,"]);
        Assert.Equal(0, await PartitionCommand.Create()
            .Parse(["--data", _data.Path, "--catalogue", _catalogue.Path]).InvokeAsync());

        await using var split = await InProcessService.StartAsync(_catalogue.Path, _data);
        var texts = await split.GetAsync("/api/report/texts?unit=320404004000&period=2022-03");
        Assert.Contains("as edited", texts.ToJsonString(), StringComparison.Ordinal);
        var onlyFormer = (await VerifyAsync(split)).AssertExitCode(5).Output;
        Assert.Contains("! 回执 6 张属于原来全部单位的台账，该台账后来已重新划分", onlyFormer, StringComparison.Ordinal);
        Assert.Contains("只核对了签名，有效 6 张", onlyFormer, StringComparison.Ordinal);

        var sent = await SubmitAsync(split, 6, 7, 100);
        Assert.DoesNotContain("问不到", sent.Errors, StringComparison.Ordinal);
        var both = (await VerifyAsync(split)).AssertExitCode(5).Output;
        Assert.Contains("! 回执 6 张属于原来", both, StringComparison.Ordinal);
        Assert.Contains("分区 32.04.04.004 的台账 8 行，签名有效；回执 2 张，不符 0 张", both, StringComparison.Ordinal);

        // One that the key did not sign is a fault, whatever the service says of its ledger.
        var file = Directory.GetFiles(Path.Combine(_xilin.Outbox, "sent"), "*.json", SearchOption.AllDirectories)
            .First(path => !File.ReadAllText(path).Contains("32.04.04.004", StringComparison.Ordinal));
        File.WriteAllText(file, Regex.Replace(File.ReadAllText(file), "\"treeSize\": [0-9]+", "\"treeSize\": 999"));
        Assert.Contains("只核对了签名，有效 5 张", (await VerifyAsync(split)).AssertExitCode(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifies_all_ledgers_without_an_outbox()
    {
        File.WriteAllLines(_catalogue.In("partitions.csv"), ["path,connection", "32.04.04,", "32.04.04.004,"]);
        await using var split = await InProcessService.StartAsync(_catalogue.Path, _data);
        Assert.Contains("分区 32.04.04.004 的台账还没有行。", (await VerifyAsync(split)).AssertExitCode(0).Output, StringComparison.Ordinal);
        await SubmitAsync(split, 1, 1);
        Directory.Delete(_xilin.Outbox, recursive: true);
        Assert.Contains("分区 32.04.04.004 的台账 1 行，签名有效", (await VerifyAsync(split)).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saves_receipts_of_its_partition_as_proofs_and_verifies_them_without_the_service()
    {
        File.WriteAllLines(_catalogue.In("partitions.csv"), ["path,connection", "32.04.04,", "32.04.04.004,"]);
        await using (var split = await InProcessService.StartAsync(_catalogue.Path, _data))
        {
            await SubmitAsync(split, 1, 1);
            var server = split.Client.BaseAddress!.ToString();
            (await _xilin.RunAsync("receipt", "save", "--server", server)).AssertExitCode(0);
            Assert.Contains("请用参数 partition 指明",
                (await _xilin.RunAsync("receipt", "save", "1", "--server", server)).AssertExitCode(1).Errors, StringComparison.Ordinal);
            var named = await _xilin.RunAsync("receipt", "save", "1", "--partition", "32.04.04.004", "--server", server);
            Assert.Contains("已有", named.AssertExitCode(0).Output, StringComparison.Ordinal);
        }

        var said = (await _xilin.RunAsync("verify", "320404004201-2022-01-32.04.04.004-1.tlog-proof")).AssertExitCode(0).Output;
        Assert.Matches("台账 [^ ]+/32[.]04[.]04[.]004 第 1 号", said);
    }

    private async Task<XilinResult> SubmitAsync(InProcessService service, int from, int to, int more = 0) => (await _xilin.RunAsync(
        "submit", _xilin.File("a.csv",
            "unit,period,indicator,value,unit_of_measure,correction_reason\n"
                + string.Concat(Enumerable.Range(from, to - from + 1).Select(month =>
                    $"320404004201,2022-0{month},ENTERPRISE_VISITS,{month + more},家,补报以前月份的数据\n"))),
        "--server", service.Client.BaseAddress!.ToString())).AssertExitCode(0);

    private Task<XilinResult> VerifyAsync(InProcessService service) =>
        _xilin.RunAsync("verify", "--server", service.Client.BaseAddress!.ToString());
}
