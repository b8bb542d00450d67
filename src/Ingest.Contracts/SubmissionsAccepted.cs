using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>
/// One commit batch of the ledger, a part of a replay, or a row that its sender submitted again. Covers the rows <see cref="FromSequence"/>
/// to <see cref="ToSequence"/> without a gap; only the accepted ones carry values. Published to <see cref="Exchanges.Accepted"/>. A pack
/// without rows marks the end of the ledger; it is the last pack of every replay to the end. If its <see cref="ToSequence"/> is below the
/// row before <see cref="FromSequence"/>, the ledger ends before the requested row.
/// </summary>
public sealed record SubmissionsAccepted
{
    /// <summary>The first row covered, from 1.</summary>
    public required long FromSequence { get; init; }

    /// <summary>The last row covered, inclusive; below <see cref="FromSequence"/> if no row is covered.</summary>
    public required long ToSequence { get; init; }

    /// <summary>
    /// The leaf hash of the row before <see cref="FromSequence"/>, lower-case hex. A reader uses it to check whether these rows follow the
    /// rows it has, or other rows with the same numbers. Absent before row 1, and if it is not known.
    /// </summary>
    public string? PreviousLeafHash { get; init; }

    /// <summary>The leaf hash of the row <see cref="ToSequence"/>, lower-case hex. Absent if no row is covered.</summary>
    public string? LastLeafHash { get; init; }

    /// <summary>
    /// The newest row of the ledger; present with a row that was submitted again. A reader that has this row, with the hash
    /// <see cref="NewestLeafHash"/>, also has the resent row and needs no replay.
    /// </summary>
    public long? NewestSequence { get; init; }

    /// <summary>The leaf hash of the row <see cref="NewestSequence"/>, lower-case hex.</summary>
    public string? NewestLeafHash { get; init; }

    /// <summary>
    /// The signed checkpoint over the rows through <see cref="ToSequence"/>; present in the last pack of a commit batch, in one that is
    /// sent again and has the newest row, and in the one that ends a replay. A release carries it.
    /// </summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>
    /// The path of the partition whose ledger the rows are of; absent where one ledger has the whole tree. The pack is then published to
    /// <see cref="Exchanges.AcceptedOf"/> that path.
    /// </summary>
    public string? Partition { get; init; }

    /// <summary>The accepted submissions of the rows, in order of sequence.</summary>
    public required IReadOnlyList<AcceptedSubmission> Submissions { get; init; }

    /// <summary>The accepted closings and reopenings of months among the rows, in order of sequence; absent if there are none.</summary>
    public IReadOnlyList<AcceptedMonthChange>? MonthChanges { get; init; }

    /// <summary>The accepted reviews of reports among the rows, in order of sequence; absent if there are none.</summary>
    public IReadOnlyList<AcceptedReview>? Reviews { get; init; }
}

/// <summary>An accepted submission. Totals are computed from these.</summary>
[JsonConverter(typeof(AcceptedSubmissionConverter))]
public sealed record AcceptedSubmission
{
    /// <summary>The row in the ledger.</summary>
    public required long Sequence { get; init; }

    /// <summary>The ledger's id of the submission.</summary>
    public required Guid SubmissionId { get; init; }

    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>First part of the order key. A later submission replaces the values of an earlier one.</summary>
    public required int Revision { get; init; }

    /// <summary>Second part of the order key; the id is the third.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The values named, canonical units.</summary>
    public required IReadOnlyList<AcceptedValue> Values { get; init; }
}

/// <summary>One value of an accepted submission, in the canonical unit. See <see cref="IndicatorValue"/> for the figures.</summary>
/// <remarks>Nearly all values have only the month's value. The other fields are in a separate object, so that a value is small.</remarks>
[JsonConverter(typeof(AcceptedValueConverter))]
public sealed record AcceptedValue
{
    private readonly decimal _value;
    private readonly bool _hasValue;
    private readonly RareFields? _rareFields;

    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>True if the indicator is withdrawn with all its figures, which are then absent.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>
    /// Single figures that are taken back, of <see cref="FigureNames"/>; figures that are neither given nor named here are unchanged.
    /// </summary>
    public IReadOnlyList<string>? WithdrawnFigures
    {
        get => _rareFields?.WithdrawnFigures;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { WithdrawnFigures = value }).NullIfEmpty;
    }

    /// <summary>The month's value; absent for a rate and for a withdrawal.</summary>
    public decimal? Value
    {
        get => _hasValue ? _value : null;
        init => (_value, _hasValue) = (value ?? 0, value is not null);
    }

    /// <summary>1—本月, if given.</summary>
    public decimal? YearToDate
    {
        get => _rareFields?.YearToDate;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { YearToDate = value }).NullIfEmpty;
    }

    /// <summary>上年同期, if given.</summary>
    public decimal? LastYear
    {
        get => _rareFields?.LastYear;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { LastYear = value }).NullIfEmpty;
    }

    /// <summary>The numerator, for a rate.</summary>
    public decimal? Numerator
    {
        get => _rareFields?.Numerator;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { Numerator = value }).NullIfEmpty;
    }

    /// <summary>The denominator, for a rate.</summary>
    public decimal? Denominator
    {
        get => _rareFields?.Denominator;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { Denominator = value }).NullIfEmpty;
    }

    /// <summary>Since when the value has held, for a milestone and a yes/no.</summary>
    public DateOnly? Date
    {
        get => _rareFields?.Date;
        init => _rareFields = value is null && !HasRareFields ? null : (OtherFields with { Date = value }).NullIfEmpty;
    }

    internal bool HasRareFields => _rareFields is not null;

    private RareFields OtherFields => _rareFields ?? RareFields.Empty;

    private sealed record RareFields(
        IReadOnlyList<string>? WithdrawnFigures, decimal? YearToDate, decimal? LastYear, decimal? Numerator, decimal? Denominator,
        DateOnly? Date)
    {
        public static readonly RareFields Empty = new(null, null, null, null, null, null);

        public RareFields? NullIfEmpty => this == Empty ? null : this;
    }
}

/// <summary>
/// Asks the ledger to publish its rows again from a sequence on. A reader closes a gap in this way. Sent to <see cref="Exchanges.Replay"/>.
/// </summary>
public sealed record ReplayAccepted
{
    /// <summary>The first row wanted, from 1.</summary>
    public required long FromSequence { get; init; }

    /// <summary>The last row wanted; null for the end of the ledger at the time of the replay.</summary>
    public long? ToSequence { get; init; }

    /// <summary>The path of the partition whose ledger is asked; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }
}
