namespace XilinIngest.Indicators;

/// <summary>The figures of an indicator that stand, or a withdrawal that stands, and the submissions that set them.</summary>
public readonly record struct EffectiveValue(IndicatorCode Indicator, Figures Figures, FieldProvenance Provenance);

/// <summary>
/// What stands for one unit and month: of each field of an indicator the figure of the submission with the greatest order key.
/// Any order of arrival and any number of repetitions give the same. For one thread.
/// </summary>
public sealed class EffectiveMonth
{
    private readonly List<EffectiveValue> _values;
    private int _next;

    /// <param name="capacity">How many values it is likely to hold.</param>
    public EffectiveMonth(int capacity = 4) => _values = new(capacity);

    /// <param name="values">What stands, each indicator once. They become the month's own.</param>
    public EffectiveMonth(List<EffectiveValue> values) => _values = values;

    public IReadOnlyList<EffectiveValue> Values => _values;

    /// <summary>What counts of an indicator.</summary>
    public Figures this[IndicatorCode indicator] => StoredFigures(indicator).Effective();

    /// <summary>All figures that were set and not taken back, also where they do not count.</summary>
    public Figures StoredFigures(IndicatorCode indicator) => IndexOf(indicator) is >= 0 and var index ? _values[index].Figures : default;

    /// <summary>The submissions that set what stands; none of its fields is set where nothing ever was.</summary>
    public FieldProvenance ProvenanceOf(IndicatorCode indicator) => IndexOf(indicator) is >= 0 and var index ? _values[index].Provenance : default;

    /// <summary>Sets the fields that a submission names, but for those that a later one has set.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="figures">The submission's figures.</param>
    /// <param name="fields">The fields that it sets or takes back; all others stand as they are.</param>
    /// <param name="provenance">The submission.</param>
    /// <returns>The fields that are now as the submission says and were not set by it before; none: it came too late.</returns>
    public FigureFields Apply(IndicatorCode indicator, Figures figures, FigureFields fields, Provenance provenance)
    {
        var index = IndexOf(indicator);
        if (index < 0)
        {
            _values.Add(new(indicator, default(Figures).With(figures, fields), new(provenance, fields)));
            return fields;
        }

        var (_, current, sources) = _values[index];
        var won = sources.FieldsWonBy(fields, provenance.Key);
        if (won != FigureFields.None)
        {
            _values[index] = new(indicator, current.With(figures, won), sources.With(provenance, won));
        }

        return won;
    }

    // The values of a month are asked in the order in which they stand, month after month: look first where the last one was.
    private int IndexOf(IndicatorCode indicator)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            var at = _next + i < _values.Count ? _next + i : _next + i - _values.Count;
            if (_values[at].Indicator == indicator)
            {
                _next = at + 1 < _values.Count ? at + 1 : 0;
                return at;
            }
        }

        return -1;
    }
}
