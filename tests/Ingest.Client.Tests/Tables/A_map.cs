using System.Text;
using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>The small CSV that says which cell of a table is which figure.</summary>
public sealed class A_map
{
    [Theory]
    [InlineData(",,走访,,,,,,", "C302")]
    [InlineData(",数,走访,ENTERPRISE_VISITS,,,家,,", "C302")]
    [InlineData(",名称,东岱,,,,,,", "C302")]
    [InlineData(",换算,亿元,,,,,,", "C302")]
    [InlineData(",换算,亿元,,,,万元,1000,", "C310")]
    [InlineData(",数字,走访,,,,,,", "C301")]
    [InlineData(",数,走访,ENTERPRISE_VISITS,上月,,家,,", "C301")]
    [InlineData(",表头行,前三行,,,,,,", "C301")]
    [InlineData(",忽略列,序号,,,,,,\n,忽略列,序 号,,,,,,", "C306")]
    public void Has_a_finding_for_a_line_that_is_not_filled_in_or_makes_no_sense(string lines, string rule) =>
        Assert.Equal([rule], TableBook.FaultsOfMap(lines + "\n").Select(finding => finding.Finding.Rule));

    [Fact]
    public void Is_written_as_the_manual_shows_and_the_manual_has_all_its_words()
    {
        var manual = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "clients", "tables.md"));
        var example = manual[manual.IndexOf(TableBook.Head, StringComparison.Ordinal)..];
        Assert.Empty(TableBook.FaultsOfMap(example[TableBook.Head.Length..example.IndexOf("```", StringComparison.Ordinal)]));
        Assert.All(Enum.GetValues<MapMeaning>().Select(TableMapWords.Of), word =>
        {
            Assert.Contains(word.Zh, manual, StringComparison.Ordinal);
            Assert.Contains($"`{word.En}`", manual, StringComparison.Ordinal);
        });
        Assert.All(TableMapWords.HeadingsEn, heading => Assert.Contains($"`{heading}`", manual, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("亿元", "万元", "10000")]
    [InlineData("元", "万元", "0.0001")]
    [InlineData("千元", "万元", "0.1")]
    [InlineData("千克", "万千克", "0.0001")]
    [InlineData("亩", "平方米", null)]
    [InlineData("亿", "万元", "10000")]
    [InlineData("家", "万元", null)]
    public void Has_its_factor_compared_where_two_measures_differ_in_scale_alone(string from, string to, string? ratio) =>
        Assert.Equal(ratio, MeasureScale.Ratio(from, to)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void May_be_written_in_English()
    {
        var english = "sheet,meaning,text,stands_for,field,period,unit_of_measure,multiply_by,note\n,heading_rows,rows 1 to 1,,,,,,\n"
            + ",unit_column,column A,,,,,,\n,figure,visits,Enterprise visits,value,2022-07,家,,\n";
        var (map, findings) = TableMapFile.Read(Encoding.UTF8.GetBytes(english), new SourceLocation("map.csv"));
        Assert.Empty(findings);
        Assert.Equal([MapMeaning.HeadingRows, MapMeaning.UnitColumn, MapMeaning.Figure], map!.Lines.Select(line => line.Meaning));
    }

    [Theory]
    [InlineData("注：*", "注:本表", true)]
    [InlineData("*月", "1月 ", true)]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "axbyc", true)]
    [InlineData("a*b*c", "axyc", false)]
    [InlineData("ab*bc", "abc", false)]
    [InlineData("合计", "合计数", false)]
    public void May_have_a_star_for_any_characters(string pattern, string text, bool matches) =>
        Assert.Equal(matches, NameKey.Matches(pattern, text));

    [Theory]
    [InlineData("第3至4行", 3, 4)]
    [InlineData("3-4", 3, 4)]
    [InlineData("第３行", 3, 3)]
    [InlineData("rows 3 to 4", 3, 4)]
    public void Names_the_heading_rows_in_several_ways(string text, int first, int last) =>
        Assert.Equal((first, last), TableMapRows.TryRead(text));

    [Theory]
    [InlineData("2022年7月", "2022-07")]
    [InlineData("西林街道2022年1—7月主要指标", "2022-07")]
    [InlineData("2022 年 10 月份", "2022-10")]
    [InlineData("填报日期：2022年8月3日", null)]
    [InlineData("2022年3-7月", null)]
    [InlineData("2022年6月、2022年7月", null)]
    [InlineData("2022年7月至8月", null)]
    [InlineData("2022年7月、8月", null)]
    [InlineData("2022年7月（1—7月累计，8月3日填）", "2022-07")]
    [InlineData("2022.1", null)]
    public void Takes_a_month_from_a_title_that_names_exactly_one(string title, string? month) =>
        Assert.Equal(month, TableMonths.TryRead(title, out var period) ? period.ToString() : null);
}
