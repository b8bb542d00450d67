using XilinIngest.Client.Watching;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.Watching;

/// <summary>A review and a change of a month, as <c>xilin watch</c> prints them.</summary>
public sealed class A_review_that_is_watched
{
    private static readonly ReportReviewed Returned = new()
    {
        Unit = "320404004201",
        Period = "2022-07",
        Row = 41,
        Decision = ReviewDecision.Return,
        At = new DateTimeOffset(2022, 8, 3, 1, 0, 0, TimeSpan.Zero),
        By = "320404004000",
        Reason = "与台账不符",
        Version = 1,
        Cause = [44],
        PublishedAt = new DateTimeOffset(2022, 8, 3, 1, 0, 1, TimeSpan.Zero),
    };

    private static readonly MonthChanged Closed = new()
    {
        Unit = "320404004000",
        Period = "2022-07",
        Transition = MonthTransition.Closed,
        At = new DateTimeOffset(2022, 8, 3, 1, 0, 0, TimeSpan.Zero),
        By = "http",
        Version = 1,
        Cause = [45],
        PublishedAt = new DateTimeOffset(2022, 8, 3, 1, 0, 1, TimeSpan.Zero),
    };

    [Fact]
    public void Says_the_row_the_reviewer_and_the_reason()
    {
        Assert.Equal("审核退回 2022-07 320404004201 台账第 41 号（320404004000）：与台账不符", Printed(Returned, english: false));
        Assert.Equal("returned 2022-07 320404004201 ledger row 41 by 320404004000: 与台账不符", Printed(Returned, english: true));
    }

    [Fact]
    public void Is_shown_for_its_unit_alone_and_a_month_for_all_units()
    {
        Assert.Null(Printed(Returned, english: true, (unit, _) => unit is null or "320404004202"));
        Assert.Equal("closed 2022-07 by http", Printed(Closed, english: true, (unit, _) => unit is null or "320404004202"));
        Assert.Equal("关账 2022-07（http）", Printed(Closed, english: false));
        Assert.Null(Printed(Closed, english: true, (_, indicator) => indicator == "RETAIL_SALES"));
    }

    private static string? Printed(object message, bool english, Func<string?, string?, bool>? wanted = null) =>
        new ResultFormatter(new ConsoleOutput(english), null).Format(
            new ResultEvent("1", message.GetType().Name, WireFormat.Serialize(message)), wanted ?? ((_, _) => true))?.Line;
}
