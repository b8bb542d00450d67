namespace XilinIngest.Contracts.Responses;

/// <summary>The reviews of a month (审核): whose reports wait for a review, were approved or were returned.</summary>
/// <param name="Unit">The unit at and below which they are.</param>
/// <param name="Period">The month.</param>
/// <param name="Approved">n of "n of m approved": units whose whole report is approved.</param>
/// <param name="ToApprove">m: units from which a report is due that is reviewed.</param>
/// <param name="Reports">Units that have reported something that is reviewed, in catalogue order.</param>
public sealed record MonthReviews(
    string Unit, string Period, int Approved, int ToApprove, IReadOnlyList<ReviewedReport> Reports);

/// <summary>The report of a unit and month, which consists of the rows that its figures come from.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Reviewer">The unit that reviews.</param>
/// <param name="State">The state of the whole report: returned if a row of it is, else waiting if one waits.</param>
/// <param name="Rows">The rows, oldest first.</param>
public sealed record ReviewedReport(
    string Unit, string NameZh, string NameEn, string Reviewer, ReviewStateName State, IReadOnlyList<ReviewedRow> Rows);

/// <summary>A row of a report and its review.</summary>
/// <param name="Sequence">The row in the ledger.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="State">Its state.</param>
/// <param name="Review">The review that counts; null: it waits, or the caller may not read it.</param>
public sealed record ReviewedRow(long Sequence, int Revision, ReviewStateName State, ReviewEntry? Review);

/// <summary>A review of a row.</summary>
/// <param name="Sequence">Its own row in the ledger.</param>
/// <param name="At">When the ledger received it, UTC.</param>
/// <param name="By">The sender's name; null: the caller may not read it.</param>
/// <param name="Reason">Why; null: none was given.</param>
public sealed record ReviewEntry(long Sequence, DateTimeOffset At, string? By, string? Reason);

/// <summary>A review that a number changed by.</summary>
/// <param name="Sequence">Its own row in the ledger.</param>
/// <param name="Row">The row of the report that it approved or returned.</param>
/// <param name="Unit">The unit that reported.</param>
/// <param name="Period">The month of the report.</param>
/// <param name="Decision">What it decided.</param>
/// <param name="At">When the ledger received it, UTC.</param>
/// <param name="By">The reviewer's name; null: the caller may not read it.</param>
/// <param name="Reason">Why; null: none was given, or the caller may not read it.</param>
public sealed record CausingReview(
    long Sequence, long Row, string Unit, string Period, ReviewDecision Decision, DateTimeOffset At, string? By, string? Reason);

/// <summary>The body of a request to review a row.</summary>
public sealed record ReviewRequestBody
{
    /// <summary>The code of the unit that reported.</summary>
    public required string Unit { get; init; }

    /// <summary>The month of the report.</summary>
    public required string Period { get; init; }

    /// <summary>What to do with it.</summary>
    public required ReviewDecision Decision { get; init; }

    /// <summary>The idempotency key: the same request sent again gets the same receipt.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why, 5 to 500 characters. Required for returning.</summary>
    public string? Reason { get; init; }
}

/// <summary>The state of a report that is reviewed.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnumConverter<ReviewStateName>))]
public enum ReviewStateName
{
    /// <summary>No one has reviewed it (待审).</summary>
    Waiting,

    /// <summary>It is approved (审核通过).</summary>
    Approved,

    /// <summary>It is returned, and its figures do not count (审核退回).</summary>
    Returned,
}
