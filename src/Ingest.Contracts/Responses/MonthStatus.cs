namespace XilinIngest.Contracts.Responses;

/// <summary>A month of the calendar and its state.</summary>
/// <param name="Period">The month.</param>
/// <param name="State">The state.</param>
/// <param name="Opens">From when submissions are taken.</param>
/// <param name="Deadline">When reports are due; null: the month is history, which is backfilled until it closes.</param>
/// <param name="Closes">When only corrections with a reason are taken; null: when it is closed again.</param>
/// <param name="Locks">When nothing is taken; null: the month does not lock while it is reopened without a date.</param>
/// <param name="IsFinal">
/// Whether the month is closed or locked and every report that is reviewed is approved: its complete totals are final, and it has a
/// release.
/// </param>
/// <param name="History">The closings and reopenings, oldest first.</param>
public sealed record MonthStatus(
    string Period, MonthStateName State, DateTimeOffset Opens, DateTimeOffset? Deadline, DateTimeOffset? Closes, DateTimeOffset? Locks,
    bool IsFinal, IReadOnlyList<MonthHistoryEntry> History)
{
    /// <summary>How many units' reports a closed or locked month waits for before it is final and released.</summary>
    public int WaitsForCount { get; init; }

    /// <summary>The first 50 of them, in the order of the catalogue.</summary>
    public IReadOnlyList<UnapprovedReport> WaitsFor { get; init; } = [];
}

/// <summary>A report that keeps a closed or locked month from being final.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Period">The month of the report: the first of the year that is not approved.</param>
/// <param name="State">Whether it waits for a review or was returned.</param>
public sealed record UnapprovedReport(string Unit, string NameZh, string NameEn, string Period, ReviewStateName State);

/// <summary>A closing or reopening of a month.</summary>
/// <param name="Sequence">Its row in the ledger.</param>
/// <param name="Transition">What it did.</param>
/// <param name="At">When the ledger received it, UTC.</param>
/// <param name="Until">When the reopened month closes again by itself; null: when it is closed again.</param>
/// <param name="By">The sender's name; null: the caller may not read it.</param>
/// <param name="Reason">Why; null: none was given.</param>
public sealed record MonthHistoryEntry(
    long Sequence, MonthTransition Transition, DateTimeOffset At, DateTimeOffset? Until, string? By, string? Reason);

/// <summary>The body of a request to close or to reopen a month.</summary>
public sealed record MonthChangeRequest
{
    /// <summary>The idempotency key: the same request sent again gets the same receipt.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why, 5 to 500 characters. Required for reopening, and for closing while units have not reported.</summary>
    public string? Reason { get; init; }

    /// <summary>For reopening: when the month closes again by itself; null: when it is closed again.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The state of a month.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnumConverter<MonthStateName>))]
public enum MonthStateName
{
    /// <summary>It has not opened yet.</summary>
    NotOpen,

    /// <summary>Submissions are taken.</summary>
    Open,

    /// <summary>Submissions are taken again, by a message.</summary>
    Reopened,

    /// <summary>Only corrections with a reason are taken.</summary>
    Closed,

    /// <summary>Nothing is taken.</summary>
    Locked,
}
