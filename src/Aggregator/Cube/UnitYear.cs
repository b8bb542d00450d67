using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// What stands of one reporting unit in one year: a cell per indicator and month, in one array, because there are ten
/// million of them. The few values that carry more than the month's figure keep the rest aside.
/// </summary>
internal sealed class UnitYear
{
    private readonly List<short> _indicators = [];
    private readonly List<Source> _sources = [];
    private Cell[] _cells = [];
    private Dictionary<int, Figures>? _withMore;

    /// <summary>Catalogue orders of the indicators that have cells.</summary>
    public IReadOnlyList<short> Indicators => _indicators;

    /// <summary>Sets a value if it is later than the one that stands.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Apply(int indicator, int month, Figures figures, Source source)
    {
        var at = CellOf(indicator, month, add: true);
        var before = _cells[at].Source;
        if (before > 0 && source.Key.CompareTo(_sources[before - 1].Key) <= 0)
        {
            return false;
        }

        var more = figures.HasMore;
        if (more)
        {
            (_withMore ??= [])[at] = figures;
        }
        else
        {
            _withMore?.Remove(at);
        }

        _cells[at] = new Cell { Value = figures.Value ?? 0, Has = figures.Value is not null, More = more, Source = IndexOf(source) };
        return true;
    }

    /// <summary>The twelve months of an indicator.</summary>
    public void CopyTo(int indicator, Span<Figures> twelve)
    {
        var at = CellOf(indicator, 1, add: false);
        if (at < 0)
        {
            twelve.Clear();
            return;
        }

        for (var month = 0; month < 12; month++)
        {
            twelve[month] = FiguresAt(at + month);
        }
    }

    /// <summary>The submission whose value, or withdrawal, stands for an indicator and month.</summary>
    public Source? SourceOf(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at >= 0 && _cells[at].Source > 0 ? _sources[_cells[at].Source - 1] : null;
    }

    public Figures FiguresOf(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at < 0 ? default : FiguresAt(at);
    }

    /// <summary>All that stands of a month, for the store.</summary>
    public StandingMonth ToStandingMonth(int month, IReadOnlyList<Indicator> catalogue)
    {
        var standing = new StandingMonth(_indicators.Count);
        foreach (var indicator in _indicators)
        {
            if (SourceOf(indicator, month) is { } source)
            {
                standing.Apply(catalogue[indicator].Code, FiguresOf(indicator, month), source);
            }
        }

        return standing;
    }

    private Figures FiguresAt(int at)
    {
        ref readonly var cell = ref _cells[at];
        return cell.More ? _withMore![at] : cell.Has ? new Figures(cell.Value) : default;
    }

    private int CellOf(int indicator, int month, bool add)
    {
        var slot = _indicators.IndexOf((short)indicator);
        if (slot < 0)
        {
            if (!add)
            {
                return -1;
            }

            slot = _indicators.Count;
            _indicators.Add((short)indicator);
            if (_cells.Length < _indicators.Count * 12)
            {
                Array.Resize(ref _cells, Math.Max(4, _indicators.Count + slot / 2) * 12);
            }
        }

        return slot * 12 + month - 1;
    }

    private ushort IndexOf(Source source)
    {
        // The values of a submission come one after the other: the last source is nearly always the one.
        for (var i = _sources.Count - 1; i >= 0; i--)
        {
            if (_sources[i].Sequence == source.Sequence)
            {
                return (ushort)(i + 1);
            }
        }

        if (_sources.Count == ushort.MaxValue)
        {
            Compact();
        }

        _sources.Add(source);
        return (ushort)_sources.Count;
    }

    // Sixty-five thousand revisions of one unit's year: drop those of which nothing stands.
    private void Compact()
    {
        var standing = _cells.Where(cell => cell.Source > 0).Select(cell => cell.Source).Distinct().Order().ToList();
        var kept = standing.Select(index => _sources[index - 1]).ToList();
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i].Source > 0)
            {
                _cells[i].Source = (ushort)(standing.BinarySearch(_cells[i].Source) + 1);
            }
        }

        _sources.Clear();
        _sources.AddRange(kept);
    }

    private struct Cell
    {
        public decimal Value;
        public ushort Source;
        public bool Has;
        public bool More;
    }
}
