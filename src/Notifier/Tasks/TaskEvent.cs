using XilinIngest.Contracts.Responses;
using XilinIngest.Notifier.Events;

namespace XilinIngest.Notifier.Tasks;

/// <summary>Something that happened to the task of an alert, and how the task stood after it.</summary>
internal sealed record TaskEvent
{
    public long Id { get; init; }

    /// <summary>The id of the task's first event.</summary>
    public long Task { get; init; }
    public required AlertKey Key { get; init; }
    public required AlertTaskAction Action { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null: the alert was cleared.</summary>
    public string? MadeBy { get; init; }

    /// <summary>Who has the task after it; null: no one.</summary>
    public string? Assignee { get; init; }
    public string? Note { get; init; }
    public DateOnly? Due { get; init; }

    /// <summary>Whether someone has the task after it.</summary>
    public bool IsTaken => Action is AlertTaskAction.Taken or AlertTaskAction.Noted or AlertTaskAction.HandedOver;
}
