using System.Text.Json.Nodes;
using XilinIngest.Client.Sending;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>From a table to the ledger and back into a table, with the real service, which stands in August 2022.</summary>
public sealed class An_office_with_tables_of_its_own : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly InProcessService _service = new();

    private static readonly object?[][] Rows =
        [["2022年7月走访情况"], ["村", "走访企业（家）"], ["东岱村", 35], ["马家村", 0], ["张家村"], ["合计", 35]];

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Suggests_a_map_looks_at_each_cell_imports_once_and_fills_a_table_of_the_district()
    {
        var table = _xilin.File("七月.xlsx", new TableBook().Sheet("七月", Rows, "A1:B1").Bytes());
        var map = _xilin.In("对照表.csv");
        var suggested = (await RunAsync("import", table, "--suggest", "--out", map)).AssertExitCode(0);
        Assert.Contains("其中 1 行要补", suggested.Output, StringComparison.Ordinal);
        Assert.Contains("已存在", (await RunAsync("import", table, "--suggest", "--out", map)).AssertExitCode(2).Errors,
            StringComparison.Ordinal);

        var open = (await RunAsync("import", table, "--map", map)).AssertExitCode(1);
        Assert.Contains("没有写“数据项”", open.Output, StringComparison.Ordinal);
        File.WriteAllText(map, File.ReadAllText(map).Replace("ENTERPRISE_VISITS,,", "ENTERPRISE_VISITS,本月,", StringComparison.Ordinal));

        var cells = _xilin.In("逐格.csv");
        Assert.Contains("就是要读的文件", (await RunAsync("import", table, "--map", map, "--dry-run", "--out", map, "--force"))
            .AssertExitCode(2).Errors, StringComparison.Ordinal);
        var dry = (await RunAsync("import", table, "--map", map, "--dry-run", "--out", cells)).AssertExitCode(0);
        Assert.Contains("东岱村 2022-07 走访企业 本月 = 35 家", dry.Output, StringComparison.Ordinal);
        Assert.Contains("七月,B6,35,已核对,", await File.ReadAllTextAsync(cells), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());

        var sent = (await RunAsync("import", table, "--map", map)).AssertExitCode(0);
        Assert.Contains("✓ 已接收 320404004201 2022-07 修订 1", sent.Output, StringComparison.Ordinal);
        (await RunAsync("import", table, "--map", map)).AssertExitCode(0);
        using (var other = new XilinProcess())
        {
            (await other.RunAsync("import", table, "--map", map, "--server", Server)).AssertExitCode(0);
        }

        var rows = await RowsAsync();
        Assert.Equal(2, rows.Count);
        await _service.WaitUntilAppliedAsync(rows.Max(row => (long)row!["sequence"]!));

        var template = _xilin.File("上报.xlsx", WorkbookTableWriter.Write(
            new ExportTable("上报", ["村", "走访企业（家）"], [["东岱村", null], ["马家村", null], ["张家村", null]])
            {
                Head = new("2022年7月", []),
            }));
        var filled = _xilin.In("填好.xlsx");
        var exported = (await RunAsync("export", template, "--map", map, "--out", filled)).AssertExitCode(0);
        Assert.Contains("填了 2 格，空着 1 格", exported.Output, StringComparison.Ordinal);
        Assert.Contains("“B5”：没有数，空着（320404004203 2022-07 ENTERPRISE_VISITS 本月）", exported.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["201 2022-07 ENTERPRISE_VISITS value 35", "202 2022-07 ENTERPRISE_VISITS value 0"],
            TableBook.Read(await File.ReadAllBytesAsync(filled), "填好.xlsx", string.Concat(
                File.ReadAllLines(map).Skip(1).Where(line => !line.Contains("合计", StringComparison.Ordinal)).Select(line => line + "\n")))
                .Figures());
    }

    [Fact]
    public async Task Sends_nothing_where_one_cell_is_not_understood_or_the_file_is_no_table()
    {
        var map = _xilin.File("对照表.csv",
            TableBook.Head + ",表头行,第2行,,,,,,\n,月份,A1,,,,,,\n,单位列,村,,,,,,\n,数,走访企业（家）,ENTERPRISE_VISITS,本月,,家,,\n");
        var table = _xilin.File("七月.xlsx", new TableBook().Sheet("七月", Rows, "A1:B1").Bytes());
        var told = (await RunAsync("import", table, "--map", map)).AssertExitCode(1);
        Assert.Contains("工作表“七月” 第 6 行 “A6”：[C307 错误] 名录中没有单位“合计”", told.Output, StringComparison.Ordinal);
        Assert.Contains("什么也没有报送", told.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", (await RunAsync("import", table, "--map", map, "--lang", "en")).AssertExitCode(1).Errors,
            StringComparison.Ordinal);
        var old = _xilin.File("旧.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        Assert.Contains("旧格式的 Excel 文件", (await RunAsync("import", old, "--map", map)).AssertExitCode(1).Output, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
        Assert.Equal(0, _xilin.PendingCount);
    }

    [Fact]
    public async Task Gets_the_figures_that_an_enterprise_reported_and_the_totals_of_its_street_for_a_table()
    {
        await _service.SubmitAndApplyAsync(XilinSubmissions.Output("91320404MA0000001L", 12345.6m));
        var cells = new TableBook().Sheet("表", [["单位", "本月", "累计", "上年同期"], ["西林样例企业001"], ["西林街道"], ["东岱村"]]).Cells(
            ",表头行,第1行,,,,,,\n,单位列,单位,,,,,,\n,数,本月,INDUSTRIAL_OUTPUT,本月,,亿元,,\n,数,累计,INDUSTRIAL_OUTPUT,累计,,万元,,\n"
                + ",数,上年同期,INDUSTRIAL_OUTPUT,上年同期,,万元,,\n,换算,亿元,,,,万元,10000,\n", "2022-07");
        var (figures, found) = (new PublishedFigures(_service.Client), new List<object?>());
        foreach (var cell in cells)
        {
            found.Add(await figures.FindAsync(cell, CancellationToken.None));
        }

        // The growth of this indicator is computed from what was recorded last year, which is nothing.
        Assert.Equal([1.23456m, null, 12345.6m, 1.23456m, 12345.6m, null, null, null, null], found);
        Assert.Equal(2, figures.Provisional);
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    private Task<XilinResult> RunAsync(params string[] arguments) => _xilin.RunAsync([.. arguments, "--server", Server]);

    private async Task<JsonArray> RowsAsync() => (await _service.GetAsync("/api/submissions?limit=500")).AsArray();
}
