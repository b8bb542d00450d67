using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Months;
using XilinIngest.Submissions.Reviews;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Submissions;

/// <summary>
/// A submission as it was read, with the findings so far. A submission with an error is refused, but still has its ledger row, its receipt
/// and its body.
/// </summary>
public sealed record Submission
{
    private DateTimeOffset? _submittedAt;

    /// <summary>The bytes as received; the ledger keeps them.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The catalogue that it was read and checked with; null if any catalogue is valid.</summary>
    public Catalogue? CheckedWith { get; set; }

    /// <summary>The idempotency key; empty where it is missing or malformed.</summary>
    public Guid Id { get; set; }

    /// <summary>The sender, which is authorised again if the catalogue has changed; null if no sender was checked.</summary>
    public SenderIdentity? Sender { get; set; }

    /// <summary>
    /// The id of its row if the sender has no right to <see cref="Id"/>; otherwise null. <see cref="LedgerId"/> covers an id that another
    /// unit has used.
    /// </summary>
    public Guid? AssignedId { get; set; }

    /// <summary>The maximum bytes of findings that are stored with it.</summary>
    public int FindingByteLimit { get; set; } = int.MaxValue;

    /// <summary>As sent, cut to 32 characters.</summary>
    public string UnitText { get; set; } = "";
    public string PeriodText { get; set; } = "";

    public Unit? Unit { get; set; }
    public Period? Period { get; set; }
    public int Revision { get; set; }

    /// <summary><c>default</c> if it is missing or malformed.</summary>
    public DateTimeOffset SubmittedAt
    {
        get => _submittedAt ?? default;
        set => _submittedAt = value;
    }

    /// <summary>Whether <see cref="SubmittedAt"/> was given. Its value cannot tell, because <c>default</c> is also a valid time.</summary>
    public bool HasSubmittedAt => _submittedAt is not null;

    public string? CorrectionReason { get; set; }

    /// <summary>Not null: the message closes or reopens its month, and has neither values nor a revision.</summary>
    public MonthRequest? MonthRequest { get; set; }

    /// <summary>Not null: the message reviews a report of its unit and month, and has neither values nor a revision.</summary>
    public ReviewRequest? ReviewRequest { get; set; }

    /// <summary>Whether it reports figures; false: it is a request about a month or a report.</summary>
    public bool IsReport => MonthRequest is null && ReviewRequest is null;

    public List<SubmittedValue> Values { get; init; } = [];
    public List<Explanation> Explanations { get; } = [];
    public FindingList Findings { get; } = [];

    public bool HasErrors => Findings.Any(finding => FindingSeverities.Refuses(finding.Severity));

    /// <summary>
    /// Whether the catalogue's rules apply: the unit and the month are known, and the sender may submit for the unit. A submission refused
    /// under an earlier catalogue is not read again, and the rules of the new one do not apply.
    /// </summary>
    public bool AllowsRuleChecks(Catalogue catalogue) =>
        IsReport && AssignedId is null && (CheckedWith is null || CheckedWith == catalogue)
        && Unit is { } unit && Period is { } period && unit.SpanIn(period) is not null && catalogue.WindowOf(period) is not null;

    /// <summary>The id of its ledger row, once it has one. It is <see cref="Id"/> unless another unit has used that id.</summary>
    public Guid? LedgerId { get; set; }

    public OrderKey OrderKey => OrderKey.Create(Revision, SubmittedAt, LedgerId ?? Id);
}

/// <summary>One value of a submission.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Figures">The figures that the submission gives.</param>
/// <param name="ChangedFields">The fields that the submission gives or takes back. All others are unchanged.</param>
/// <param name="IsReadable">False if a field could not be read; a figure that was sent may then be absent.</param>
public readonly record struct SubmittedValue(Indicator Indicator, Figures Figures, FigureFields ChangedFields, bool IsReadable = true)
{
    /// <summary>Whether the indicator is withdrawn with all its figures.</summary>
    public bool IsWithdrawn => ChangedFields == FigureFields.All && Figures == default;

    /// <summary>The fields to be stored, without those that others determine, such as a rate's per cent.</summary>
    public FigureFields StoredFields => IsWithdrawn ? ChangedFields : ChangedFields & ~Indicator.Kind.DerivedFields;
}
