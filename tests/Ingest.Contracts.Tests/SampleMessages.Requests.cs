namespace XilinIngest.Contracts.Tests;

// Properties, because the order in which the fields of two files are initialised is not defined.
internal static partial class SampleMessages
{
    private static ReportReviewed Reviewed => new()
    {
        Unit = "320404004201",
        Period = "2022-07",
        Row = 41,
        Decision = ReviewDecision.Return,
        At = Taken,
        By = "320404004000",
        Reason = "本月数与台账不符，请核实",
        Partition = "32.04.04.004",
        Version = 2,
        Cause = [44],
        PublishedAt = Taken,
    };

    private static MonthChanged MonthReopened => new()
    {
        Unit = "320404004000",
        Period = "2022-07",
        Transition = MonthTransition.Reopened,
        At = Taken,
        Until = Sent,
        By = "320404004000",
        Reason = "补报漏报的合同",
        Partition = "32.04.04.004",
        Version = 2,
        Cause = [45],
        PublishedAt = Taken,
    };
}
