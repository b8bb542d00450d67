namespace XilinIngest.Contracts;

/// <summary>
/// Approves or returns a report (审核) that the ledger has taken. Sent to <see cref="Exchanges.Intake"/>, as a submission is, and answered
/// by one <see cref="SubmissionReceipt"/>: its unit is the one that reported, its revision 0. What a returned row set does not count until
/// a newer revision replaces it.
/// </summary>
public sealed record ReviewSubmission
{
    /// <summary>The row of the report in the ledger, from its receipt. This field says that the message is a review.</summary>
    public required long RowToReview { get; init; }

    /// <summary>The code of the unit that reported: a slip of the row's number is noticed by it.</summary>
    public required string Unit { get; init; }

    /// <summary>The month of the report, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary><c>approve</c> or <c>return</c>.</summary>
    public required ReviewDecision Decision { get; init; }

    /// <summary>The idempotency key. A repeated message with the same content gets the same receipt.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why, 5 to 500 characters. Required for returning; the office reads it.</summary>
    public string? Reason { get; init; }
}

/// <summary>An accepted review, as aggregators learn of it. Of several of a row, the one with the greatest row counts.</summary>
public sealed record AcceptedReview
{
    /// <summary>The row of the review in the ledger.</summary>
    public required long Sequence { get; init; }

    /// <summary>The row that it reviews.</summary>
    public required long Row { get; init; }

    /// <summary>The code of the unit that reported.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What it does.</summary>
    public required ReviewDecision Decision { get; init; }

    /// <summary>When the ledger received it, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The sender's name in the ledger.</summary>
    public required string By { get; init; }

    /// <summary>Why; absent where a report was approved without a reason.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// A report was approved or returned, also where no total changes by it: one message for each accepted review, in the order of the ledger.
/// To <see cref="Exchanges.Results"/>.
/// </summary>
public sealed record ReportReviewed
{
    /// <summary>The code of the unit that reported.</summary>
    public required string Unit { get; init; }

    /// <summary>The month of the report, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The row of the report in the ledger.</summary>
    public required long Row { get; init; }

    /// <summary><c>approve</c> or <c>return</c>.</summary>
    public required ReviewDecision Decision { get; init; }

    /// <summary>When the ledger received the review, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The reviewer's name in the ledger.</summary>
    public required string By { get; init; }

    /// <summary>Why; absent where a report was approved without a reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the cause; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>From 1, contiguous for the row of the report.</summary>
    public required int Version { get; init; }

    /// <summary>The row of the review in the ledger.</summary>
    public required IReadOnlyList<long> Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
