using System.Globalization;
using XilinIngest.Admin.Federation;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>The day by which all units of a parent had a stage. Each letter is a month: the lowest stage, or – without a figure.</summary>
public sealed class A_stage_of_all_units
{
    [Theory]
    [InlineData("0012", 4, 2, "2022-04-30")]
    [InlineData("0022", 4, 2, "2022-03-31")]
    [InlineData("0122", 4, 1, "2022-02-28")]
    [InlineData("0212", 4, 2, "2022-04-30")]
    [InlineData("–122", 4, 1, "2022-02-28")]
    [InlineData("2222", 4, 2, null)]
    [InlineData("0001", 4, 2, null)]
    [InlineData("0022", 3, 2, "2022-03-31")]
    public void Was_reached_in_the_first_month_from_which_on_all_have_it(string months, int month, int stage, string? day) => Assert.Equal(
        day,
        StageHistory.FindDay([.. months.Select(Month)], new Period(2022, month), stage)
            ?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Is_not_known_while_a_unit_has_never_reported() => Assert.Null(StageHistory.FindDay(
        [Month('0', 0), Month('2', 1) with { UnitsWithoutStage = 1 }], new Period(2022, 2), 2));

    private static SeriesPoint Month(char stage, int index) => new(
        $"2022-{index + 1:00}", null, stage == '–' ? null : stage - '0', null, null, null, null, null, null, 7, 7, ResultState.Complete)
    {
        UnitsWithoutStage = stage == '–' ? null : 0,
    };
}
