using XilinIngest.Contracts;
using XilinIngest.Dashboard.Submissions;

namespace XilinIngest.Dashboard.Tests.Submissions;

/// <summary>A receipt that names a changed figure without the old one.</summary>
public sealed class Earlier_rows_that_could_not_be_read
{
    [Fact]
    public void Leave_the_old_figure_unknown_instead_of_never_sent()
    {
        Assert.Equal(FigureStanding.Unknown, StandingAfter(EarlierRows.Unread));
        Assert.Equal(FigureStanding.None, StandingAfter(EarlierRows.None));
    }

    private static FigureStanding StandingAfter(EarlierRows earlier) => FigureBefore.Find(
        FigureNames.Value, new IndicatorValue { Indicator = "ENTERPRISE_VISITS", Value = 9, Unit = "家" },
        new SubmissionReceipt
        {
            SubmissionId = Guid.Empty,
            Unit = "320404004201",
            Period = "2022-07",
            Revision = 2,
            Verdict = Verdict.Accepted,
            ReceivedAt = DateTimeOffset.UnixEpoch,
            Sequence = 7,
            LeafHash = "",
            Checkpoint = new() { TreeSize = 7, Root = "", Time = DateTimeOffset.UnixEpoch, Origin = "", Signatures = [] },
            Findings =
            [
                new()
                {
                    Rule = EarlierRows.ChangedRule,
                    Version = 1,
                    Severity = FindingSeverity.Notice,
                    Indicator = "ENTERPRISE_VISITS",
                    Figures = new Dictionary<string, decimal> { [FigureNames.Value] = 9 },
                    MessageZh = "",
                    MessageEn = "",
                    RemedyZh = "",
                    RemedyEn = "",
                },
            ],
        }, null, earlier).Standing;
}
