using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Completeness;

/// <summary>How punctually units reported, in words, marks and as a table to take along.</summary>
internal static class TimelinessFormat
{
    /// <summary>The mark of a month, its style, and what it says in words.</summary>
    public static (string Mark, string Style, string Words) Mark(MonthTimeliness month, Lang lang) => month.State switch
    {
        ReportTiming.OnTime => ("✓", "is-in", lang.T($"按时，{Time(month.CompletedAt)}", $"on time, {Time(month.CompletedAt)}")),
        ReportTiming.Late => (lang.T("迟", "late"), "is-open", lang.T(
            $"迟报：截止 {Time(month.Deadline)}，{Time(month.CompletedAt)} 报齐",
            $"late: due {Time(month.Deadline)}, complete {Time(month.CompletedAt)}")),
        ReportTiming.Missing => ("✗", "is-late", lang.T($"未报：截止 {Time(month.Deadline)}", $"not reported: due {Time(month.Deadline)}")),
        ReportTiming.Open => ("○", "", lang.T($"未到期：截止 {Time(month.Deadline)}", $"not due yet: due {Time(month.Deadline)}")),
        _ when IsBackfilled(month) =>
            ("✓", "is-in", lang.T($"补录，{Time(month.CompletedAt)}", $"backfilled, {Time(month.CompletedAt)}")),
        _ => ("–", "", lang.T("不需报", "nothing due")),
    };

    /// <summary>The share on time, such as 91.7%.</summary>
    public static string Share(UnitTimeliness unit) =>
        unit.OnTimePerCent is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:0.0}%") : "–";

    /// <summary>The table as a file: a row a unit, its months in words.</summary>
    public static ExportTable ToTable(YearTimeliness year, string name, Lang lang) => new(
        lang.T($"{name}{year.Year}年报送及时情况", $"{name} timeliness {year.Year}"),
        [
            lang.T("单位", "Unit"), lang.T("单位代码", "Code"), lang.T("按时", "On time"), lang.T("迟报", "Late"), lang.T("未报", "Not reported"),
            lang.T("及时率（%）", "On time (%)"),
            .. Enumerable.Range(1, 12).Select(month => FigureFormat.Month($"{year.Year}-{month:00}", lang)),
        ],
        [.. year.Units.Select(unit => (IReadOnlyList<object?>)
        [
            lang.T(unit.NameZh, unit.NameEn), unit.Unit, unit.OnTime, unit.Late, unit.Missing, unit.OnTimePerCent,
            .. unit.Months.Select(month => Word(month, lang)),
        ])]);

    private static string Word(MonthTimeliness month, Lang lang) => month.State switch
    {
        ReportTiming.OnTime => lang.T("按时", "on time"),
        ReportTiming.Late => lang.T("迟报", "late"),
        ReportTiming.Missing => lang.T("未报", "not reported"),
        ReportTiming.Open => lang.T("未到期", "not due yet"),
        _ when IsBackfilled(month) => lang.T("补录", "backfilled"),
        _ => lang.T("不需报", "nothing due"),
    };

    // It has no deadline, and came in.
    private static bool IsBackfilled(MonthTimeliness month) => month is { Deadline: null, CompletedAt: not null };

    private static string Time(DateTimeOffset? time) => time is { } at ? FigureFormat.Time(at) : "";
}
