namespace XilinIngest.Indicators;

/// <summary>
/// The effective figures of one unit and month without the submissions that set them: the checks of other months use them. Not safe for
/// concurrent use.
/// </summary>
public sealed class MonthFigures
{
    private static readonly Figures NotReported;
    private readonly (IndicatorCode Indicator, Figures Figures)[] _values;
    private int _last;

    /// <summary>Copies the figures that count.</summary>
    /// <param name="month">The effective month.</param>
    /// <param name="returned">The returned rows, whose figures do not count; null: there are none.</param>
    public MonthFigures(EffectiveMonth month, IReadOnlySet<long>? returned = null)
    {
        var values = month.Span;
        _values = new (IndicatorCode, Figures)[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            _values[i] = (values[i].Indicator, values[i].Counted(returned));
        }
    }

    public int Count => _values.Length;

    /// <summary>The figures of an indicator; without values if it was not reported.</summary>
    public ref readonly Figures this[IndicatorCode indicator]
    {
        get
        {
            // The search starts at the last hit, because callers ask for indicators in the same order in every month.
            var values = _values;
            for (var at = _last; at <= _last + 1 && at < values.Length; at++)
            {
                if (values[at].Indicator.IsSameObject(indicator))
                {
                    _last = at;
                    return ref values[at].Figures;
                }
            }

            for (var at = 0; at < values.Length; at++)
            {
                if (values[at].Indicator == indicator)
                {
                    _last = at;
                    return ref values[at].Figures;
                }
            }

            return ref NotReported;
        }
    }
}
