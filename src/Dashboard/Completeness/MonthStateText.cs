using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Completeness;

/// <summary>The state of a month in words.</summary>
internal static class MonthStateText
{
    public static string Describe(MonthStatus month, Lang lang) => month.State switch
    {
        MonthStateName.NotOpen => lang.T($"尚未开报，{FigureFormat.Time(month.Opens)} 开始",
            $"not open yet, opens {FigureFormat.Time(month.Opens)}"),
        MonthStateName.Open => lang.T($"填报中{ClosesZh(month)}", $"open{ClosesEn(month)}"),
        MonthStateName.Reopened => lang.T($"已重开{ClosesZh(month)}", $"reopened{ClosesEn(month)}"),
        MonthStateName.Closed => lang.T($"已于 {FigureFormat.Time(month.Closes!.Value)} 关账，更正须写明理由",
            $"closed on {FigureFormat.Time(month.Closes!.Value)}, corrections need a reason"),
        _ => lang.T($"已于 {FigureFormat.Time(month.Locks!.Value)} 锁定", $"locked on {FigureFormat.Time(month.Locks!.Value)}"),
    };

    public static string Describe(MonthHistoryEntry change, CatalogueView catalogue, Lang lang)
    {
        var (zh, en) = change.Transition == MonthTransition.Closed ? ("关账", "closed") : ("重开", "reopened");
        var by = change.By is { } sender ? SenderText.Describe(sender, catalogue, lang) : null;
        var (byZh, byEn) = by is null ? ("", "") : ($"（{by}）", $" by {by}");
        var (untilZh, untilEn) = change.Until is { } until
            ? ($"，至 {FigureFormat.Time(until)}", $", until {FigureFormat.Time(until)}") : ("", "");
        var (whyZh, whyEn) = change.Reason is { } reason ? ($"：{reason}", $": {reason}") : ("", "");
        var at = FigureFormat.Time(change.At);
        return lang.T($"{at} {zh}{byZh}{untilZh}{whyZh}", $"{at} {en}{byEn}{untilEn}{whyEn}");
    }

    private static string ClosesZh(MonthStatus month) => month.Closes is { } closes ? $"，{FigureFormat.Time(closes)} 截止" : "，到再次关账为止";

    private static string ClosesEn(MonthStatus month) =>
        month.Closes is { } closes ? $", closes {FigureFormat.Time(closes)}" : " until it is closed again";
}
