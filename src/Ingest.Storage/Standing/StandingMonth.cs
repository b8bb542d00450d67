using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>A submission some value of which stands: its order key and its ledger row. There is one for every submission of the history: no object each.</summary>
public readonly record struct Source(OrderKey Key, long Sequence);

/// <summary>A value that stands, or a withdrawal that stands, and the submission it comes from.</summary>
public readonly record struct StandingValue(IndicatorCode Indicator, Figures Figures, Source Source);

/// <summary>
/// What stands for one unit and month: per indicator the value of the submission with the greatest order key. Any order
/// of arrival and any number of repetitions give the same. For one thread.
/// </summary>
public sealed class StandingMonth
{
    private readonly List<StandingValue> _values;
    private int _next;

    /// <param name="capacity">How many values it is likely to hold.</param>
    public StandingMonth(int capacity = 4) => _values = new(capacity);

    /// <param name="values">What stands, each indicator once. They become the month's own.</param>
    public StandingMonth(List<StandingValue> values) => _values = values;

    public IReadOnlyList<StandingValue> Values => _values;

    public Figures this[IndicatorCode indicator]
    {
        get
        {
            var index = IndexOf(indicator);
            return index < 0 ? default : _values[index].Figures;
        }
    }

    /// <summary>The submission that the value which stands comes from; null: none stands.</summary>
    public Source? SourceOf(IndicatorCode indicator) => IndexOf(indicator) is >= 0 and var index ? _values[index].Source : null;

    /// <summary>Sets a value if it is later than the one that stands.</summary>
    /// <returns>Whether it stands now and did not before.</returns>
    public bool Apply(IndicatorCode indicator, Figures figures, Source source)
    {
        var index = IndexOf(indicator);
        if (index < 0)
        {
            _values.Add(new(indicator, figures, source));
            return true;
        }

        if (source.Key.CompareTo(_values[index].Source.Key) <= 0)
        {
            return false;
        }

        _values[index] = new(indicator, figures, source);
        return true;
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
