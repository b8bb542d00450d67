using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions.Checking;

namespace XilinIngest.Worker.Submissions;

/// <summary>A value of a submission beside what stands of it. What it does not name, and what a later submission has set, is as it was.</summary>
/// <param name="Sent">As submitted.</param>
/// <param name="Judged">The fields that would be as it says: those that no later submission has set, and a rate's per cent.</param>
/// <param name="Before">What counts now.</param>
/// <param name="Set">All that would be set then, also where it does not count.</param>
internal readonly record struct RevisedValue(SubmittedValue Sent, FigureFields Judged, Figures Before, Figures Set)
{
    /// <summary>What would count then: what the checks look at.</summary>
    public Figures After => Set.Effective();

    /// <param name="sent">The value.</param>
    /// <param name="current">What stands of its month.</param>
    /// <param name="key">The submission's place in the order.</param>
    public static RevisedValue Of(SubmittedValue sent, StandingMonth current, OrderKey key)
    {
        var code = sent.Indicator.Code;
        var won = current.SourcesOf(code).WonBy(sent.Kept, key);
        var judged = won == FigureFields.None ? FigureFields.None : won | (sent.Named & ~sent.Kept);
        return new(sent, judged, current[code], current.Set(code).With(sent.Figures, judged));
    }

    /// <summary>What is missing to make it a report; null: nothing.</summary>
    public Finding? Missing => this switch
    {
        { Sent: { Withdrawn: true } or { IsReadable: false } } or { Judged: FigureFields.None } => null,
        { Sent.Indicator.Kind: IndicatorKind.Rate } => FormChecks.IsRate(Set) || IsJudgedByItself ? null : BuiltIn.RateParts(Sent.Indicator),
        _ => Set.Value is null ? BuiltIn.ValueMissing(Sent.Indicator) : null,
    };

    // Both parts or none were sent, and none of them stands otherwise: the form checks have judged them.
    private bool IsJudgedByItself =>
        (Sent.Figures.Numerator is null) == (Sent.Figures.Denominator is null) && (Sent.Kept & ~Judged) == FigureFields.None;
}
