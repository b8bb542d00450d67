using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

// F2xx: the unit and the month.
public static partial class BuiltInFindings
{
    public static Finding UnknownUnit(string unit) => Error("F201",
        $"名录中没有单位 {Quote(unit)}。", $"Unit {Quote(unit)} is not in the catalogue.",
        "核对 12 位区划代码或 18 位统一社会信用代码；新单位请先由街道统计站登记。",
        "Check the 12-digit division code or the 18-character credit code; a new unit must first be registered with the street's "
        + "statistics office.");

    public static Finding UnitNotActive(Unit unit, Period period) => Error("F202",
        $"{unit.NameZh}（{unit.Code}）在{period.NameZh}不在册。", $"{unit.NameEn} ({unit.Code}) does not exist in {period}.",
        "核对报告期，或请街道统计站核对该单位的起止月份。", "Check the month, or ask the statistics office to check when the unit began and ended.");

    public static Finding MalformedPeriod(string period) => Error("F203",
        $"报告期 {Quote(period)} 格式不对。", $"Period {Quote(period)} is malformed.", "写成 年-月，如 2022-07。",
        "Write it as year-month, such as 2022-07.");

    public static Finding NotInCalendar(Period period) => Error("F204",
        $"报送日历中没有{period.NameZh}。", $"{period} is not in the reporting calendar.",
        "核对报告期，或请街道统计站在 calendar.csv 中开设。", "Check the month, or ask the statistics office to open it in calendar.csv.");

    public static Finding NotYetOpen(CalendarWindow window) => Error("F205",
        $"{window.Period.NameZh}尚未开始报送（{FormatTime(window.Opens)} 开始）。",
        $"{window.Period} is not open yet (it opens {FormatTime(window.Opens)}).",
        "到期再报，或核对报告期。", "Submit then, or check the month.");

    public static Finding WindowClosed(CalendarWindow window) => Error("F206",
        $"{window.Period.NameZh}已于 {FormatTime(window.Closes)} 截止。", $"{window.Period} closed on {FormatTime(window.Closes)}.",
        "如需更正，请在 correction.reason 中写明理由（5 字以上）。", "To correct it, give the reason in correction.reason (5 characters or more).");

    public static Finding WindowLocked(CalendarWindow window) => Error("F207",
        $"{window.Period.NameZh}已于 {FormatTime(window.Locks)} 锁定，不再接受更正。",
        $"{window.Period} was locked on {FormatTime(window.Locks)}; no correction is taken.",
        "请与街道统计站联系。", "Speak to the street's statistics office.");

    public static Finding Backfilled(CalendarWindow window) => FindingFactory.Create("F208", Version, FindingSeverity.Notice,
        $"{window.Period.NameZh}是历史月份，按补录登记。", $"{window.Period} is a month of history: this is recorded as backfilled.",
        "不需要处理。", "Nothing to do.");
}
