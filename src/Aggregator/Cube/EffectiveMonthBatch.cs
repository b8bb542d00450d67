using System.Collections.Concurrent;
using System.Text;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Stored rows of some units, all of each: they are read by one thread and decoded by another.</summary>
internal sealed class EffectiveMonthBatch
{
    // Some hundred rows: few enough to stay in the cache until they are decoded.
    private const int MaxBytes = 64 * 1024;

    private byte[] _bytes = new byte[MaxBytes + MaxBytes / 8];
    private int _length;

    /// <summary>The rows by unit and month, each with the end of its data.</summary>
    public List<(Unit Unit, Period Period, int End)> Rows { get; } = [];

    /// <summary>A buffer for the submissions of a row.</summary>
    public Provenance[] Sources { get; } = new Provenance[16];

    public ReadOnlySpan<byte> DataOf(int row)
    {
        var start = row == 0 ? 0 : Rows[row - 1].End;
        return _bytes.AsSpan(start, Rows[row].End - start);
    }

    /// <summary>The row after the last one that is of the same unit and year.</summary>
    public int EndOfYear(int row)
    {
        var (unit, period, _) = Rows[row];
        var end = row + 1;
        while (end < Rows.Count && Rows[end].Unit == unit && Rows[end].Period.Year == period.Year)
        {
            end++;
        }

        return end;
    }

    /// <summary>Takes the batch for the next rows.</summary>
    public void Return(ConcurrentBag<EffectiveMonthBatch> unused)
    {
        Rows.Clear();
        _length = 0;
        unused.Add(this);
    }

    /// <param name="rows">The rows by unit and month; disposed at the end.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="unused">Batches that were decoded, which are filled again: otherwise each row would be garbage to collect.</param>
    /// <exception cref="InvalidOperationException">A unit has figures and is no longer in the catalogue.</exception>
    public static IEnumerable<EffectiveMonthBatch> ReadAll(EffectiveMonthCursor rows, Catalogue catalogue,
        ConcurrentBag<EffectiveMonthBatch> unused)
    {
        using var read = rows;
        var batch = new EffectiveMonthBatch();
        Unit? unit = null;
        var code = Array.Empty<byte>();
        while (read.MoveNext())
        {
            if (!read.Unit.SequenceEqual(code))
            {
                if (batch._length >= MaxBytes)
                {
                    yield return batch;
                    batch = unused.TryTake(out var next) ? next : new EffectiveMonthBatch();
                }

                code = read.Unit.ToArray();
                unit = CubeLoader.UnitOf(catalogue, new UnitCode(Encoding.UTF8.GetString(code)));
            }

            batch.Add(unit!, read.Period, read.Data);
        }

        if (batch.Rows.Count > 0)
        {
            yield return batch;
        }
    }

    private void Add(Unit unit, Period period, ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + data.Length));
        }

        data.CopyTo(_bytes.AsSpan(_length));
        _length += data.Length;
        Rows.Add((unit, period, _length));
    }
}
