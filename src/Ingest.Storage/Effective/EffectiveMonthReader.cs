using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// Reads the values of an effective-month row one after the other. A start reads ten million values, and a list of each month would cost
/// more than the reading.
/// </summary>
public ref struct EffectiveMonthReader
{
    private readonly IndicatorNumbers _numbers;
    private readonly Provenance[] _sources;
    private ByteReader _reader;
    private int _left;

    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
    public EffectiveMonthReader(ReadOnlySpan<byte> bytes, IndicatorNumbers numbers)
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

            _sources = new Provenance[_reader.ReadCount()];
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

    /// <summary>The current value.</summary>
    public EffectiveValue Current { get; private set; }

    public readonly EffectiveMonthReader GetEnumerator() => this;

    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
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
            var latest = _sources[_reader.ReadVarint()];
            var head = _reader.ReadByte();
            var present = (FigureFields)(head & (byte)FigureFields.All);
            var fields = (head & EffectiveMonthCodec.HasFieldsFlag) == 0 ? new FieldProvenance(latest, present) : ReadFields(latest);
            Current = new(_numbers.CodeOf(IndicatorNumber), ReadFigures(present), fields);
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
            earlier[i] = new(_sources[_reader.ReadVarint()], set);
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

    private decimal? ReadFigure(FigureFields present) => present == FigureFields.None ? null : _reader.ReadDecimal();

    private static bool IsDamage(Exception exception) =>
        exception is ArgumentException or IndexOutOfRangeException or OverflowException;

    private static DamagedDataException Damaged(Exception exception) =>
        new("An effective-month row is cut short or was changed by hand. Restore it from a backup.", exception);
}
