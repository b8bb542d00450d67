using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The effective months of one unit in a range: encoded as in the database, and their figures for the checks. A month that a batch changes
/// is decoded once.
/// </summary>
internal sealed class UnitMonths(Period first, Period last)
{
    // An estimate: a unit's dictionaries and a month's objects.
    private const int BytesPerUnit = 512;
    private const int BytesPerMonth = 128;
    private const int BytesPerFigure = 40;

    private readonly Dictionary<Period, MonthFigures> _figures = [];
    private readonly Dictionary<Period, byte[]> _encoded = [];
    private readonly Dictionary<Period, EffectiveMonth> _decoded = [];

    /// <summary>The effective figures by month. A month that was never reported is absent.</summary>
    public IReadOnlyDictionary<Period, MonthFigures> Figures => _figures;

    /// <summary>About the memory that it takes.</summary>
    public long Bytes { get; private set; } = BytesPerUnit;

    /// <summary>The bytes that the cache has counted for it.</summary>
    public long KeptBytes { get; set; }

    /// <summary>Whether all months of a range are known.</summary>
    public bool Covers(Period from, Period to) => first.Number <= from.Number && last.Number >= to.Number;

    /// <summary>Takes over a month that was read from the database.</summary>
    public void Add(
        Period period, byte[] data, IndicatorNumbers numbers, EffectiveMonthPool pool, IReadOnlySet<long> returned)
    {
        var decoded = pool.Rent();
        EffectiveMonthCodec.Decode(data, numbers, decoded);
        var figures = new MonthFigures(decoded, returned);
        pool.Return(decoded);
        (_encoded[period], _figures[period]) = (data, figures);
        Bytes += BytesPerMonth + figures.Count * BytesPerFigure + data.Length;
    }

    /// <summary>A month with the submissions that set its values; null: it was never reported.</summary>
    public EffectiveMonth? Find(Period period, IndicatorNumbers numbers, EffectiveMonthPool pool)
    {
        if (!_decoded.TryGetValue(period, out var month) && _encoded.TryGetValue(period, out var data))
        {
            _decoded[period] = month = pool.Rent();
            EffectiveMonthCodec.Decode(data, numbers, month);
        }

        return month;
    }

    /// <summary>Takes over a month that an accepted submission changed.</summary>
    public void Change(Period period, EffectiveMonth month, IReadOnlySet<long> returned) =>
        (_decoded[period], _figures[period]) = (month, new MonthFigures(month, returned));

    /// <summary>Encodes a changed month for the database.</summary>
    public byte[] Encode(Period period, IndicatorNumbers numbers)
    {
        var data = EffectiveMonthCodec.Encode(_decoded[period], numbers);
        Bytes += _encoded.TryGetValue(period, out var before)
            ? data.Length - before.Length
            : BytesPerMonth + _figures[period].Count * BytesPerFigure + data.Length;
        _encoded[period] = data;
        return data;
    }

    /// <summary>Forgets the decoded months at the end of a batch: another batch is likely to change others.</summary>
    public void ForgetDecoded(EffectiveMonthPool pool)
    {
        foreach (var month in _decoded.Values)
        {
            pool.Return(month);
        }

        _decoded.Clear();
    }
}
