using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Revisions;

/// <summary>A value of a submission beside what stands of it. What it does not name, and what a later submission has set, is as it was.</summary>
/// <param name="Submitted">As submitted.</param>
/// <param name="EffectiveFields">The fields that would be as it says: those that no later submission has set, and a rate's per cent.</param>
/// <param name="Before">What counts now.</param>
/// <param name="Stored">All that would be set then, also where it does not count.</param>
public readonly record struct RevisedValue(SubmittedValue Submitted, FigureFields EffectiveFields, Figures Before, Figures Stored)
{
    /// <summary>What would count then: what the checks look at.</summary>
    public Figures After => Stored.Effective();

    /// <param name="sent">The value.</param>
    /// <param name="current">What stands of its month.</param>
    /// <param name="key">The submission's place in the order.</param>
    public static RevisedValue Create(SubmittedValue sent, EffectiveMonth current, OrderKey key)
    {
        var code = sent.Indicator.Code;
        var won = current.ProvenanceOf(code).FieldsWonBy(sent.StoredFields, key);
        var judged = won == FigureFields.None ? FigureFields.None : won | (sent.ChangedFields & ~sent.StoredFields);
        return new(sent, judged, current[code], current.StoredFigures(code).With(sent.Figures, judged));
    }

    /// <summary>What is missing to make it a report; null: nothing.</summary>
    public Finding? Missing => this switch
    {
        { Submitted: { IsWithdrawn: true } or { IsReadable: false } } or { EffectiveFields: FigureFields.None } => null,
        { Submitted.Indicator.Kind: IndicatorKind.Rate } => FormChecks.HasRateParts(Stored) || IsCheckedByForm ? null : BuiltInFindings.RatePartsIncomplete(Submitted.Indicator),
        _ => Stored.Value is null ? BuiltInFindings.ValueMissing(Submitted.Indicator) : null,
    };

    // Both parts or none were sent, and none of them stands otherwise: the form checks have judged them.
    private bool IsCheckedByForm =>
        (Submitted.Figures.Numerator is null) == (Submitted.Figures.Denominator is null) && (Submitted.StoredFields & ~EffectiveFields) == FigureFields.None;
}
