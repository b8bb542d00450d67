namespace XilinIngest.Indicators;

/// <summary>The effective figures of an indicator in a month, or its effective withdrawal, and the submissions that set them.</summary>
public readonly record struct EffectiveValue(IndicatorCode Indicator, Figures Figures, FieldProvenance Provenance)
{
    /// <summary>The figures without those that returned rows set: a returned report stops counting until it is replaced.</summary>
    /// <param name="returned">The returned rows; null: there are none.</param>
    public Figures FiguresWithout(IReadOnlySet<long>? returned) => returned is not { Count: > 0 }
        ? Figures : Figures.With(default, Provenance.FieldsOf(returned));

    /// <summary>The figures that count.</summary>
    /// <param name="returned">The returned rows, whose figures do not count; null: there are none.</param>
    public Figures Counted(IReadOnlySet<long>? returned = null) => FiguresWithout(returned).Effective(Figures.Value is not null);

    /// <summary>
    /// Applies the order rule: for each field, the submission with the greatest order key wins. The result does not depend on the order of
    /// arrival or on repetitions.
    /// </summary>
    /// <param name="figures">The submission's figures.</param>
    /// <param name="fields">The fields that it sets or takes back; all others stay as they are.</param>
    /// <param name="provenance">The submission.</param>
    /// <param name="applied">The value afterwards.</param>
    /// <returns>
    /// The fields that took effect; empty if later submissions had set them all, or if this submission was applied before.
    /// </returns>
    public FigureFields Apply(Figures figures, FigureFields fields, Provenance provenance, out EffectiveValue applied)
    {
        var won = Provenance.FieldsWonBy(fields, provenance.Key);
        applied = won == FigureFields.None ? this : new(Indicator, Figures.With(figures, won), Provenance.With(provenance, won));
        return won;
    }
}
