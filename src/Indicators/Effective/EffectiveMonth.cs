using System.Runtime.InteropServices;

namespace XilinIngest.Indicators;

/// <summary>The effective values of one unit and month. Not safe for concurrent use.</summary>
public sealed class EffectiveMonth
{
    private readonly List<EffectiveValue> _values;
    private int _last;

    /// <param name="capacity">The expected number of values.</param>
    public EffectiveMonth(int capacity = 4) => _values = new(capacity);

    /// <param name="values">The effective values, each indicator once. The month takes ownership of the list.</param>
    public EffectiveMonth(List<EffectiveValue> values) => _values = values;

    public IReadOnlyList<EffectiveValue> Values => _values;

    /// <summary>The values without an enumerator; valid until the month changes.</summary>
    public ReadOnlySpan<EffectiveValue> Span => CollectionsMarshal.AsSpan(_values);

    /// <summary>Removes all values, so that the object can be used for another month.</summary>
    public void Clear()
    {
        _values.Clear();
        _last = 0;
    }

    /// <summary>Makes room for a number of values.</summary>
    public void EnsureCapacity(int capacity) => _values.EnsureCapacity(capacity);

    /// <summary>Adds a value of an indicator that the month does not have yet.</summary>
    public void Add(EffectiveValue value) => _values.Add(value);

    /// <summary>The figures of an indicator that count.</summary>
    public Figures this[IndicatorCode indicator] => Find(indicator).Counted();

    /// <summary>All figures that were set and not taken back, also where they do not count.</summary>
    public Figures StoredFigures(IndicatorCode indicator) => IndexOf(indicator) is >= 0 and var index ? _values[index].Figures : default;

    /// <summary>The submissions that set the fields of an indicator; no field is set where nothing was ever submitted.</summary>
    public FieldProvenance ProvenanceOf(IndicatorCode indicator) =>
        IndexOf(indicator) is >= 0 and var index ? _values[index].Provenance : default;

    /// <summary>The effective value of an indicator; without fields where nothing was ever submitted.</summary>
    public EffectiveValue Find(IndicatorCode indicator) =>
        IndexOf(indicator) is >= 0 and var index ? _values[index] : new(indicator, default, default);

    /// <summary>Applies one value of a submission by the order rule: see <see cref="EffectiveValue.Apply"/>.</summary>
    /// <inheritdoc cref="Apply(IndicatorCode, Figures, FigureFields, Provenance, out EffectiveValue, out EffectiveValue)"/>
    public FigureFields Apply(IndicatorCode indicator, Figures figures, FigureFields fields, Provenance provenance) =>
        Apply(indicator, figures, fields, provenance, out _, out _);

    /// <summary>Applies one value of a submission by the order rule: see <see cref="EffectiveValue.Apply"/>.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="figures">The submission's figures.</param>
    /// <param name="fields">The fields that it sets or takes back; all others stay as they are.</param>
    /// <param name="provenance">The submission.</param>
    /// <param name="before">The value before.</param>
    /// <param name="after">The value afterwards.</param>
    /// <returns>
    /// The fields that took effect; empty if later submissions had set them all, or if this submission was applied before.
    /// </returns>
    public FigureFields Apply(
        IndicatorCode indicator, Figures figures, FigureFields fields, Provenance provenance, out EffectiveValue before,
        out EffectiveValue after)
    {
        var index = IndexOf(indicator);
        before = index < 0 ? new EffectiveValue(indicator, default, default) : _values[index];
        var won = before.Apply(figures, fields, provenance, out after);
        if (index < 0)
        {
            _values.Add(after);
        }
        else
        {
            _values[index] = after;
        }

        return won;
    }

    // The search starts at the last hit, because callers ask for the same indicator several times and for indicators in the same order.
    private int IndexOf(IndicatorCode indicator)
    {
        var values = CollectionsMarshal.AsSpan(_values);
        for (var at = _last; at <= _last + 1 && at < values.Length; at++)
        {
            if (values[at].Indicator.IsSameObject(indicator))
            {
                return _last = at;
            }
        }

        for (var at = 0; at < values.Length; at++)
        {
            if (values[at].Indicator == indicator)
            {
                return _last = at;
            }
        }

        return -1;
    }
}
