using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Submissions.Tests;

public sealed class Dates_as_clerks_write_them
{
    [Theory]
    [InlineData("2022-03-05", true)]
    [InlineData("2022/3/5", true)]
    [InlineData("2022.3.5", true)]
    [InlineData("2022年3月5日", true)]
    [InlineData("２０２２年０３月０５日", true)]
    [InlineData(" 2022-3-5 0:00:00 ", true)]
    [InlineData("2022-03-05 00:00", true)]
    [InlineData("2022-03-05 08:30", false)]
    [InlineData("2022-13-05", false)]
    [InlineData("2022-02-30", false)]
    [InlineData("5/3/2022", false)]
    [InlineData("22-03-05", false)]
    [InlineData("2022-03", false)]
    [InlineData("44625", false)]
    [InlineData("", false)]
    public void Are_read_with_the_year_first(string text, bool isUnderstood)
    {
        Assert.Equal(isUnderstood, DateText.TryRead(text, out var date));
        Assert.Equal(isUnderstood ? new DateOnly(2022, 3, 5) : default, date);
    }

    [Fact]
    public void Are_sent_in_one_form() => Assert.Equal("2022-03-05", DateText.Format(new(2022, 3, 5)));
}

public sealed class Stages_as_clerks_write_them
{
    private static readonly Stage[] Plan =
        [new("未启动", "not started"), new("方案编制", "drafted"), new("方案评审", "reviewed"), new("规划批复", "approved")];

    private static readonly Stage[] Award = [new("未达成", "not achieved"), new("已达成", "achieved")];

    [Theory]
    [InlineData("2", 2)]
    [InlineData("０", 0)]
    [InlineData("方案评审", 2)]
    [InlineData(" 未启动 ", 0)]
    [InlineData("2 方案评审", 2)]
    [InlineData("2方案评审", 2)]
    [InlineData("3 approved", 3)]
    [InlineData("Reviewed", 2)]
    [InlineData("2 方案编制", -1)]
    [InlineData("4", -1)]
    [InlineData("2.0", -1)]
    [InlineData("-1", -1)]
    [InlineData("是", -1)]
    [InlineData("no", -1)]
    [InlineData("批复", -1)]
    [InlineData("", -1)]
    public void Are_read_by_number_or_name_or_both(string text, int stage) => AssertStage(stage, text, Plan);

    [Theory]
    [InlineData("是", 1)]
    [InlineData("YES", 1)]
    [InlineData("已达成", 1)]
    [InlineData("1", 1)]
    [InlineData("achieved", 1)]
    [InlineData("否", 0)]
    [InlineData("No", 0)]
    [InlineData("未达成", 0)]
    [InlineData("0 未达成", 0)]
    [InlineData("2", -1)]
    [InlineData("对", -1)]
    public void Are_read_as_yes_and_no_where_there_are_two(string text, int stage) => AssertStage(stage, text, Award);

    [Theory]
    [InlineData("是", 1)]
    [InlineData("已达成", 1)]
    [InlineData("no", 0)]
    [InlineData("未达成", 0)]
    [InlineData("有", 1)]
    public void Are_read_as_yes_and_no_whatever_the_two_are_called(string text, int stage) =>
        AssertStage(stage, text, [new("没有", "none"), new("有", "some")]);

    [Fact]
    public void Are_offered_with_number_and_name() => Assert.Equal("2 方案评审", StageText.Format(2, Plan));

    private static void AssertStage(int expected, string text, Stage[] stages)
    {
        Assert.Equal(expected >= 0, StageText.TryRead(text, stages, out var stage));
        Assert.Equal(expected, stage);
    }
}
