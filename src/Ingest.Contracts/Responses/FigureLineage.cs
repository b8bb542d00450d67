namespace XilinIngest.Contracts.Responses;

/// <summary>The values of reporting units from which a number is computed, each with its submission.</summary>
/// <param name="Unit">The unit of the number.</param>
/// <param name="Indicator">Its indicator.</param>
/// <param name="Period">Its month.</param>
/// <param name="YearToDate">The number, exact.</param>
/// <param name="Count">How many values there are in all.</param>
/// <param name="Parts">One page of them, in order of unit and month.</param>
public sealed record FigureLineage(
    string Unit, string Indicator, string Period, decimal? YearToDate, int Count, IReadOnlyList<LineagePart> Parts)
{
    /// <summary>The reports that were returned (退回) and not replaced, whose figures would be in the number: at most 100.</summary>
    public IReadOnlyList<CausingReview> Returned { get; init; } = [];
}

/// <summary>One value.</summary>
/// <param name="Unit">The unit that reported it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Period">The month it was reported for.</param>
/// <param name="Role"><c>current</c> or <c>base</c>: this year's, or last year's as recorded.</param>
/// <param name="Value">The month's value; null if withdrawn, and of an opening position, which has a year-to-date alone.</param>
/// <param name="YearToDate">1—本月, if the submission carries it.</param>
/// <param name="LastYear">上年同期, if the submission carries it.</param>
/// <param name="Numerator">For a rate.</param>
/// <param name="Denominator">For a rate.</param>
/// <param name="Sequence">The ledger row: <c>/api/submissions/{sequence}</c> has the sender, the body and the hash.</param>
/// <param name="SubmissionId">Its id.</param>
/// <param name="Revision">Its revision.</param>
public sealed record LineagePart(
    string Unit, string Name, string Period, LineageRole Role, decimal? Value, decimal? YearToDate, decimal? LastYear,
    decimal? Numerator, decimal? Denominator, long Sequence, Guid SubmissionId, int Revision)
{
    /// <summary>Since when the value has held, if the submission carries it.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The path of the partition whose ledger has the row; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>Whether the month is history (补录): it came in under a window without a deadline.</summary>
    public bool IsBackfilled { get; init; }
}
