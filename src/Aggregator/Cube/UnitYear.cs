using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The effective figures of one reporting unit in one year. Each indicator and month has a cell in one array, because there are ten million
/// of them. A dictionary has the few values with more than the month's figure, with a figure of twenty digits, or with fields of several
/// submissions.
/// </summary>
/// <param name="capacity">The expected number of indicators: that of the first submission.</param>
internal sealed class UnitYear(int capacity)
{
    private readonly List<short> _indicators = new(capacity);
    private readonly List<Provenance> _provenances = [];
    private CompactCell[] _cells = new CompactCell[capacity * 12];
    private Dictionary<int, OverflowEntry>? _overflow;

    private UnitYear(UnitYear other)
        : this(0)
    {
        _indicators.AddRange(other._indicators);
        _provenances.AddRange(other._provenances);
        _cells = [.. other._cells];
        _overflow = other._overflow is { } overflow ? new(overflow) : null;
    }

    /// <summary>Whether readers without a lock hold it. It is not changed any more.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Freezes the year for readers without a lock.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>A copy that can be changed.</summary>
    public UnitYear Copy() => new(this);

    /// <summary>Catalogue orders of the indicators that have cells.</summary>
    public IReadOnlyList<short> Indicators => _indicators;

    /// <summary>Replaces the value of an indicator and month.</summary>
    public void Set(int indicator, int month, Figures figures, FieldProvenance sources)
    {
        if (IsFrozen)
        {
            throw new InvalidOperationException("A year that readers hold is copied before it is changed.");
        }

        var at = CellOf(indicator, month, add: true);
        var cell = CompactCell.Of(figures, sources);
        cell.ProvenanceIndex = IndexOf(sources.Latest);
        _cells[at] = cell;
        if (cell.State == CellState.Overflow)
        {
            (_overflow ??= [])[at] = new(figures, sources);
        }
        else
        {
            _overflow?.Remove(at);
        }
    }

    /// <summary>Copies the figures that count, for the twelve months of an indicator.</summary>
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

    /// <summary>The submissions that set or withdrew the figures of an indicator and month.</summary>
    public FieldProvenance ProvenanceOf(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at < 0 ? default : ProvenanceAt(at);
    }

    /// <summary>The stored figures of an indicator and month, and the submissions that set them.</summary>
    public EffectiveValue StoredValue(Indicator indicator, int month)
    {
        var at = CellOf(indicator.Order, month, add: false);
        return at < 0 ? new(indicator.Code, default, default) : new(indicator.Code, FiguresAt(at), ProvenanceAt(at));
    }

    /// <summary>The figures that count, of an indicator and month.</summary>
    public Figures FiguresOf(int indicator, int month) => StoredFigures(indicator, month).Effective();

    /// <summary>All figures that were set and not withdrawn, including those that do not count.</summary>
    public Figures StoredFigures(int indicator, int month)
    {
        var at = CellOf(indicator, month, add: false);
        return at < 0 ? default : FiguresAt(at);
    }

    /// <summary>The effective values of a month, for the store.</summary>
    public EffectiveMonth ToEffectiveMonth(int month, IReadOnlyList<Indicator> catalogue)
    {
        var values = new List<EffectiveValue>(_indicators.Count);
        for (var slot = 0; slot < _indicators.Count; slot++)
        {
            var at = slot * 12 + month - 1;
            if (_cells[at].ProvenanceIndex > 0)
            {
                values.Add(new(catalogue[_indicators[slot]].Code, FiguresAt(at), ProvenanceAt(at)));
            }
        }

        return new EffectiveMonth(values);
    }

    private Figures FiguresAt(int at)
    {
        ref readonly var cell = ref _cells[at];
        return cell.State switch
        {
            CellState.Value => new Figures(cell.Value),
            CellState.Overflow => _overflow![at].Figures,
            _ => default,
        };
    }

    private FieldProvenance ProvenanceAt(int at)
    {
        ref readonly var cell = ref _cells[at];
        return cell switch
        {
            { ProvenanceIndex: 0 } => default,
            { State: CellState.Overflow } => _overflow![at].Sources,
            { State: CellState.Value } => new(_provenances[cell.ProvenanceIndex - 1], FigureFields.Value),
            _ => new(_provenances[cell.ProvenanceIndex - 1], FigureFields.All),
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

    private ushort IndexOf(Provenance source)
    {
        // The values of a submission arrive in sequence, so the last source usually matches.
        for (var i = _provenances.Count - 1; i >= 0; i--)
        {
            if (_provenances[i].Sequence == source.Sequence)
            {
                return (ushort)(i + 1);
            }
        }

        if (_provenances.Count == ushort.MaxValue)
        {
            Compact();
        }

        _provenances.Add(source);
        return (ushort)_provenances.Count;
    }

    // After sixty-five thousand revisions of one unit's year, the sources without an effective value are dropped.
    private void Compact()
    {
        var effective = _cells.Where(cell => cell.ProvenanceIndex > 0).Select(cell => cell.ProvenanceIndex).Distinct().Order().ToList();
        var kept = effective.Select(index => _provenances[index - 1]).ToList();
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i].ProvenanceIndex > 0)
            {
                _cells[i].ProvenanceIndex = (ushort)(effective.BinarySearch(_cells[i].ProvenanceIndex) + 1);
            }
        }

        _provenances.Clear();
        _provenances.AddRange(kept);
    }
}
