using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Revisions;

/// <summary>
/// A value of a submission and the effective value that it would change. Fields that it does not name or that a later submission has set
/// are unchanged.
/// </summary>
/// <param name="Submitted">As submitted.</param>
/// <param name="EffectiveFields">The fields that would take effect: those that no later submission has set, and a rate's per cent.</param>
/// <param name="Before">The figures that count now.</param>
/// <param name="Stored">The figures that would be stored, including those that do not count for lack of the month's value.</param>
/// <param name="After">The figures that would count; the checks apply to them.</param>
/// <param name="IsOfHistory">Whether its month is history, which a year-to-date alone may open.</param>
public readonly record struct RevisedValue(
    SubmittedValue Submitted, FigureFields EffectiveFields, Figures Before, Figures Stored, Figures After, bool IsOfHistory)
{

    /// <param name="sent">The value.</param>
    /// <param name="current">The effective month.</param>
    /// <param name="key">The submission's order key.</param>
    /// <param name="returned">The returned rows, whose figures do not count; null: there are none.</param>
    /// <param name="isOfHistory">Whether its month is history.</param>
    public static RevisedValue Create(
        in SubmittedValue sent, EffectiveMonth current, in OrderKey key, IReadOnlySet<long>? returned = null, bool isOfHistory = false)
    {
        var effective = current.Find(sent.Indicator.Code);
        var won = effective.Provenance.FieldsWonBy(sent.StoredFields, key);
        var judged = won == FigureFields.None ? FigureFields.None : won | (sent.ChangedFields & ~sent.StoredFields);
        var before = effective.FiguresWithout(returned);
        var (stored, isGiven) = (before.With(sent.Figures, judged), effective.Figures.Value is not null);
        var willBeGiven = (judged & FigureFields.Value) == 0 ? isGiven : sent.Figures.Value is not null;
        return new(sent, judged, before.Effective(isGiven), stored, stored.Effective(willBeGiven), isOfHistory);
    }

    /// <summary>The finding that the value is incomplete; null if it is complete.</summary>
    public Finding? Missing => this switch
    {
        { Submitted: { IsWithdrawn: true } or { IsReadable: false } } or { EffectiveFields: FigureFields.None } => null,
        { IsOfHistory: true, After.YearToDate: not null } => null,
        _ when TakesOpeningBack => null,
        _ when Submitted.Indicator.Kind.IsReport(Stored) => IsDateOfNoStage ? BuiltInFindings.DateWithoutStage(Submitted.Indicator) : null,
        { Submitted.Indicator.Kind.IsRatio: true } => IsCheckedByForm ? null : BuiltInFindings.RatePartsIncomplete(Submitted.Indicator),
        _ => BuiltInFindings.ValueMissing(Submitted.Indicator),
    };

    // The year-to-date was all that the month had.
    private bool TakesOpeningBack => IsOfHistory && Before.YearToDate is not null
        && Stored.PresentFields == FigureFields.None && Submitted.Figures.PresentFields == FigureFields.None;

    // A date alone corrects the date of the effective stage. The form checks judge a date that comes with a value.
    private bool IsDateOfNoStage => Submitted.Figures is { Value: null, Date: not null } && Stored is { Value: 0 };

    // If both parts or neither were sent, and no later submission has set one, the form checks have judged them.
    private bool IsCheckedByForm =>
        (Submitted.Figures.Numerator is null) == (Submitted.Figures.Denominator is null)
        && (Submitted.StoredFields & ~EffectiveFields) == FigureFields.None;
}
