using System.Globalization;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tasks;

/// <summary>The task of an alert in the words of a notice. It names no person.</summary>
internal static class TaskText
{
    // A message of a group chat holds a few lines, and the page shows all of the note.
    private const int MaxNote = 100;
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>Today, in China.</summary>
    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(ChinaOffset).DateTime);

    public static bool IsOverdue(TaskEvent last, DateTimeOffset now) => last is { IsTaken: true, Due: { } due } && due < DayOf(now);

    /// <summary>The task as a notice tells it; null: no one has the alert.</summary>
    public static NoticedTask? Describe(TaskEvent? last, DateTimeOffset now) => last is { IsTaken: true }
        ? new NoticedTask { Note = last.Note, Due = last.Due, IsOverdue = IsOverdue(last, now) } : null;

    /// <summary>What stands after the line of an alert; empty: no one has it.</summary>
    public static string After(NoticedTask? task, bool english)
    {
        if (task is null)
        {
            return "";
        }

        var (dueZh, dueEn) = task.Due is { } due
            ? (string.Create(CultureInfo.InvariantCulture, $"，办结期限{due:yyyy年M月d日}{(task.IsOverdue ? "（已逾期）" : "")}"),
                string.Create(CultureInfo.InvariantCulture, $", due {due:yyyy-MM-dd}{(task.IsOverdue ? " (overdue)" : "")}")) : ("", "");
        var note = task.Note is { Length: > MaxNote } full
            ? full[..(char.IsHighSurrogate(full[MaxNote - 1]) ? MaxNote - 1 : MaxNote)] + "……" : task.Note;
        var (noteZh, noteEn) = note is null ? ("", "") : ($"：{note}", $": {note}");
        return english ? $" [Taken{dueEn}{noteEn}]" : $"【已认领{dueZh}{noteZh}】";
    }
}
