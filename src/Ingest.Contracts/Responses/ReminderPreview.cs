namespace XilinIngest.Contracts.Responses;

/// <summary>What reminding by hand would send (催报预览).</summary>
/// <param name="Unit">The unit at and below which the late ones are.</param>
/// <param name="Period">The month, <c>yyyy-MM</c>.</param>
/// <param name="Deadline">When reports are due; null: the month is not in the calendar.</param>
/// <param name="Reminders">A message for each unit that has not reported everything.</param>
public sealed record ReminderPreview(string Unit, string Period, DateTimeOffset? Deadline, IReadOnlyList<PreviewedReminder> Reminders);

/// <summary>The message to one unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Missing">The codes of the missing indicators.</param>
/// <param name="Channels">By which channels it goes; empty: none reaches the unit.</param>
/// <param name="LastAt">When the unit was last reminded of this month; null: never.</param>
/// <param name="IsRecent">Whether that was within the last twelve hours.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The text.</param>
public sealed record PreviewedReminder(
    string Unit, string NameZh, string NameEn, IReadOnlyList<string> Missing, IReadOnlyList<ReminderChannel> Channels,
    DateTimeOffset? LastAt, bool IsRecent, string Title, string Text);

/// <summary>A channel of a message.</summary>
/// <param name="Name">The channel's name in the settings.</param>
/// <param name="Recipients">The number of people that it reaches; 0: a group chat or a program.</param>
/// <param name="People">Their names; null: the caller may not read them.</param>
public sealed record ReminderChannel(string Name, int Recipients, IReadOnlyList<string>? People);

/// <summary>Whom to remind, of which month.</summary>
public record ReminderScope
{
    /// <summary>The code of the unit at and below which late units are reminded.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The codes of the units to remind; null: all that are late.</summary>
    public IReadOnlyList<string>? Units { get; init; }
}

/// <summary>The body of a request to remind now, by hand.</summary>
public sealed record ReminderRequest : ReminderScope
{
    /// <summary>The idempotency key: the same request sent again reminds no one twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether units are reminded that were reminded within the last twelve hours.</summary>
    public bool Again { get; init; }
}
