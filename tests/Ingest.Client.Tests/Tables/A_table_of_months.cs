using System.Text;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>A column for each month, a row for each indicator, several sheets: of which month, indicator and unit a figure is.</summary>
public sealed class A_table_of_months
{
    private const string Months =
        ",表头行,第2行,,,,,,\n,单位列,单位名称,,,,,,\n,数,1月,ENTERPRISE_VISITS,本月,1月,家,,\n,数,2月,ENTERPRISE_VISITS,本月,2月,家,,\n";

    private static readonly object?[][] Rows = [["西林街道2022年走访企业情况"], ["单位名称", "1月", "2月"], ["东岱村", 3, 4], ["马家村", 5, null]];

    private static readonly string[] Figures =
    [
        "201 2022-01 ENTERPRISE_VISITS value 3", "201 2022-02 ENTERPRISE_VISITS value 4", "202 2022-01 ENTERPRISE_VISITS value 5",
    ];

    [Theory]
    [InlineData(",年份,A1,,,,,,\n", null)]
    [InlineData(",年份,2022,,,,,,\n", null)]
    [InlineData("", "2022")]
    public void Has_its_year_in_a_title_in_the_map_or_on_the_command_line(string year, string? period) =>
        Assert.Equal(Figures, new TableBook().Sheet("走访", Rows).Read(Months + year, period).Figures());

    [Fact]
    public void Without_a_year_has_a_finding_for_each_line_of_a_month() =>
        Assert.Equal(["4 C309", "5 C309"], new TableBook().Sheet("走访", Rows).Read(Months).Faults());

    [Fact]
    public void Has_a_finding_for_another_year_on_the_command_line() =>
        Assert.Equal(["走访 A1 C309"], new TableBook().Sheet("走访", Rows).Read(Months + ",年份,A1,,,,,,\n", "2021").Faults());

    [Fact]
    public void Of_one_unit_and_a_row_for_each_indicator_is_read_with_the_units_of_measure_of_its_column() => Assert.Equal(
        [
            "201 2022-07 ENTERPRISE_VISITS value 35", "201 2021-07 ENTERPRISE_VISITS value 30",
            "201 2022-07 INEFFICIENT_SPACE_CLEARED value 12000",
        ],
        new TableBook().Sheet("东岱村", [["报告期：2022年1—7月"], ["指标名称", "计量单位", "本月", "上年同月"], ["走访企业", "家", 35, 30],
            ["清理腾退低效载体", "万平方米", 1.2]])
            .Read(",表头行,2,,,,,,\n,单位,表名,,,,,,\n,月份,A1,,,,,,\n,指标列,指标名称,,,,,,\n,计量单位列,计量单位,,,,,,\n"
                + ",数,本月,,本月,,,,\n,数,上年同月,,本月,上年,,,\n,换算,万平方米,,,,平方米,10000,\n").Figures().OrderBy(figure =>
                    figure.Contains("INEFFICIENT", StringComparison.Ordinal)));

    [Theory]
    [InlineData("2022-07")]
    [InlineData("2022年7月")]
    [InlineData(44743)]
    public void Has_its_month_in_a_column_as_a_text_or_as_a_date(object month)
    {
        var book = new TableBook();
        object cell = month is int serial ? TableBook.Raw($"{serial}", book.Format("yyyy\"年\"m\"月\"")) : month;
        Assert.Equal(["201 2022-07 ENTERPRISE_VISITS value 35"], book.Sheet("表", [["月份", "单位", "走访"], [cell, "东岱村", 35]]).Read(
            ",表头行,第1行,,,,,,\n,月份列,月份,,,,,,\n,单位列,单位,,,,,,\n,数,走访,ENTERPRISE_VISITS,本月,,家,,\n").Figures());
    }

    [Fact]
    public void Has_a_finding_for_a_date_that_is_no_month_and_for_a_date_in_place_of_a_figure()
    {
        var book = new TableBook();
        var day = book.Format("yyyy-mm-dd");
        Assert.Equal(["表 A2 C204", "表 C3 C201"], book.Sheet("表",
            [["月份", "单位", "走访"], [TableBook.Raw("44758", day), "东岱村", 35], ["2022-07", "东岱村", TableBook.Raw("44743", day)]]).Read(
            ",表头行,第1行,,,,,,\n,月份列,月份,,,,,,\n,单位列,单位,,,,,,\n,数,走访,ENTERPRISE_VISITS,本月,,家,,\n").Faults());
    }

    [Fact]
    public void In_a_sheet_for_each_month_gives_a_unit_s_month_one_submission()
    {
        object?[][] first = [["村", "走访"], ["东岱村", 3]];
        object?[][] second = [["村", "诊断"], ["东岱村", 4]];
        const string map = ",表头行,第1行,,,,,,\n,月份,表名,,,,,,\n,单位列,村,,,,,,\n,年份,2022,,,,,,\n"
            + "6月*,数,走访,ENTERPRISE_VISITS,本月,,家,,\n7月,数,走访,ENTERPRISE_VISITS,本月,,家,,\n*诊断,数,诊断,DIGITAL_DIAGNOSES,本月,,家,,\n"
            + "*诊断,月份,2022年6月,,,,,,\n,忽略表,说明,,,,,,\n";
        var reading = new TableBook().Sheet("6月", first).Sheet("7月", first).Sheet("诊断", second).Sheet("说明", [["随便写"]]).Read(map);
        Assert.Equal(
            ["201 2022-06 ENTERPRISE_VISITS value 3", "201 2022-06 DIGITAL_DIAGNOSES value 4", "201 2022-07 ENTERPRISE_VISITS value 3"],
            reading.Figures());
        Assert.Equal(2, reading.Content.Drafts.Count);
    }

    [Fact]
    public void Has_a_finding_for_a_sheet_that_the_map_does_not_name_and_for_the_same_figure_in_two_sheets()
    {
        object?[][] rows = [["村", "走访"], ["东岱村", 3]];
        var map = ",月份,2022-07,,,,,,\n*月,表头行,第1行,,,,,,\n*月,单位列,村,,,,,,\n*月,数,走访,ENTERPRISE_VISITS,本月,,家,,\n";
        Assert.Equal(["备份  C313", "7月 B2 C312"], new TableBook().Sheet("六7月", rows).Sheet("备份", rows).Sheet("7月", rows).Read(map).Faults());
    }

    [Fact]
    public void Takes_a_unit_that_is_merged_over_several_rows() => Assert.Equal(
        ["201 2022-07 ENTERPRISE_VISITS value 3", "201 2022-07 DIGITAL_DIAGNOSES value 4"],
        new TableBook().Sheet("表", [["村", "指标", "本月"], ["东岱村", "走访企业", 3], [null, "智改数转诊断评估", 4]], "A2:A3").Read(
            ",表头行,第1行,,,,,,\n,单位列,村,,,,,,\n,指标列,指标,,,,,,\n,数,本月,,本月,,家,,\n", "2022-07").Figures());

    [Fact]
    public void Saved_as_csv_in_the_encoding_of_Chinese_Excel_is_read_alike()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding("GB18030").GetBytes("2022年走访,,\n单位名称,1月,2月\n东岱村,3,4\n马家村,5,\n");
        Assert.Equal(Figures, TableBook.Read(bytes, "表.csv", Months + ",年份,A1,,,,,,\n").Figures());
    }
}
