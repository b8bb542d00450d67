using XilinIngest.Client.Tests.Forms;
using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>A table and a map, or two lines of a map, that say different things: nothing is taken that may be wrong.</summary>
public sealed class A_table_that_its_map_contradicts
{
    private const string Rows = ",表头行,第2行,,,,,,\n,单位列,单位,,,,,,\n";
    private const string Map = Rows + ",月份,2022-07,,,,,,\n";

    [Theory]
    [InlineData("", "收入（亿元）", "万元", "收入 B2 C310")]
    [InlineData("单位：亿元", "收入", "万元", "收入 A1 C310")]
    [InlineData("（计量单位：亿元、家）", "收入", "万元", "收入 A1 C310")]
    [InlineData("亿元", "收入", "万元", "收入 A1 C310")]
    [InlineData("单位：亿元", "收入（万元）", "万元", null)]
    [InlineData("单位：万元、亿元", "收入", "万元", null)]
    [InlineData("填报单位：西林街道", "收入(含税)", "万元", null)]
    public void Has_a_finding_where_the_table_states_another_scale(string title, string heading, string measure, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], Book([title], ["单位", heading], ["西林街道", 1.25])
            .Read(Map + $",数,{heading},PUBLIC_BUDGET_REVENUE,本月,,{measure},,\n").Faults());

    [Fact]
    public void Has_a_finding_where_the_row_states_another_unit_of_measure() => Assert.Equal(
        ["收入 B3 C310"], Book([""], ["单位", "计量单位", "收入"], ["西林街道", "亿元", 1.25])
            .Read(Map + ",计量单位列,计量单位,,,,,,\n,数,收入,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n").Faults());

    [Fact]
    public void Has_a_finding_where_the_row_is_of_another_month_than_the_command_line() => Assert.Equal(
        ["收入 B3 C309"], Book([""], ["单位", "月份", "收入"], ["西林街道", "8月", 1.25])
            .Read(Rows + ",月份列,月份,,,,,,\n,数,收入,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n", period: "2022-07").Faults());

    [Theory]
    [InlineData("万人", "人", "", "表 B2 C310")]
    [InlineData("万人", "人", ",换算,万人,,,,人,10000,\n", null)]
    [InlineData("人", "人", "", null)]
    public void Has_a_finding_where_the_parts_of_a_rate_differ_in_scale(string above, string below, string more, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], new TableBook().Sheet("表", [["村", "接种", "应接种"], ["东岱村", 1, 20000]]).Read(
            ",表头行,第1行,,,,,,\n,单位列,村,,,,,,\n,月份,2022-07,,,,,,\n" + more
            + $",数,接种,SENIOR_VACCINATION_RATE,分子,,{above},,\n,数,应接种,SENIOR_VACCINATION_RATE,分母,,{below},,\n").Faults());

    [Theory]
    [InlineData("1—8月累计", "", "收入 B2 C309")]
    [InlineData("7月", "8月", "收入 B2 C309")]
    [InlineData("1—7月累计（8月3日填）", "", null)]
    [InlineData("上年7月", "上年", null)]
    public void Has_a_finding_where_the_heading_is_of_another_month(string heading, string period, string? fault) => Assert.Equal(
        fault is null ? [] : [fault], Book([""], ["单位", heading], ["西林街道", 1.25])
            .Read(Map + $",年份,2022,,,,,,\n,数,{heading},PUBLIC_BUDGET_REVENUE,本月,{period},万元,,\n").Faults());

    [Theory]
    [InlineData(",数,B列,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n,数,column B,PUBLIC_BUDGET_REVENUE,累计,,万元,,\n", "6 C306")]
    [InlineData(",数,收入,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n,忽略列,收 入,,,,,,\n", "6 C306")]
    [InlineData("收*,数,收入,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n*入,数,收入,PUBLIC_BUDGET_REVENUE,累计,,万元,,\n", "6 C306")]
    [InlineData("收*,年份,2022,,,,,,\n*入,年份,2021,,,,,,\n,数,收入,PUBLIC_BUDGET_REVENUE,本月,,万元,,\n", "6 C306")]
    public void Has_a_finding_where_two_lines_differ_for_the_same_thing(string lines, string fault) => Assert.Equal(
        [fault], Book([""], ["单位", "收入"], ["西林街道", 1.25]).Read(Map + lines).Faults());

    [Fact]
    public void Takes_a_name_that_two_sheets_use_for_two_units_as_each_sheet_means_it()
    {
        var book = new TableBook()
            .Sheet("七月", [["走访"], ["单位", "走访"], ["甲村", 1]]).Sheet("八月", [["走访"], ["单位", "走访"], ["甲村", 2]]);

        Assert.Equal(["201 2022-07 ENTERPRISE_VISITS value 1", "202 2022-08 ENTERPRISE_VISITS value 2"], book.Read(
            Rows + ",年份,2022,,,,,,\n,月份,表名,,,,,,\n,数,走访,ENTERPRISE_VISITS,本月,,家,,\n"
            + "七月,名称,甲村,东岱村,,,,,\n八月,名称,甲村,马家村,,,,,\n"
            + "七月,月份,2022-07,,,,,,\n八月,月份,2022-08,,,,,,\n").Figures());
    }

    [Fact]
    public void Is_not_read_where_a_cell_is_in_its_row_twice()
    {
        Func<string, string> twice = _ => "<c r=\"B3\"><v>1</v></c><c r=\"B3\"><v>2</v></c>";
        var file = TableFile.Read(
            Book([""], ["单位", "走访"], ["东岱村", twice]).Bytes(), new SourceLocation("表.xlsx"), TableBook.SavedAt);

        Assert.NotEmpty(file.Findings);
    }

    [Fact]
    public void Is_not_read_where_its_rows_are_not_in_their_order()
    {
        var book = new RawWorkbook();
        book.Sheet("表", "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c></row>", "", "", "visible");

        Assert.NotEmpty(TableFile.Read(book.Bytes(), new SourceLocation("表.xlsx"), TableBook.SavedAt).Findings);
    }

    [Theory]
    [InlineData("F1:G1048576", 3000)]
    [InlineData("F1:ZZZZZZ1", 1)]
    public void Is_not_read_where_a_small_file_merges_more_than_a_sheet_has(string range, int count)
    {
        var rows = new object?[100_000][];
        Array.Fill(rows, []);
        rows[^1] = ["东岱村"];
        var book = new TableBook().Sheet("表", rows, string.Join(' ', Enumerable.Repeat(range, count)));

        Assert.NotEmpty(TableFile.Read(book.Bytes(), new SourceLocation("表.xlsx"), TableBook.SavedAt).Findings);
    }

    private static TableBook Book(params object?[][] rows) => new TableBook().Sheet("收入", rows);
}
