using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Completeness;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tests.Completeness;

public sealed class A_month_that_was_backfilled
{
    private static readonly DateTimeOffset At = new(2022, 10, 5, 9, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Is_not_called_one_that_need_not_be_reported()
    {
        var month = new MonthTimeliness("2022-08", ReportTiming.NotDue, null, At);
        Assert.StartsWith("补录，2022-10-05", TimelinessFormat.Mark(month, new Lang(English: false)).Words, StringComparison.Ordinal);
        Assert.StartsWith("backfilled, 2022-10-05", TimelinessFormat.Mark(month, new Lang(English: true)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_nothing_that_is_due_before_it_comes_in() => Assert.Equal(
        "不需报", TimelinessFormat.Mark(new("2022-08", ReportTiming.NotDue, null, null), new Lang(English: false)).Words);
}
