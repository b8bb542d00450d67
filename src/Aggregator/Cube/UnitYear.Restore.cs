using System.Numerics;
using System.Runtime.CompilerServices;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The months of the year as they were stored: in one array, because half a million small ones take longer to make and to collect. It never
/// changes; a month that changes gets an array of its own.
/// </summary>
internal sealed partial class UnitYear
{
    private CompactCell[]? _stored;

    // The cells of each stored month, and one bit for each month that is stored.
    private int _storedWidth;
    private int _storedMonths;

    // One bit for each stored month that has an array of its own since.
    private int _storedReplaced;

    /// <summary>Sets the values of the months of a new year.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="from">The first row of the year.</param>
    /// <param name="to">The row after its last one.</param>
    /// <param name="indicators">The indicators of the rows.</param>
    /// <param name="previous">The year before in the batch: most have the same indicators, and one list of them is enough.</param>
    public void Restore(EffectiveMonthBatch batch, int from, int to, StoredIndicators indicators, UnitYear? previous)
    {
        var stored = new CompactCell[(to - from) * capacity];
        (_stored, _storedWidth) = (stored, capacity);
        for (var row = from; row < to; row++)
        {
            _storedMonths |= 1 << batch.Rows[row].Period.Month;
        }

        _provenances.EnsureCapacity(to - from);
        for (var row = from; row < to; row++)
        {
            var values = new EffectiveMonthReader(batch.DataOf(row), indicators.Numbers, batch.Sources);
            Restore(batch.Rows[row].Period.Month, ref values, stored.AsSpan((row - from) * capacity, capacity), indicators);
        }

        _indicators = previous is null ? _indicators : _indicators.OrEqual(previous._indicators);
    }

    // A load is over before code that runs long would be compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Restore(int month, ref EffectiveMonthReader values, Span<CompactCell> cells, StoredIndicators indicators)
    {
        var (at, source, provenanceIndex) = (0, -1, (ushort)0);
        while (values.MoveNext())
        {
            var indicator = indicators.Find(values.IndicatorNumber);

            // Most months have the same indicators in the same order.
            var slot = at < _indicators.Count && _indicators[at] == indicator.Order ? at : SlotFor(indicator.Order);
            at = slot + 1;
            if (slot >= cells.Length || _months?[month - 1] is not null)
            {
                // The month has more indicators than the first one: it gets an array of its own.
                Set(indicator.Order, month, values.Current.Figures, values.Current.Provenance);
                continue;
            }

            if (!values.IsValueOnly || values.Scale > CompactCell.MaxScale || Math.Abs(values.Digits) > CompactCell.MaxDigits)
            {
                cells[slot] = NewCell(slot, month, values.Current.Figures, values.Current.Provenance);
                continue;
            }

            if (values.LatestSource != source)
            {
                source = values.LatestSource;
                provenanceIndex = IndexOf(values.Sources[source]);
            }

            cells[slot] = CompactCell.Of(values.Digits, values.Scale);
            cells[slot].ProvenanceIndex = provenanceIndex;
        }
    }

    // The cells of a month that has no array of its own.
    private ReadOnlySpan<CompactCell> StoredCells(int month) => (_storedMonths & 1 << month) == 0
        ? []
        : _stored.AsSpan(BitOperations.PopCount((uint)_storedMonths & (1u << month) - 1) * _storedWidth, _storedWidth);

    // The places in the array depend on the bits of the stored months, so both go with the last month that is replaced.
    private void ReplaceStored(int month)
    {
        _storedReplaced |= _storedMonths & 1 << month;
        if (_storedReplaced == _storedMonths)
        {
            (_stored, _storedMonths, _storedReplaced) = (null, 0, 0);
        }
    }
}

/// <summary>The indicators of stored rows.</summary>
internal sealed class StoredIndicators(IndicatorNumbers numbers, Catalogue catalogue)
{
    // Null: the catalogue does not have it any more, which matters only where it has figures.
    private readonly Indicator?[] _byNumber =
        [.. numbers.Codes.Select(code => catalogue.TryFind(code, out var indicator) ? indicator : null)];

    /// <summary>Their numbers.</summary>
    public IndicatorNumbers Numbers => numbers;

    /// <exception cref="InvalidOperationException">The indicator has figures and is no longer in the catalogue.</exception>
    public Indicator Find(int number) => _byNumber[number] ?? CubeLoader.IndicatorOf(catalogue, numbers.Codes[number]);
}
