namespace XilinIngest.Indicators;

/// <summary>
/// The effective figures of one unit and month without the submissions that set them: the checks of other months use them. Not safe for
/// concurrent use.
/// </summary>
public sealed class MonthFigures
{
    private readonly (IndicatorCode Indicator, Figures Figures)[] _values;
    private int _last;

    /// <summary>Copies the figures that count.</summary>
    public MonthFigures(EffectiveMonth month)
    {
        _values = new (IndicatorCode, Figures)[month.Values.Count];
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = (month.Values[i].Indicator, month.Values[i].Figures.Effective());
        }
    }

    public int Count => _values.Length;

    /// <summary>The figures of an indicator; without values if it was not reported.</summary>
    public Figures this[IndicatorCode indicator]
    {
        get
        {
            // The search starts at the last hit, because callers ask for indicators in the same order in every month.
            for (var i = 0; i < _values.Length; i++)
            {
                var at = _last + i < _values.Length ? _last + i : _last + i - _values.Length;
                if (_values[at].Indicator == indicator)
                {
                    _last = at;
                    return _values[at].Figures;
                }
            }

            return default;
        }
    }
}
