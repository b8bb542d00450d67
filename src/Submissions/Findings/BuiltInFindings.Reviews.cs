using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

// F8xx: reviews of reports.
public static partial class BuiltInFindings
{
    public static Finding NoSuchRow(long sequence) => Error("F801",
        $"台账没有第 {sequence} 号。", $"The ledger has no row {sequence}.",
        "请核对台账号，以报送回执或待审列表为准。", "Check the number: the receipt of the report and the list of what waits have it.");

    // The row may be of a unit whose rows the sender may not see: whose it is, is not told.
    public static Finding RowOfAnotherReport(long sequence, Unit unit, Period period) => Error("F802",
        $"台账第 {sequence} 号不是{unit.NameZh}{period.NameZh}的报表。", $"Ledger row {sequence} is not a report of {unit.NameEn} for {period}.",
        "请核对单位、月份和台账号。", "Check the unit, the month and the number of the row.");

    public static Finding RowIsNoReport(long sequence) => Error("F803",
        $"台账第 {sequence} 号不是已接收的报表，无须审核。", $"Ledger row {sequence} is not an accepted report, so there is nothing to review.",
        "请审核待审列表中的报表。", "Review a report of the list of what waits.");

    public static Finding RowReplaced(long sequence, long newer) => Error("F804",
        $"台账第 {sequence} 号的数据已全部更正，最新的是第 {newer} 号。", $"All figures of ledger row {sequence} were replaced; the newest row is {newer}.",
        "请查看并审核更正后的报表。", "Look at the newer report and review that one.");

    public static Finding NotReviewed(Unit unit, Period period) => Error("F805",
        $"{unit.NameZh}{period.NameZh}的报表不需审核。", $"Reports of {unit.NameEn} for {period} are not reviewed.",
        "哪些报表需审核，见目录中的 workflow.csv。", "The file workflow.csv of the catalogue says which reports are reviewed.");

    public static Finding AlreadyReviewed(ReportReview before) => Error("F806",
        $"台账第 {before.Row} 号已于 {FormatTime(before.At)} {(before.Action == ReviewAction.Return ? "退回" : "审核通过")}（台账第 {before.Sequence} 号）。",
        $"Ledger row {before.Row} was {(before.Action == ReviewAction.Return ? "returned" : "approved")} on {FormatTime(before.At)} "
        + $"(ledger row {before.Sequence}).",
        "无须重复审核；如需改变结论，可改为通过或退回。", "It need not be reviewed again; to change the decision, decide otherwise.");

    public static Finding ReturnReasonMissing() => Error("F807",
        "退回报表没有写明理由。", "No reason is given for returning the report.",
        "在 reason 中写明理由（5 字以上），填报单位据此修改。", "Give the reason in 'reason' (5 characters or more): the office corrects by it.");

    public static Finding ReviewReasonEmpty() => Error("F808",
        "审核的理由没有说明原因。", "The reason of the review explains nothing.",
        "写明原因（5 字以上）。", "Say why (5 characters or more).");

    public static Finding ReviewOfLockedMonth(Period period, DateTimeOffset locks) => Error("F809",
        $"{period.NameZh}已于 {FormatTime(locks)} 锁定，不再审核。", $"{period} was locked on {FormatTime(locks)} and takes no reviews.",
        "如需审核，请先重开该月。", "To review its reports, reopen the month first.");

    public static Finding ReviewNotAuthorised(string sender) => Error("F505",
        $"{Quote(sender)} 不能审核该单位的报表。", $"{Quote(sender)} may not review the reports of this unit.",
        "在消息服务器上，由 workflow.csv 所定审核单位的账号办理；网页和接口须有“审核”权限。",
        "On the broker the office of the unit that workflow.csv names does that; over HTTP and on the pages it takes the right 'review'.");
}
