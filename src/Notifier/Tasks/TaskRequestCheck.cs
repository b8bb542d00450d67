using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Notifier.Tasks;

/// <summary>Checks what a request says about a task.</summary>
internal static class TaskRequestCheck
{
    private const int MaxNote = 500;
    private const int MaxDays = 366;

    /// <returns>What is wrong, in Chinese and in English; null: nothing.</returns>
    public static (string Zh, string En)? Fault(AlertTaskAction action, AlertTaskRequest request, DateOnly today)
    {
        if (request.Assignee is { } assignee && !SenderName.IsValid(assignee))
        {
            return ($"姓名应为 1 至 {SenderName.MaxLength} 个看得见的字符。", $"A name has 1 to {SenderName.MaxLength} characters that can be seen.");
        }

        if (action == AlertTaskAction.HandedOver && request.Assignee is null)
        {
            return ("请写明移交给谁。", "Say to whom it is handed over.");
        }

        if (request.Note is { Length: > 0 } note && !JsonBody.IsLine(note, 1, MaxNote))
        {
            return ($"说明应为一行文字，至多 {MaxNote} 字。", $"The note is a line of at most {MaxNote} characters.");
        }

        return request.Due is { } due && (due < today || due > today.AddDays(MaxDays))
            ? ("办结期限应为今天或以后，至多一年。", "The date is today or later, at most a year ahead.") : null;
    }
}
