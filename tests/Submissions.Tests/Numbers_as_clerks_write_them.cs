using System.Globalization;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Submissions.Tests;

public sealed class Numbers_as_clerks_write_them
{
    [Theory]
    [InlineData("1705.5", "1705.5")]
    [InlineData(" -3 ", "-3")]
    [InlineData("１２３．５０", "123.5")]
    [InlineData("－７", "-7")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1，234，567．8", "1234567.8")]
    [InlineData("123456789012345.123456", "123456789012345.123456")]
    [InlineData("1.500000000", "1.5")]
    [InlineData("\u202D626.17\u202C", "626.17")]
    [InlineData("\uFEFF35\u200B", "35")]
    public void Are_understood_where_there_is_one_way_to(string text, string expected)
    {
        Assert.True(NumberText.TryRead(text, out var number, out _));
        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1,234", "逗号")]
    [InlineData("12,34.5", "逗号")]
    [InlineData("1,2345,678", "逗号")]
    [InlineData("95%", "百分号")]
    [InlineData("３万", "计量单位")]
    [InlineData("1.2亿元", "计量单位")]
    [InlineData("1.2E+5", "科学计数法")]
    [InlineData("1.1234567", "位数太多")]
    [InlineData("1234567890123456", "位数太多")]
    [InlineData("(5)", "写成 -5。")]
    [InlineData("（1,234.50）", "写成 -1234.50。")]
    [InlineData("1234.5-", "写成 -1234.5。")]
    [InlineData("+626.17", "写成 626.17。")]
    [InlineData("–12", "写成 -12。")]
    [InlineData("—1,234.5", "写成 -1234.5。")]
    [InlineData(".5", "写成 0.5。")]
    [InlineData("-.5", "写成 -0.5。")]
    [InlineData("¥626.17", "货币符号")]
    [InlineData("￥626.17", "货币符号")]
    [InlineData("$626.17", "货币符号")]
    [InlineData("RMB 626.17", "货币符号")]
    [InlineData("626.17元", "货币符号")]
    [InlineData("(-5)", "不是数")]
    [InlineData("-5-", "不是数")]
    [InlineData("6\u200B26", "看不见的字符")]
    [InlineData("—", "可能是 0，也可能是不报")]
    [InlineData("/", "可能是 0，也可能是不报")]
    [InlineData("无", "可能是 0，也可能是不报")]
    [InlineData("约5", "不是数")]
    [InlineData("-", "不是数")]
    [InlineData("1.", "不是数")]
    [InlineData("五", "不是数")]
    [InlineData("1 234", "不是数")]
    public void Are_findings_where_one_would_have_to_guess(string text, string reason)
    {
        Assert.False(NumberText.TryRead(text, out _, out var finding));
        Assert.Contains(reason, finding!.MessageZh + finding.RemedyZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2022.10", 10)]
    [InlineData("2022.11", 11)]
    [InlineData("2022.1月", 1)]
    [InlineData("2022-1", 1)]
    public void A_month_behind_a_point_is_read_where_Excel_cannot_have_cut_it(string text, int month)
    {
        Assert.True(MonthText.TryRead(text, out var period));
        Assert.Equal((2022, month), (period.Year, period.Month));
    }

    [Theory]
    [InlineData("2022-07", true)]
    [InlineData("2022/7", true)]
    [InlineData("2022年7月", true)]
    [InlineData("２０２２年０７月", true)]
    [InlineData("202207", true)]
    [InlineData("2022/7/1", true)]
    [InlineData("2022-07-01 0:00:00", true)]
    [InlineData("\u200E2022-07\u200B", true)]
    [InlineData("2022.07", true)]
    [InlineData("2022.7", true)]
    [InlineData("2022.1", false)]
    [InlineData("２０２２．１", false)]
    [InlineData("Jul-22", false)]
    [InlineData("22-07", false)]
    [InlineData("7/2022", false)]
    [InlineData("2022-13", false)]
    [InlineData("2022/7/15", false)]
    [InlineData("44743", false)]
    public void Months_are_read_in_the_usual_notations_and_in_no_ambiguous_one(string text, bool isUnderstood)
    {
        Assert.Equal(isUnderstood, MonthText.TryRead(text, out var period));
        Assert.True(!isUnderstood || period.ToString() == "2022-07");
    }
}
