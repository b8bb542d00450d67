using XilinIngest.Contracts.Responses;

namespace XilinIngest.Notifier.Tasks;

/// <summary>Why a task is not changed.</summary>
internal enum TaskRefusal
{
    /// <summary>There is no such alert, or it is cleared.</summary>
    NoAlert,

    /// <summary>Someone else has it.</summary>
    TakenByOther,

    /// <summary>No one has it.</summary>
    NotTaken,

    /// <summary>Too much has happened to it already.</summary>
    TooManyEvents,
}

/// <summary>What is asked for a task, and by whom.</summary>
/// <param name="Action">What.</param>
/// <param name="By">Who asks.</param>
/// <param name="MayDirect">Whether they may also change what others have.</param>
/// <param name="Assignee">Who is to have it; null: who asks.</param>
/// <param name="Note">Null: as it was.</param>
/// <param name="Due">Null: as it was.</param>
/// <param name="At">When.</param>
internal sealed record TaskChange(
    AlertTaskAction Action, string By, bool MayDirect, string? Assignee, string? Note, DateOnly? Due, DateTimeOffset At);

/// <summary>A change of a task, or why there is none.</summary>
/// <param name="Event">The event to add; null: nothing changes.</param>
/// <param name="Refusal">Null: it is not refused.</param>
internal sealed record TaskDecision(TaskEvent? Event, TaskRefusal? Refusal)
{
    /// <summary>The most events of a task.</summary>
    public const int MaxEvents = 100;

    /// <param name="task">The events of the alert's open task, oldest first; empty: there is none.</param>
    /// <param name="stands">Whether the alert stands.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="change">What is asked.</param>
    public static TaskDecision Decide(IReadOnlyList<TaskEvent> task, bool stands, Events.AlertKey alert, TaskChange change)
    {
        if (!stands)
        {
            return new(null, TaskRefusal.NoAlert);
        }

        var last = task.Count > 0 ? task[^1] : null;
        var holder = last is { IsTaken: true } ? last.Assignee : null;
        if (change.Action == AlertTaskAction.Taken ? holder is not null : holder is null)
        {
            // The same request may come twice, where its answer was lost.
            return change.Action == AlertTaskAction.Taken && holder == (change.Assignee ?? change.By)
                ? new(null, null) : new(null, holder is null ? TaskRefusal.NotTaken : TaskRefusal.TakenByOther);
        }

        if (holder is not null && holder != change.By && !change.MayDirect)
        {
            return new(null, TaskRefusal.TakenByOther);
        }

        if (task.Count >= MaxEvents)
        {
            return new(null, TaskRefusal.TooManyEvents);
        }

        // Who takes what was given back begins anew.
        var before = holder is null ? null : last;
        var note = change.Note ?? before?.Note;
        var isGivenBack = change.Action == AlertTaskAction.GivenBack;
        return new(
            new TaskEvent
            {
                Task = last?.Task ?? 0,
                Key = alert,
                Action = change.Action,
                At = change.At,
                MadeBy = change.By,
                Assignee = isGivenBack ? null : change.Action == AlertTaskAction.Noted ? holder : change.Assignee ?? change.By,
                Note = string.IsNullOrEmpty(note) ? null : note,
                Due = isGivenBack ? null : change.Due ?? before?.Due,
            },
            null);
    }
}
