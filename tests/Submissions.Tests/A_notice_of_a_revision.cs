using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Tests;

public sealed class A_notice_of_a_revision
{
    private static readonly DateOnly May = new(2022, 5, 1);
    private static readonly Figures Drafted = new(1, date: May);
    private static readonly Indicator Petitions = IndicatorOf("PETITIONS");
    private static readonly Indicator Firms = IndicatorOf("FIRMS");
    private static readonly Indicator Planning = Petitions with
    {
        NameZh = "片区规划",
        NameEn = "Area plan",
        Kind = MilestoneKind.Instance,
        Stages = [new("未启动", "not started"), new("方案编制", "drafted"), new("方案评审", "reviewed")],
    };

    [Fact]
    public void Names_a_stage_with_its_date()
    {
        var notice = RevisionNotices.Changed(Planning, Drafted, new(2, date: May.AddMonths(1)));
        AssertSays(notice, "片区规划：阶段 1 方案编制 → 2 方案评审，日期 2022-05-01 → 2022-06-01。",
            "Area plan: stage 1 drafted → 2 reviewed, date 2022-05-01 → 2022-06-01.");
        Assert.Equal([("value_before", 1m), ("value", 2m), ("date_before", 20220501m), ("date", 20220601m)],
            notice.Figures!.Select(figure => (figure.Key, figure.Value)));
        Assert.Equal(("无须处理。", "Nothing to do."), (notice.RemedyZh, notice.RemedyEn));
    }

    [Fact]
    public void Says_that_a_date_is_gone_with_its_stage()
    {
        AssertSays(RevisionNotices.Changed(Planning, Drafted, new(0)), "片区规划：阶段 1 方案编制 → 0 未启动，日期 2022-05-01 → 无。",
            "Area plan: stage 1 drafted → 0 not started, date 2022-05-01 → none.");
        AssertSays(RevisionNotices.Changed(Planning, Drafted, default), "片区规划：阶段 1 方案编制 → 撤回，日期 2022-05-01 → 撤回。",
            "Area plan: stage 1 drafted → withdrawn, date 2022-05-01 → withdrawn.");
        AssertSays(RevisionNotices.Changed(Planning, default, Drafted), "片区规划：阶段 无 → 1 方案编制，日期 无 → 2022-05-01。",
            "Area plan: stage none → 1 drafted, date none → 2022-05-01.");
    }

    [Fact]
    public void Names_a_yes_or_no_as_the_months_figure() => AssertSays(
        RevisionNotices.Changed(Petitions with { Kind = YesNoKind.Instance }, new(0), new(1)),
        "信访：本月 0 未达成 → 1 已达成。", "Petitions: month 0 not achieved → 1 achieved.");

    [Fact]
    public void Names_every_field_that_stays()
    {
        var notice = RevisionNotices.Changed(Petitions, new(1, 2, 3, 4, 5), new(6, 2, 3, 4, 5));
        AssertSays(notice, "信访：本月 1 → 6；未变：1—本月 2、上年同期 3、分子 4、分母 5。",
            "Petitions: month 1 → 6; unchanged: year-to-date 2, last year 3, numerator 4, denominator 5.");
        Assert.Equal(("无须处理；未变的数如也应更正，请填报后再报一次。",
            "Nothing to do; if a figure that stands unchanged is to be corrected too, give it and submit again."),
            (notice.RemedyZh, notice.RemedyEn));
    }

    [Fact]
    public void Tells_which_rows_stand_in_place_of_which_figures()
    {
        SupersededField[] late =
        [
            new(Firms, FigureFields.Value, Row(9, 3)), new(Petitions, FigureFields.Value, Row(7, 2)),
            new(Petitions, FigureFields.LastYear, Row(7, 2)),
        ];
        var notice = RevisionNotices.SupersededFields(late, whole: false);
        AssertSays(notice,
            "已有更新的报送，本份的这些数值未采用：信访的本月、上年同期（台账第 7 号，revision 2）；企业数的本月（台账第 9 号，revision 3）。",
            "A later submission stands; these values of this one did not take: Petitions: month, last year (ledger row 7, revision 2); "
            + "Firms: month (ledger row 9, revision 3).");
        Assert.Contains("大于 3 ", notice.RemedyZh, StringComparison.Ordinal);
        Assert.Contains("above 3;", notice.RemedyEn, StringComparison.Ordinal);
        Assert.Null(notice.Indicator);
    }

    [Fact]
    public void Tells_the_indicators_alone_where_nothing_took_effect()
    {
        SupersededField[] late = [new(Petitions, FigureFields.Value, Row(7, 2)), new(Petitions, FigureFields.LastYear, Row(7, 2))];
        var notice = RevisionNotices.SupersededFields(late, whole: true);
        AssertSays(notice, "已有更新的报送，本份的这些数值未采用：信访（台账第 7 号，revision 2）。",
            "A later submission stands; these values of this one did not take: Petitions (ledger row 7, revision 2).");
        Assert.Equal("PETITIONS", notice.Indicator);
    }

    [Fact]
    public void Names_all_that_are_the_same_as_before()
    {
        var notice = RevisionNotices.Unchanged([Petitions, Firms]);
        AssertSays(notice, "与现有数相同，没有变更：信访、企业数。", "The same as what stands, nothing changed: Petitions, Firms.");
        Assert.Null(notice.Indicator);
        Assert.Equal("FIRMS", RevisionNotices.Unchanged([Firms]).Indicator);
    }

    private static void AssertSays(Finding notice, string zh, string en)
    {
        Assert.Equal((zh, en), (notice.MessageZh, notice.MessageEn));
        Assert.Equal((FindingSeverity.Notice, BuiltInFindings.Version), (notice.Severity, notice.Version));
    }

    private static Indicator IndicatorOf(string code) =>
        SubmissionTestReader.Catalogue.Indicators.Single(indicator => indicator.Code.Value == code);

    private static Provenance Row(long sequence, int revision) => new(new OrderKey(revision, 5, Guid.Empty), sequence);
}
