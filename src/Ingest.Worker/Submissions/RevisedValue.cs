using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions.Checking;

namespace XilinIngest.Worker.Submissions;

/// <summary>A value of a submission beside what stands of it: what it does not name is as it was.</summary>
/// <param name="Sent">As submitted.</param>
/// <param name="Before">What stands.</param>
/// <param name="After">What would stand if nothing later did: what the checks look at.</param>
internal readonly record struct RevisedValue(SubmittedValue Sent, Figures Before, Figures After)
{
    public static RevisedValue Of(SubmittedValue sent, StandingMonth current)
    {
        var before = current[sent.Indicator.Code];
        return new(sent, before, before.With(sent.Figures, sent.Named));
    }

    /// <summary>What is missing to make it a report; null: nothing.</summary>
    public Finding? Missing => this switch
    {
        { Sent: { Withdrawn: true } or { IsReadable: false } } or { Sent.Named: FigureFields.None } => null,
        { Sent.Indicator.Kind: IndicatorKind.Rate } => FormChecks.IsRate(After) || HasBothParts ? null : BuiltIn.RateParts(Sent.Indicator),
        _ => After.Value is null ? BuiltIn.ValueMissing(Sent.Indicator) : null,
    };

    // The form checks have judged them.
    private bool HasBothParts => (Sent.Figures.Numerator is null) == (Sent.Figures.Denominator is null);
}
