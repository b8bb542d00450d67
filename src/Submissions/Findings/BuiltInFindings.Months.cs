using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

// F7xx: closing and reopening a month.
public static partial class BuiltInFindings
{
    private const int MaxNamedUnits = 10;

    public static Finding MonthAlreadyClosed(MonthStateChange closed) => Error("F701",
        $"{closed.Period.NameZh}已于 {FormatTime(closed.At)} 关账（台账第 {closed.Sequence} 号）。",
        $"{closed.Period} was closed on {FormatTime(closed.At)} (ledger row {closed.Sequence}).",
        "无须再次关账；如需补报，请先重开该月。", "It need not be closed again; to take reports again, reopen it first.");

    public static Finding MonthAlreadyLocked(Period period, DateTimeOffset locks) => Error("F702",
        $"{period.NameZh}已于 {FormatTime(locks)} 锁定。", $"{period} was locked on {FormatTime(locks)}.",
        "无须关账；如需补报或审核，请先重开该月。", "It need not be closed; to take reports or reviews again, reopen it first.");

    public static Finding MonthIncomplete(Period period, IReadOnlyList<Unit> missing) => Error("F703",
        $"{period.NameZh}尚有 {missing.Count} 个单位未报齐：{NamesZh(missing)}。",
        $"{missing.Count} units have not reported everything for {period}: {NamesEn(missing)}.",
        "请先催报；确需关账的，在 reason 中写明理由（5 字以上）。",
        "Ask them for their reports; to close the month all the same, give the reason in 'reason' (5 characters or more).");

    public static Finding ClosedIncomplete(Period period, IReadOnlyList<Unit> missing) => Error("F704",
        $"{period.NameZh}关账时尚有 {missing.Count} 个单位未报齐：{NamesZh(missing)}。",
        $"When {period} was closed, {missing.Count} units had not reported everything: {NamesEn(missing)}.",
        "这些单位补报时须写明更正理由。", "They may still report, as a correction with a reason.") with
    {
        Severity = FindingSeverity.Notice,
    };

    public static Finding MonthNotClosed(Period period) => Error("F705",
        $"{period.NameZh}尚未关账，无须重开。", $"{period} is not closed, so it need not be reopened.",
        "可直接报送；如要改动日期，请修改 calendar.csv。", "Reports are taken as it is; to move its dates, edit calendar.csv.");

    public static Finding ReopeningReasonMissing(Period period) => Error("F706",
        $"重开{period.NameZh}没有写明理由。", $"No reason is given for reopening {period}.",
        "在 reason 中写明理由（5 字以上）。", "Give the reason in 'reason' (5 characters or more).");

    public static Finding MonthReasonEmpty() => Error("F707",
        "关账或重开的理由没有说明原因。", "The reason for closing or reopening explains nothing.",
        "写明原因（5 字以上）。", "Say why (5 characters or more).");

    public static Finding UntilPassed(DateTimeOffset until) => Error("F708",
        $"重新关账的时间 {FormatTime(until)} 已过。", $"The time to close again, {FormatTime(until)}, has passed.",
        "请写将来的时间；不写则到再次关账为止。", "Give a time in the future, or none: then it is open until it is closed again.");

    public static Finding CloseNotAuthorised(string sender) => Error("F504",
        $"{Quote(sender)} 不能关账或重开。", $"{Quote(sender)} may not close or reopen a month.",
        "在消息服务器上，由最上级单位的账号办理；网页和接口须有“关账”权限。",
        "On the broker the office of the topmost unit does that; over HTTP and on the pages it takes the right 'close'.");

    private static string NamesZh(IReadOnlyList<Unit> units) =>
        string.Join('、', units.Take(MaxNamedUnits).Select(unit => unit.NameZh)) + (units.Count > MaxNamedUnits ? "等" : "");

    private static string NamesEn(IReadOnlyList<Unit> units) => string.Join(", ", units.Take(MaxNamedUnits).Select(unit => unit.NameEn))
        + (units.Count > MaxNamedUnits ? FormattableString.Invariant($" and {units.Count - MaxNamedUnits} more") : "");
}
