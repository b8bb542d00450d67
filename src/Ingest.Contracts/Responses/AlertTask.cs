namespace XilinIngest.Contracts.Responses;

/// <summary>The task of an alert (督办): who has taken it, what is to be done, and until when.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Year">The year of the alert.</param>
/// <param name="Number">Tells the tasks of an alert apart: one that comes again gets another task with a larger number.</param>
/// <param name="State">Whether someone has it, has given it back, or the alert was cleared.</param>
/// <param name="Assignee">Who has it, or had it when it was done; null: no one, or the caller may not read it.</param>
/// <param name="Note">What is to be done; null: no note.</param>
/// <param name="Due">The day until which it is to be done, in China; null: none.</param>
/// <param name="IsOverdue">Whether someone has it and the day has passed.</param>
/// <param name="History">What happened, oldest first.</param>
public sealed record AlertTask(
    string Unit, string Indicator, int Year, long Number, AlertTaskState State, string? Assignee, string? Note, DateOnly? Due,
    bool IsOverdue, IReadOnlyList<AlertTaskEvent> History);

/// <summary>Something that happened to the task of an alert, and how the task stood after it.</summary>
/// <param name="Action">What.</param>
/// <param name="At">When; UTC.</param>
/// <param name="By">Who did it; null: no one, or the caller may not read it.</param>
/// <param name="Assignee">Who had it then; null: no one, or the caller may not read it.</param>
/// <param name="Note">The note then; null: none.</param>
/// <param name="Due">The date then; null: none.</param>
public sealed record AlertTaskEvent(AlertTaskAction Action, DateTimeOffset At, string? By, string? Assignee, string? Note, DateOnly? Due);

/// <summary>The body of a request about the task of an alert.</summary>
public sealed record AlertTaskRequest
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The year of the alert.</summary>
    public required int Year { get; init; }

    /// <summary>Who is to have it, at most 100 characters: required for handing over; for taking, null is the caller.</summary>
    public string? Assignee { get; init; }

    /// <summary>What is to be done, at most 500 characters; null: as it was; empty: none.</summary>
    public string? Note { get; init; }

    /// <summary>Until which day, today or at most 366 days ahead, in China; null: as it was.</summary>
    public DateOnly? Due { get; init; }
}

/// <summary>The state of a task.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnumConverter<AlertTaskState>))]
public enum AlertTaskState
{
    /// <summary>Someone has it.</summary>
    Taken,

    /// <summary>It was given back, and no one has it.</summary>
    GivenBack,

    /// <summary>The alert was cleared.</summary>
    Done,
}

/// <summary>What happened to a task.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnumConverter<AlertTaskAction>))]
public enum AlertTaskAction
{
    /// <summary>Someone took it.</summary>
    Taken,

    /// <summary>Its note or its date was changed.</summary>
    Noted,

    /// <summary>It was handed over to someone else.</summary>
    HandedOver,

    /// <summary>It was given back.</summary>
    GivenBack,

    /// <summary>The alert was cleared.</summary>
    Done,
}
