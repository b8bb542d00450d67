namespace XilinIngest.Contracts;

/// <summary>
/// Closes a month (关账) for the whole tree of units. Sent to <see cref="Exchanges.Intake"/>, as a submission is, and answered by one
/// <see cref="SubmissionReceipt"/>: its unit is the root of the tree, its revision 0. After it, a submission of the month needs a reason.
/// </summary>
public sealed record CloseMonth
{
    /// <summary>The month, <c>yyyy-MM</c>. This field says that the message is a closing.</summary>
    public required string MonthToClose { get; init; }

    /// <summary>The idempotency key. A repeated message with the same content gets the same receipt.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why, 5 to 500 characters. Required where units have not reported.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Reopens a month (重开) that was closed or locked. Sent and answered as <see cref="CloseMonth"/>. After it, submissions of the month are
/// taken as before it closed, until it is closed again.
/// </summary>
public sealed record ReopenMonth
{
    /// <summary>The month, <c>yyyy-MM</c>. This field says that the message is a reopening.</summary>
    public required string MonthToReopen { get; init; }

    /// <summary>The idempotency key. A repeated message with the same content gets the same receipt.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why, 5 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When it closes again by itself, with offset; absent: when it is closed again.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>An accepted closing or reopening, as aggregators learn of it. Of several of a month, the greatest row counts.</summary>
public sealed record AcceptedMonthChange
{
    /// <summary>The row in the ledger.</summary>
    public required long Sequence { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What it does.</summary>
    public required MonthTransition Transition { get; init; }

    /// <summary>When the ledger received it, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The sender's name in the ledger.</summary>
    public required string By { get; init; }

    /// <summary>Why; absent where a month was closed with all reports and no reason was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When a reopened month closes again by itself; absent: when it is closed again.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// A month was closed or reopened, also where no total changes by it: one message for each accepted closing or reopening, in the order of
/// the ledger. A month that closes or locks by its date has none. To <see cref="Exchanges.Results"/>.
/// </summary>
public sealed record MonthChanged
{
    /// <summary>The code of the topmost unit: a month is closed for the whole tree.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary><c>closed</c> or <c>reopened</c>.</summary>
    public required MonthTransition Transition { get; init; }

    /// <summary>When the ledger received it, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When a reopened month closes again by itself; absent: when it is closed again.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The sender's name in the ledger; absent in the live feed of a reader who may not read it.</summary>
    public string? By { get; init; }

    /// <summary>Why; absent where a month was closed with all reports and no reason was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the cause; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>From 1, contiguous for the month.</summary>
    public required int Version { get; init; }

    /// <summary>The row of the closing or reopening in the ledger.</summary>
    public required IReadOnlyList<long> Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
