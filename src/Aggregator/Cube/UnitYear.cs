using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// What stands of one reporting unit in one year: a cell per indicator and month, in one array, because there are ten
/// million of them. The few values that carry more than the month's figure, a figure of twenty digits, or fields of several
/// submissions stand aside.
/// </summary>
/// <param name="capacity">How many indicators it is likely to have: as many as the first submission brings.</param>
internal sealed class UnitYear(int capacity)
{
    private readonly List<short> _indicators = new(capacity);
    private readonly List<Source> _sources = [];
    private Cell[] _cells = new Cell[capacity * 12];
    private Dictionary<int, Aside>? _aside;

    /// <summary>Catalogue orders of the indicators that have cells.</summary>
    public IReadOnlyList<short> Indicators => _indicators;

    /// <summary>The fields of those named that a submission sets: all that no later one has set.</summary>
    public FigureFields WonBy(int indicator, int month, FigureFields named, OrderKey key) => SourcesOf(indicator, month).WonBy(named, key);

    /// <summary>Sets a value, whatever stood before.</summary>
    public void Set(int indicator, int month, Figures figures, FieldSources sources)
    {
        var at = CellOf(indicator, month, add: true);
        var cell = Cell.Of(figures, sources);
        cell.Source = IndexOf(sources.Latest);
        _cells[at] = cell;
        if (cell.State == CellState.Aside)
        {
            (_aside ??= [])[at] = new(figures, sources);
        }
        else
        {
            _aside?.Remove(at);
        }
    }

    /// <summary>What counts of the twelve months of an indicator.</summary>
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
            twelve[month] = FiguresAt(at + month).Effective();
        }
    }

    /// <summary>The submissions that set, or took back, the figures of an indicator and month.</summary>
    public FieldSources SourcesOf(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at < 0 ? default : SourcesAt(at);
    }

    /// <summary>What counts of an indicator and month.</summary>
    public Figures FiguresOf(int indicator, int month) => SetFigures(indicator, month).Effective();

    /// <summary>All figures that were set and not taken back, also where they do not count.</summary>
    public Figures SetFigures(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at < 0 ? default : FiguresAt(at);
    }

    /// <summary>All that stands of a month, for the store.</summary>
    public StandingMonth ToStandingMonth(int month, IReadOnlyList<Indicator> catalogue)
    {
        var values = new List<StandingValue>(_indicators.Count);
        for (var slot = 0; slot < _indicators.Count; slot++)
        {
            var at = slot * 12 + month - 1;
            if (_cells[at].Source > 0)
            {
                values.Add(new(catalogue[_indicators[slot]].Code, FiguresAt(at), SourcesAt(at)));
            }
        }

        return new StandingMonth(values);
    }

    private Figures FiguresAt(int at)
    {
        ref readonly var cell = ref _cells[at];
        return cell.State switch
        {
            CellState.Value => new Figures(cell.Value),
            CellState.Aside => _aside![at].Figures,
            _ => default,
        };
    }

    private FieldSources SourcesAt(int at)
    {
        ref readonly var cell = ref _cells[at];
        return cell switch
        {
            { Source: 0 } => default,
            { State: CellState.Aside } => _aside![at].Sources,
            { State: CellState.Value } => new(_sources[cell.Source - 1], FigureFields.Value),
            _ => new(_sources[cell.Source - 1], FigureFields.All),
        };
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

    // Sixteen bytes. A decimal alone would take as many, and padding half as many again.
    private struct Cell
    {
        private long _digits;
        public ushort Source;
        private byte _scale;
        public CellState State;

        public readonly decimal Value =>
            new((int)Magnitude, (int)(Magnitude >> 32), 0, _digits < 0, _scale);

        private readonly ulong Magnitude => (ulong)Math.Abs(_digits);

        public static Cell Of(Figures figures, FieldSources sources)
        {
            if (sources.IsSingle && sources.Fields == FigureFields.All && figures == default)
            {
                return default;
            }

            if (!sources.IsSingle || sources.Fields != FigureFields.Value || figures.HasMore || figures.Value is not { } value)
            {
                return new Cell { State = CellState.Aside };
            }

            Span<int> bits = stackalloc int[4];
            decimal.GetBits(value, bits);
            if (bits[2] != 0 || bits[1] < 0)
            {
                return new Cell { State = CellState.Aside };
            }

            var magnitude = (long)bits[1] << 32 | (uint)bits[0];
            return new Cell { _digits = value < 0 ? -magnitude : magnitude, _scale = value.Scale, State = CellState.Value };
        }
    }

    private enum CellState : byte
    {
        /// <summary>Nothing was reported, or the indicator is withdrawn with all its figures.</summary>
        Nothing,

        /// <summary>The month's value alone, set by one submission.</summary>
        Value,

        Aside,
    }

    private readonly record struct Aside(Figures Figures, FieldSources Sources);
}
