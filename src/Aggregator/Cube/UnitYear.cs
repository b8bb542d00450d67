using System.Runtime.CompilerServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The effective figures of one reporting unit in one year. A month that was changed has an array with a cell for each indicator, because
/// there are ten million cells; the months that were loaded share one. A copy shares what it does not change. A
/// dictionary has the few values that do not fit into a cell: with more than the month's figure, with many digits, or with fields of
/// several submissions.
/// </summary>
/// <param name="capacity">The expected number of indicators: that of the first submission.</param>
internal sealed partial class UnitYear(int capacity)
{
    private static readonly CompactCell NoCell;
    private GrowingList<short> _indicators;

    // Null until a month is changed: most years of the past are only loaded.
    private CompactCell[]?[]? _months;

    // One bit for each month whose array no other year shares.
    private int _ownMonths;
    private Dictionary<int, OverflowEntry>? _overflow;
    private bool _ownsOverflow;

    private UnitYear(UnitYear other)
        : this(other._indicators.Count) =>
        (_indicators, _provenances, _months, _overflow, _stored, _storedWidth, _storedMonths, _storedReplaced, Returned) =
        (other._indicators, other._provenances, other._months is { } months ? [.. months] : null, other._overflow, other._stored,
            other._storedWidth, other._storedMonths, other._storedReplaced, other.Returned);

    /// <summary>Whether readers without a lock hold it. It is not changed any more.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Freezes the year for readers without a lock.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>The copy that is changed from now on, one for each year that readers hold: both share the lists that it adds to.</summary>
    public UnitYear Copy() =>
        IsFrozen ? new(this) : throw new InvalidOperationException("A year that no reader holds is changed itself.");

    /// <summary>Catalogue orders of the indicators that have cells.</summary>
    public ReadOnlySpan<short> Indicators => _indicators.Items;

    /// <summary>Replaces the value of an indicator and month.</summary>
    public void Set(int indicator, int month, Figures figures, FieldProvenance sources)
    {
        if (IsFrozen)
        {
            throw new InvalidOperationException("A year that readers hold is copied before it is changed.");
        }

        var slot = SlotFor(indicator);
        var cell = NewCell(slot, month, figures, sources);
        OwnCells(month, slot + 1)[slot] = cell;
    }

    private CompactCell NewCell(int slot, int month, Figures figures, FieldProvenance sources)
    {
        var cell = CompactCell.Of(figures, sources);
        cell.ProvenanceIndex = IndexOf(sources.Latest);
        if (cell.State == CellState.Overflow)
        {
            OwnOverflow()[OverflowKey(slot, month)] = new(figures, sources);
        }
        else if (_overflow?.ContainsKey(OverflowKey(slot, month)) == true)
        {
            OwnOverflow().Remove(OverflowKey(slot, month));
        }

        return cell;
    }

    /// <summary>Copies the figures that count, for the months of an indicator.</summary>
    /// <param name="indicator">Its order in the catalogue.</param>
    /// <param name="twelve">The figures, January first.</param>
    /// <param name="through">The last month to read; those after it are empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(int indicator, Span<Figures> twelve, int through = 12)
    {
        twelve.Clear();
        var slot = _indicators.IndexOf((short)indicator);
        for (var month = 1; slot >= 0 && month <= through; month++)
        {
            ref readonly var cell = ref CellAt(slot, month);
            if (cell.State == CellState.Value)
            {
                twelve[month - 1] = IsReturned(cell) ? default : new Figures(cell.Value);
            }
            else if (cell.State == CellState.Overflow)
            {
                twelve[month - 1] = CountedFigures(_overflow![OverflowKey(slot, month)]);
            }
        }
    }

    /// <summary>The submissions that set or withdrew the figures of an indicator and month.</summary>
    public FieldProvenance ProvenanceOf(int indicator, int month)
    {
        var slot = _indicators.IndexOf((short)indicator);
        return slot < 0 ? default : ProvenanceAt(slot, month);
    }

