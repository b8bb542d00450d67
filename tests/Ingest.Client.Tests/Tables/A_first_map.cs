using System.Text;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>The map that is written from the headings of a table, for a clerk to look at and fill in.</summary>
public sealed class A_first_map
{
    private static readonly object?[][] Rows =
    [
        ["西林街道2022年7月报表"], ["单位：亿元"],
        ["序号", "单位名称", "一般公共预算收入", null, null, "走访企业", "平安建设"], [null, null, "本月", "1-7月累计", "同比增长(%)", "本月(家)", null],
        [1, "西林街道", 1.5, 9.7, 5.1, 35, "优"], [2, "东岱", null, null, null, 20, null], ["合计", null, 1.5, 9.7, null, 55], ["注：快报数。"],
    ];

    [Fact]
    public void Leaves_the_unit_of_measure_of_the_title_to_the_indicators_that_may_be_in_it() => Assert.Equal(
        ["万元", ""],
        new TableBook().Sheet("表", [["单位：万元"], ["企业", "固定资产投资", "走访企业"], ["西林样例企业001", 1, 2]]).Suggest().Table.Rows
            .Where(row => (string?)row[1] == "数").Select(row => row[6]));

    private const string Merged = "A1:G1 A3:A4 B3:B4 C3:E3 G3:G4";

    [Fact]
    public void Has_what_is_known_filled_in_and_the_rest_left_open()
    {
        var map = new TableBook().Sheet("七月", Rows, Merged).Suggest();
        var lines = map.Table.Rows.Select(row => string.Join(',', row.Skip(1).Take(6))).ToList();
        Assert.Equal(
            [
                "表头行,第3至4行,,,,", "月份,A1,,,,", "忽略列,序号,,,,", "单位列,单位名称,,,,",
                "数,一般公共预算收入/本月,PUBLIC_BUDGET_REVENUE,本月,,亿元", "数,一般公共预算收入/1-7月累计,PUBLIC_BUDGET_REVENUE,1-本月累计,,亿元",
                "忽略列,一般公共预算收入/同比增长(%),,,,", "数,走访企业/本月(家),ENTERPRISE_VISITS,本月,,家", ",平安建设,,,,",
                "名称,东岱,,,,", "合计行,合计,,,,", "忽略行,注*,,,,", "换算,亿元,,,,万元",
            ], lines);
        Assert.Equal(2, map.Unfinished);
    }

    [Fact]
    public void Once_it_is_filled_in_reads_the_table()
    {
        var book = new TableBook().Sheet("七月", Rows, Merged);
        var csv = Encoding.UTF8.GetString(CsvTableWriter.Write(book.Suggest().Table)).TrimStart('\uFEFF');
        var filled = csv[(csv.IndexOf('\n', StringComparison.Ordinal) + 1)..]
            .Replace(",,平安建设,", ",忽略列,平安建设,", StringComparison.Ordinal)
            .Replace(",名称,东岱,,", ",名称,东岱,东岱村,", StringComparison.Ordinal);
        Assert.Equal(
            [
                "000 2022-07 PUBLIC_BUDGET_REVENUE value 15000", "000 2022-07 PUBLIC_BUDGET_REVENUE yearToDate 97000",
                "000 2022-07 ENTERPRISE_VISITS value 35", "201 2022-07 ENTERPRISE_VISITS value 20",
            ], book.Read(filled).Figures());
    }

    [Fact]
    public void Of_sheets_that_are_alike_has_each_line_once() => Assert.All(
        new TableBook().Sheet("6月", [["单位", "走访企业(家)"], ["东岱村", 3]]).Sheet("7月", [["单位", "走访企业(家)"], ["东岱村", 4]]).Suggest().Table.Rows,
        row => Assert.Equal("", row[0]));

    [Fact]
    public void Of_months_names_the_year_and_the_month_of_each_column() => Assert.Equal(
        [
            "表头行,第2行,,,,", "指标,A1,,,,", "年份,表名,,,,", "单位列,单位,,,,", "数,1月,,本月,1月,", "数,2月,,本月,2月,",
        ],
        new TableBook().Sheet("2022年", [["走访企业"], ["单位", "1月", "2月"], ["东岱村", 3, 4]]).Suggest().Table.Rows
            .Select(row => string.Join(',', row.Skip(1).Take(6))));
}
