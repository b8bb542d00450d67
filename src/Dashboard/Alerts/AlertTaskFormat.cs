using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Alerts;

/// <summary>The tasks of alerts (认领督办) in words.</summary>
internal static class AlertTaskFormat
{
    /// <summary>The request for the tasks of the page's year.</summary>
    public static string PathOf(PageContext page) => $"/api/tasks?year={page.Year}";

    /// <summary>The open task of each alert. Without an answer there is none: the alerts are shown all the same.</summary>
    public static IReadOnlyDictionary<(string Unit, string Indicator), AlertTask> Open(ServiceResponse<List<AlertTask>>? tasks) =>
        (tasks?.Value ?? []).Where(task => task.State != AlertTaskState.Done).ToDictionary(task => (task.Unit, task.Indicator));

    /// <summary>Who has it and until when.</summary>
    /// <param name="task">The task.</param>
    /// <param name="isPublic">On a screen that anyone passes: without names and notes.</param>
    /// <param name="lang">The language.</param>
    public static string Describe(AlertTask task, bool isPublic, Lang lang)
    {
        if (task.State == AlertTaskState.GivenBack)
        {
            return lang.T("已退回，无人办理", "given back, no one has it");
        }

        var (whoZh, whoEn) = isPublic || task.Assignee is null ? ("已认领", "taken") : ($"{task.Assignee}已认领", $"taken by {task.Assignee}");
        return task.Due is { } due
            ? lang.T(
                $"{whoZh}，{Day(due)}前办结{(task.IsOverdue ? "，已逾期" : "")}",
                $"{whoEn}, due {Day(due)}{(task.IsOverdue ? ", overdue" : "")}")
            : lang.T(whoZh, whoEn);
    }

    /// <summary>What happened, when, by whom.</summary>
    public static string Describe(AlertTaskEvent happened, Lang lang)
    {
        var to = happened.Assignee is { } assignee ? assignee : lang.T("（不公开）", "(not shown)");
        var what = happened.Action switch
        {
            AlertTaskAction.Taken => lang.T($"{to}认领", $"taken by {to}"),
            AlertTaskAction.Noted => lang.T("修改说明或期限", "note or date changed"),
            AlertTaskAction.HandedOver => lang.T($"移交给{to}", $"handed over to {to}"),
            AlertTaskAction.GivenBack => lang.T("退回", "given back"),
            _ => lang.T("预警解除，办结", "the alert was cleared: done"),
        };
        var (byZh, byEn) = happened.By is { } sender && sender != happened.Assignee && SenderText.Describe(sender, lang) is var by
            ? ($"（{by}）", $" (by {by})") : ("", "");
        var (dueZh, dueEn) = happened is { Due: { } due, Action: not (AlertTaskAction.GivenBack or AlertTaskAction.Done) }
            ? ($"，{Day(due)}前办结", $", due {Day(due)}") : ("", "");
        var (noteZh, noteEn) = happened is { Note: { } note, Action: not AlertTaskAction.Done } ? ($"：{note}", $": {note}") : ("", "");
        var at = FigureFormat.Time(happened.At);
        return lang.T($"{at} {what}{byZh}{dueZh}{noteZh}", $"{at} {what}{byEn}{dueEn}{noteEn}");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
