using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>One time at which units were reminded, by a rule or by hand.</summary>
/// <param name="Id">Known already: nothing is made. Of a rule its name and the month, by hand the id of the request.</param>
/// <param name="Rule">The rule; null: by hand.</param>
/// <param name="Unit">The unit at and below which the reports are; empty: all.</param>
/// <param name="Period">The month.</param>
/// <param name="MadeAt">When.</param>
/// <param name="MadeBy">Who, by hand.</param>
internal sealed record ReminderRun(string Id, string? Rule, string Unit, string Period, DateTimeOffset MadeAt, string? MadeBy);

/// <summary>A reminder that is to be made.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="IsDigest">Whether it lists the units that are late.</param>
/// <param name="Missing">The codes of what is missing.</param>
/// <param name="Destination">By which channel, to whom; null: no channel reaches the unit.</param>
/// <param name="Content">The notice; its id is its own for each channel.</param>
internal sealed record ReminderDraft(
    string Unit, bool IsDigest, IReadOnlyList<string> Missing, ReminderDestination? Destination, NoticeContent Content);

/// <summary>What became of a run.</summary>
/// <param name="IsNew">Whether it was made now; otherwise its id was known.</param>
/// <param name="Reminders">The reminders that it made, as they are.</param>
/// <param name="Recent">The units that were left out, because they were reminded a short while ago.</param>
internal sealed record AddedReminders(bool IsNew, IReadOnlyList<ReminderRow> Reminders, IReadOnlyList<string> Recent);

/// <summary>A reminder as it is stored, with what became of its notice.</summary>
internal sealed record ReminderRow
{
    public long Number { get; init; }
    public string Unit { get; init; } = "";
    public string Period { get; init; } = "";
    public long IsDigest { get; init; }
    public string Missing { get; init; } = "";
    public string? Channel { get; init; }
    public string? WithdrawnAt { get; init; }
    public string? ByRule { get; init; }
    public string MadeAt { get; init; } = "";
    public string? MadeBy { get; init; }
    public string? State { get; init; }
    public string? FinishedAt { get; init; }
    public string? Answer { get; init; }
}
