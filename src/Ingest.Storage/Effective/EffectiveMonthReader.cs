using System.Runtime.CompilerServices;
using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// Reads the values of an effective-month row one after the other. A start reads ten million values, and a list of each month would cost
/// more than the reading.
/// </summary>
public ref struct EffectiveMonthReader
{
    private readonly IndicatorNumbers _numbers;
    private readonly Span<Provenance> _sources;
    private ByteReader _reader;
    private int _left;
    private int _latest;
    private long _digits;
    private int _scale;
    private FieldProvenance _provenance;
    private Figures _figures;

    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
    /// <param name="bytes">The row.</param>
    /// <param name="numbers">The numbers of the indicators in it.</param>
    /// <param name="buffer">Holds the submissions if there is room for them.</param>
    public EffectiveMonthReader(ReadOnlySpan<byte> bytes, IndicatorNumbers numbers, Span<Provenance> buffer = default)
    {
        _numbers = numbers;
        _reader = new ByteReader(bytes);
        try
        {
            var version = _reader.ReadByte();
            if (version != EffectiveMonthCodec.Version)
            {
                throw new DamagedDataException(
                    $"An effective-month row is of version {version}; this program reads version {EffectiveMonthCodec.Version}.");
            }

            var count = _reader.ReadCount();
            _sources = count <= buffer.Length ? buffer[..count] : new Provenance[count];
            for (var i = 0; i < _sources.Length; i++)
            {
                var sequence = (long)_reader.ReadVarint();
                _sources[i] = new Provenance(
                    new OrderKey(checked((int)_reader.ReadVarint()), (long)_reader.ReadVarint(), _reader.ReadGuid()), sequence);
            }

            Count = _left = _reader.ReadCount();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <summary>The number of the current value's indicator in <see cref="IndicatorNumbers"/>.</summary>
    public int IndicatorNumber { get; private set; }

    /// <summary>The submissions that set the values.</summary>
    public readonly ReadOnlySpan<Provenance> Sources => _sources;

    /// <summary>
    /// Whether the current value is only the month's value, set by one submission: <see cref="Digits"/> and <see cref="Scale"/>. Nearly all
    /// are, and copying the parts of <see cref="Current"/> would cost more than reading them.
    /// </summary>
    public bool IsValueOnly { get; private set; }

    /// <summary>The digits of the value with their sign, if <see cref="IsValueOnly"/>.</summary>
    public readonly long Digits => _digits;

    /// <summary>The number of decimals, if <see cref="IsValueOnly"/>.</summary>
    public readonly int Scale => _scale;

    /// <summary>The place of the current value's latest submission in <see cref="Sources"/>.</summary>
    public readonly int LatestSource => _latest;

    /// <summary>The current value.</summary>
    public readonly EffectiveValue Current => IsValueOnly
        ? new(_numbers.CodeOf(IndicatorNumber), new Figures(ValueOf(_digits, _scale)), new(_sources[_latest], FigureFields.Value))
        : new(_numbers.CodeOf(IndicatorNumber), _figures, _provenance);

    public readonly EffectiveMonthReader GetEnumerator() => this;

    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        try
        {
            if (_left == 0)
            {
                _reader.EnsureEnd();
                return false;
            }

            _left--;
            IndicatorNumber = checked((int)_reader.ReadVarint());
            _latest = checked((int)_reader.ReadVarint());
            if (IndicatorNumber >= _numbers.Codes.Count || _latest >= _sources.Length)
            {
                throw new DamagedDataException("An effective-month row names an unknown indicator or submission.");
            }

            var head = _reader.ReadByte();
            IsValueOnly = head == (byte)FigureFields.Value && _reader.TryReadDigits(out _digits, out _scale);
            if (!IsValueOnly)
            {
                var (latest, present) = (_sources[_latest], (FigureFields)(head & (byte)FigureFields.All));
                _provenance = (head & EffectiveMonthCodec.HasFieldsFlag) == 0 ? new(latest, present) : ReadFields(latest);
                _figures = ReadFigures(present);
            }

            return true;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    private FieldProvenance ReadFields(Provenance latest)
    {
        var fields = (FigureFields)_reader.ReadByte();
        var earlier = new ProvenanceFields[_reader.ReadByte()];
        for (var i = 0; i < earlier.Length; i++)
        {
            var set = (FigureFields)_reader.ReadByte();
            earlier[i] = new(_sources[checked((int)_reader.ReadVarint())], set);
        }

        return new(latest, fields, earlier);
    }

    private Figures ReadFigures(FigureFields present)
    {
        if (present == FigureFields.Value)
        {
            return new Figures(_reader.ReadDecimal());
        }

        var value = ReadFigure(present & FigureFields.Value);
        var yearToDate = ReadFigure(present & FigureFields.YearToDate);
        var lastYear = ReadFigure(present & FigureFields.LastYear);
        var numerator = ReadFigure(present & FigureFields.Numerator);
        var denominator = ReadFigure(present & FigureFields.Denominator);
        var date = (present & FigureFields.Date) == 0 ? (DateOnly?)null : DateOnly.FromDayNumber(checked((int)_reader.ReadVarint()));
        return new Figures(value, yearToDate, lastYear, numerator, denominator, date);
    }

    private static decimal ValueOf(long digits, int scale)
    {
        var magnitude = Math.Abs(digits);
        return new((int)magnitude, (int)(magnitude >> 32), 0, digits < 0, (byte)scale);
    }

    private decimal? ReadFigure(FigureFields present) => present == FigureFields.None ? null : _reader.ReadDecimal();

    private static bool IsDamage(Exception exception) =>
        exception is ArgumentException or IndexOutOfRangeException or OverflowException;

    private static DamagedDataException Damaged(Exception exception) =>
        new("An effective-month row is cut short or was changed by hand. Restore it from a backup.", exception);
}
