namespace XilinIngest.Indicators;

/// <summary>The effective figures of an indicator in a month, or its effective withdrawal, and the submissions that set them.</summary>
public readonly record struct EffectiveValue(IndicatorCode Indicator, Figures Figures, FieldProvenance Provenance)
{
    /// <summary>
    /// The order rule: of each field, the submission with the greatest order key counts. So any order of arrival and any number of
    /// repetitions give the same value.
    /// </summary>
    /// <param name="figures">The submission's figures.</param>
    /// <param name="fields">The fields that it sets or takes back; all others stay as they are.</param>
    /// <param name="provenance">The submission.</param>
    /// <param name="applied">The value afterwards.</param>
    /// <returns>The fields that took effect; none: later submissions had set them all, or this submission was applied before.</returns>
    public FigureFields Apply(Figures figures, FigureFields fields, Provenance provenance, out EffectiveValue applied)
    {
        var won = Provenance.FieldsWonBy(fields, provenance.Key);
        applied = won == FigureFields.None ? this : new(Indicator, Figures.With(figures, won), Provenance.With(provenance, won));
        return won;
    }
}
