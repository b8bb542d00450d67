using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>A row for each unit and a column for each indicator, with a title above and notes below.</summary>
public sealed class A_wide_table
{
    private const string Map =
        ",表头行,第3至4行,,,,,,\n,月份,A1,,,,,,\n,单位列,村（社区）,,,,,,\n,忽略列,序号,,,,,,\n"
        + ",数,走访企业/本月,ENTERPRISE_VISITS,本月,,家,,\n,数,走访企业/累计,走访企业,累计,,家,,\n"
        + ",数,清理腾退低效载体（万平方米）,INEFFICIENT_SPACE_CLEARED,本月,,万平方米,,\n,换算,万平方米,,,,平方米,10000,\n"
        + ",合计行,合计,,,,,,\n,忽略行,注：*,,,,,,\n";

    private static readonly object?[][] Head =
    [
        ["西林街道2022年7月工作情况表"], ["填报：统计站", null, null, null, "2022年8月3日"],
        ["序号", "村(社区)", "走访企业", null, "清理腾退低效载体\n(万平方米)"], [null, null, "本月", "累计", null],
    ];

    private const string Merged = "A1:E1 A3:A4 B3:B4 C3:D3 E3:E4";

    [Fact]
    public void Is_read_with_merged_headings_conversion_totals_and_notes()
    {
        var reading = Sheet(
            [1, "东岱村", 35, 200, 0.1234], [2, "马家村", 0, null, null], ["合计", null, 35, 200, 0.1234], ["注：按季度核实。"]).Read(Map);

        Assert.Equal(
            [
                "201 2022-07 ENTERPRISE_VISITS value 35", "201 2022-07 ENTERPRISE_VISITS yearToDate 200",
                "201 2022-07 INEFFICIENT_SPACE_CLEARED value 1234", "202 2022-07 ENTERPRISE_VISITS value 0",
            ], reading.Figures());
        Assert.Equal((CellUse.Key, CellUse.Ignored, CellUse.Heading, CellUse.Taken, CellUse.Compared, CellUse.Ignored),
            (reading.UseOf("A1"), reading.UseOf("E2"), reading.UseOf("C4"), reading.UseOf("E5"), reading.UseOf("C7"), reading.UseOf("A8")));
        Assert.Contains("0.1234万平方米×10000", reading.Fates.Single(fate => fate.Location.Cell == "E5").Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_what_an_empty_cell_and_a_marker_of_the_map_do_not_report_alone_while_0_is_0() => Assert.Equal(
        ["201 2022-07 ENTERPRISE_VISITS value 0"],
        Sheet([1, "东岱村", 0, null, "—"]).Read(Map + ",空白,—,,,,,,\n").Figures());

    [Fact]
    public void Has_a_finding_for_a_total_that_differs_from_its_rows() => Assert.Equal(
        ["七月 D7 C311"], Sheet([1, "东岱村", 35, 200], [2, "马家村", 5, 10], [null, "合计", 40, 211]).Read(Map).Faults());

    [Theory]
    [InlineData("东岱")]
    [InlineData("其他")]
    [InlineData("320404009999")]
    public void Has_a_finding_for_a_name_that_is_no_unit(string name) =>
        Assert.Equal(["七月 B5 C307"], Sheet([1, name, 35]).Read(Map).Faults());

    [Fact]
    public void Has_a_finding_for_a_name_that_two_units_have()
    {
        var finding = Assert.Single(Sheet([1, "东岱村", 35]).Read(Map, catalogue: TableBook.WithSecond("东岱村")).Content.Findings);
        Assert.Equal(("C307", "B5"), (finding.Finding.Rule, finding.Location.Cell));
        Assert.Contains("有 2 个", finding.Finding.MessageZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("东 岱　村")]
    [InlineData("320404004201")]
    [InlineData("Dongdai village")]
    public void Takes_a_name_with_spaces_in_full_width_or_capitals_and_a_code(string name) =>
        Assert.Equal(["201 2022-07 ENTERPRISE_VISITS value 35"], Sheet([1, name, 35]).Read(Map).Figures());

    [Fact]
    public void Takes_a_name_that_the_map_explains() => Assert.Equal(
        ["201 2022-07 ENTERPRISE_VISITS value 35"], Sheet([1, "东岱", 35]).Read(Map + ",名称,东岱,东岱村,,,,,\n").Figures());

    [Theory]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("１２", "12")]
    public void Reads_figures_that_have_one_reading(string text, string value) =>
        Assert.Equal([$"201 2022-07 ENTERPRISE_VISITS value {value}"], Sheet([1, "东岱村", text]).Read(Map).Figures());

    [Theory]
    [InlineData("1,234")]
    [InlineData("(5)")]
    [InlineData("95%")]
    [InlineData("35家")]
    [InlineData("—")]
    public void Has_a_finding_for_a_figure_that_has_several_readings_or_none(string text)
    {
        var reading = Sheet([1, "东岱村", text]).Read(Map);
        Assert.Equal(["七月 C5 C201"], reading.Faults());
        Assert.Equal(CellUse.Faulty, reading.UseOf("C5"));
    }

    [Fact]
    public void Reads_the_result_of_a_formula_and_has_a_finding_for_one_that_failed_or_has_none() => Assert.Equal(
        ["七月 C5 C202", "七月 D5 C202"],
        Sheet([1, "东岱村", TableBook.Error("#DIV/0!"), TableBook.Formula(null), TableBook.Formula("0.5")]).Read(Map).Faults());

    [Fact]
    public void Has_a_finding_for_each_heading_and_cell_that_the_map_does_not_explain() => Assert.Equal(
        ["七月 F3 C304", "七月 G5 C213"],
        new TableBook().Sheet("七月", [Head[0], Head[1], [.. Head[2], "增幅"], Head[3], [1, "东岱村", 35, null, null, 3, 7]], Merged)
            .Read(Map).Faults());

    [Fact]
    public void Has_a_finding_for_a_line_of_the_map_whose_heading_is_missing() => Assert.Equal(
        ["12 C303"], Sheet([1, "东岱村", 35]).Read(Map + ",数,诊断评估,DIGITAL_DIAGNOSES,本月,,家,,\n").Faults());

    [Fact]
    public void Has_a_finding_for_merged_figures_and_for_a_unit_twice() => Assert.Equal(
        ["七月 C5 C214", "七月 C6 C312"],
        new TableBook().Sheet("七月", [.. Head, [1, "东岱村", 35, null], [2, "东岱村", 36]], Merged + " C5:D5").Read(Map).Faults());

    [Fact]
    public void Takes_hidden_rows_and_columns_with_a_notice_and_passes_over_hidden_sheets()
    {
        var reading = new TableBook()
            .Sheet("七月", [.. Head, [1, "东岱村", 35, 200], [2, "马家村", 5, 10]], Merged, "<cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols>",
                hiddenRow: 6)
            .Sheet("旧", [["东岱村", 1]], state: "hidden").Read(Map);
        Assert.Equal(4, reading.Figures().Count);
        Assert.Equal(["七月 D", "七月 6", "旧 "],
            reading.Content.Notices.Select(notice => $"{notice.Location.Sheet} {notice.Location.Column}{notice.Location.Row}"));
    }

    [Fact]
    public void Takes_the_parts_of_a_rate_without_a_unit_of_measure_and_a_stage_by_its_name() => Assert.Equal(
        [
            "201 2022-07 SENIOR_VACCINATION_RATE numerator 95", "201 2022-07 SENIOR_VACCINATION_RATE denominator 100",
            "201 2022-07 AREA_PLANNING value 2", "201 2022-07 AREA_PLANNING date \"2022-07-15\"",
        ],
        new TableBook().Sheet("表", [["村", "接种", "应接种", "阶段", "日期"], ["东岱村", 95, 100, "方案评审", "2022年7月15日"]]).Read(
            ",表头行,第1行,,,,,,\n,单位列,村,,,,,,\n,数,接种,SENIOR_VACCINATION_RATE,分子,,,,\n,数,应接种,SENIOR_VACCINATION_RATE,分母,,,,\n"
                + ",数,阶段,AREA_PLANNING,本月,,阶段,,\n,数,日期,AREA_PLANNING,日期,,,,\n", "2022-07").Figures());

    [Fact]
    public void Is_refused_where_the_month_of_the_command_is_another() =>
        Assert.Equal(["七月 A1 C309"], Sheet([1, "东岱村", 35]).Read(Map, "2022-06").Faults());

    [Theory]
    [InlineData("亩", 15, "8 C310")]
    [InlineData("万平方米", 0.0001, "七月 E5 C310")]
    public void Has_a_finding_for_a_measure_without_conversion_and_for_a_figure_with_too_many_decimals(
        string measure, decimal factor, string fault)
    {
        var map = Map.Replace("本月,,万平方米,,", "本月,,毫亩,,", StringComparison.Ordinal).Replace(
            ",换算,万平方米,,,,平方米,10000,", FormattableString.Invariant($",换算,{(measure == "亩" ? measure : "毫亩")},,,,平方米,{factor},"),
            StringComparison.Ordinal);
        Assert.Equal([fault], Sheet([1, "东岱村", null, null, 0.1234]).Read(map).Faults());
    }

    private static TableBook Sheet(params object?[][] rows) => new TableBook().Sheet("七月", [.. Head, .. rows], Merged);
}