    /// <summary>The stored figures of an indicator and month, and the submissions that set them.</summary>
    public EffectiveValue StoredValue(Indicator indicator, int month)
    {
        var slot = _indicators.IndexOf((short)indicator.Order);
        return slot < 0
            ? new(indicator.Code, default, default) : new(indicator.Code, FiguresAt(slot, month), ProvenanceAt(slot, month));
    }

    /// <summary>The figures that count, of an indicator and month.</summary>
    public Figures FiguresOf(int indicator, int month)
    {
        var slot = _indicators.IndexOf((short)indicator);
        return slot < 0 ? default : CountedFigures(new(FiguresAt(slot, month), Returned is null ? default : ProvenanceAt(slot, month)));
    }

    /// <summary>All figures that were set and not withdrawn, including those that do not count.</summary>
    public Figures StoredFigures(int indicator, int month)
    {
        var slot = _indicators.IndexOf((short)indicator);
        return slot < 0 ? default : FiguresAt(slot, month);
    }

    /// <summary>The effective values of a month, for the store.</summary>
    /// <param name="month">The month.</param>
    /// <param name="catalogue">The indicators in catalogue order.</param>
    /// <param name="values">A list that is no longer used, for the values.</param>
    public EffectiveMonth ToEffectiveMonth(int month, IReadOnlyList<Indicator> catalogue, List<EffectiveValue> values)
    {
        values.Clear();
        for (var slot = 0; slot < _indicators.Count; slot++)
        {
            if (CellAt(slot, month).ProvenanceIndex > 0)
            {
                values.Add(new(catalogue[_indicators[slot]].Code, FiguresAt(slot, month), ProvenanceAt(slot, month)));
            }
        }

        return new EffectiveMonth(values);
    }

    // A month that was never reported has no array, or one from before the last indicators came.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly CompactCell CellAt(int slot, int month)
    {
        var cells = _months?[month - 1] is { } own ? own : StoredCells(month);
        if (slot < cells.Length)
        {
            return ref cells[slot];
        }

        return ref NoCell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Figures FiguresAt(int slot, int month)
    {
        var cell = CellAt(slot, month);
        return cell.State switch
        {
            CellState.Value => new Figures(cell.Value),
            CellState.Overflow => _overflow![OverflowKey(slot, month)].Figures,
            _ => default,
        };
    }

    private FieldProvenance ProvenanceAt(int slot, int month)
    {
        var cell = CellAt(slot, month);
        return cell switch
        {
            { ProvenanceIndex: 0 } => default,
            { State: CellState.Overflow } => _overflow![OverflowKey(slot, month)].Sources,
            { State: CellState.Value } => new(_provenances[cell.ProvenanceIndex - 1], FigureFields.Value),
            _ => new(_provenances[cell.ProvenanceIndex - 1], FigureFields.All),
        };
    }

    private static int OverflowKey(int slot, int month) => slot * 12 + month - 1;

    private Dictionary<int, OverflowEntry> OwnOverflow()
    {
        if (!_ownsOverflow)
        {
            (_overflow, _ownsOverflow) = (_overflow is { } shared ? new(shared) : [], true);
        }

        return _overflow!;
    }

    private int SlotFor(int indicator)
    {
        var slot = _indicators.IndexOf((short)indicator);
        if (slot < 0)
        {
            slot = _indicators.Count;
            _indicators.EnsureCapacity(capacity);
            _indicators.Add((short)indicator);
        }

        return slot;
    }

    // The cells of a month, to be changed: at least so many, and shared with no other year.
    private CompactCell[] OwnCells(int month, int count)
    {
        _months ??= new CompactCell[]?[12];
        var (cells, bit) = (_months[month - 1], 1 << month);
        if (cells is null || cells.Length < count)
        {
            var before = cells ?? StoredCells(month);
            cells = new CompactCell[Math.Max(Math.Max(count, before.Length), Math.Max(capacity, _indicators.Count))];
            before.CopyTo(cells);
            ReplaceStored(month);
        }
        else if ((_ownMonths & bit) == 0)
        {
            cells = [.. cells];
        }

        _ownMonths |= bit;
        _months[month - 1] = cells;
        return cells;
    }
}
