namespace XilinIngest.Indicators;

/// <summary>What a reminder is: to each unit that is late, or one list of them all.</summary>
public enum ReminderKind
{
    /// <summary>One message to each unit, of what it has not reported.</summary>
    Unit,

    /// <summary>One message to the people of the rule's unit: who at or below it has not reported (汇总).</summary>
    Digest,
}

/// <summary>When units are reminded of what they have not reported, and whom a message goes to: a row of <c>reminders.csv</c>.</summary>
public sealed record ReminderRule
{
    /// <summary>Lower-case letters, digits and hyphens. What was sent is remembered under it.</summary>
    public required string Name { get; init; }

    public ReminderKind Kind { get; init; }

    /// <summary>The unit whose reports, and those below it, are meant; null: all units. A digest always has one.</summary>
    public UnitCode? Unit { get; init; }

    /// <summary>Days after the day of the deadline; negative: before it.</summary>
    public int Offset { get; init; }

    /// <summary>The time of that day, in China.</summary>
    public TimeOnly Time { get; init; }

    /// <summary>Who of the unit gets the message.</summary>
    public IReadOnlyList<ContactRole> Roles { get; init; } = [];

    /// <summary>Addresses that get a digest by mail.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The name of the channel in the settings; null: that of each contact.</summary>
    public string? Channel { get; init; }

    public bool English { get; init; }

    /// <summary>When nothing is sent.</summary>
    public SendingHours Hours { get; init; } = SendingHours.Always;
}
