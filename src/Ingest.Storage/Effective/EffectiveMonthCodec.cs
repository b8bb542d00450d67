using System.Buffers;
using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// Encodes an <see cref="EffectiveMonth"/> in a tenth of the bytes of its JSON. Decoding takes a microsecond, and a start decodes half a
/// million months. Layout: a version byte; the submissions; for each value its indicator number, the index of its latest submission, the
/// figures it has, the fields that each submission set (absent if the latest submission set exactly those figures), the figures.
/// </summary>
public static class EffectiveMonthCodec
{
    private const byte Version = 1;
    private const byte HasFieldsFlag = 0x40;

    public static byte[] Encode(EffectiveMonth month, IndicatorNumbers numbers)
    {
        var values = month.Span;
        var sources = new List<Provenance>(1);
        var earlier = 0;
        foreach (ref readonly var value in values)
        {
            IndexOfProvenance(value.Provenance.Latest, sources);
            foreach (var set in value.Provenance.Earlier)
            {
                IndexOfProvenance(set.Provenance, sources);
                earlier++;
            }
        }

        // A month takes a tenth of the bytes that it may take.
        var buffer = ArrayPool<byte>.Shared.Rent(64 + sources.Count * 48 + values.Length * 104 + earlier * 12);
        var writer = new ByteWriter(buffer);
        writer.WriteByte(Version);
        writer.WriteVarint((ulong)sources.Count);
        foreach (var source in sources)
        {
            writer.WriteVarint((ulong)source.Sequence);
            writer.WriteVarint((ulong)source.Key.Revision);
            writer.WriteVarint((ulong)source.Key.SubmittedAtUtcTicks);
            writer.WriteGuid(source.Key.SubmissionId);
        }

        writer.WriteVarint((ulong)values.Length);
        foreach (ref readonly var value in values)
        {
            writer.WriteVarint((ulong)numbers.NumberOf(value.Indicator));
            writer.WriteVarint((ulong)IndexOfProvenance(value.Provenance.Latest, sources));
            WriteFields(ref writer, value, sources);
            WriteFigures(ref writer, value.Figures);
        }

        var bytes = writer.ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    private static void WriteFields(ref ByteWriter writer, in EffectiveValue value, List<Provenance> sources)
    {
        var present = value.Figures.PresentFields;
        if (value.Provenance.HasSingleProvenance && value.Provenance.Fields == present)
        {
            writer.WriteByte((byte)present);
            return;
        }

        writer.WriteByte((byte)((byte)present | HasFieldsFlag));
        writer.WriteByte((byte)value.Provenance.Fields);
        writer.WriteByte((byte)value.Provenance.Earlier.Length);
        foreach (var set in value.Provenance.Earlier)
        {
            writer.WriteByte((byte)set.Fields);
            writer.WriteVarint((ulong)IndexOfProvenance(set.Provenance, sources));
        }
    }

    // A month has few submissions, and neighbouring values usually have the same one, so a linear search is fast.
    private static int IndexOfProvenance(Provenance source, List<Provenance> sources)
    {
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i].Sequence == source.Sequence && sources[i] == source)
            {
                return i;
            }
        }

        sources.Add(source);
        return sources.Count - 1;
    }

    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
    public static EffectiveMonth Decode(ReadOnlySpan<byte> bytes, IndicatorNumbers numbers)
    {
        var month = new EffectiveMonth();
        Decode(bytes, numbers, month);
        return month;
    }

    /// <summary>Decodes into a month that was used before.</summary>
    /// <exception cref="DamagedDataException">The bytes are no effective-month row, or only a part of one.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, IndicatorNumbers numbers, EffectiveMonth month)
    {
        month.Clear();
        try
        {
            Read(bytes, numbers, month);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new DamagedDataException("An effective-month row is cut short or was changed by hand. Restore it from a backup.",
                exception);
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes, IndicatorNumbers numbers, EffectiveMonth month)
    {
        var reader = new ByteReader(bytes);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new DamagedDataException($"An effective-month row is of version {version}; this program reads version {Version}.");
        }

        var sources = new Provenance[reader.ReadCount()];
        for (var i = 0; i < sources.Length; i++)
        {
            var sequence = (long)reader.ReadVarint();
            sources[i] = new Provenance(new OrderKey(checked((int)reader.ReadVarint()), (long)reader.ReadVarint(), reader.ReadGuid()),
                sequence);
        }

        var count = reader.ReadCount();
        month.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            var indicator = numbers.CodeOf(checked((int)reader.ReadVarint()));
            var latest = sources[reader.ReadVarint()];
            var head = reader.ReadByte();
            var present = (FigureFields)(head & (byte)FigureFields.All);
            var fields = (head & HasFieldsFlag) == 0 ? new FieldProvenance(latest, present) : ReadFields(ref reader, latest, sources);
            month.Add(new(indicator, ReadFigures(ref reader, present), fields));
        }

        reader.EnsureEnd();
    }

    private static FieldProvenance ReadFields(ref ByteReader reader, Provenance latest, Provenance[] sources)
    {
        var fields = (FigureFields)reader.ReadByte();
        var earlier = new ProvenanceFields[reader.ReadByte()];
        for (var i = 0; i < earlier.Length; i++)
        {
            var set = (FigureFields)reader.ReadByte();
            earlier[i] = new(sources[reader.ReadVarint()], set);
        }

        return new(latest, fields, earlier);
    }

    private static void WriteFigures(ref ByteWriter writer, in Figures figures)
    {
        if (!figures.HasRareFigures)
        {
            if (figures.Value is { } only)
            {
                writer.WriteDecimal(only);
            }

            return;
        }

        ReadOnlySpan<decimal?> all = [figures.Value, figures.YearToDate, figures.LastYear, figures.Numerator, figures.Denominator];
        foreach (var figure in all)
        {
            if (figure is { } number)
            {
                writer.WriteDecimal(number);
            }
        }

        if (figures.Date is { } date)
        {
            writer.WriteVarint((ulong)date.DayNumber);
        }
    }

    private static Figures ReadFigures(ref ByteReader reader, FigureFields present)
    {
        var value = ReadFigure(ref reader, present & FigureFields.Value);
        var yearToDate = ReadFigure(ref reader, present & FigureFields.YearToDate);
        var lastYear = ReadFigure(ref reader, present & FigureFields.LastYear);
        var numerator = ReadFigure(ref reader, present & FigureFields.Numerator);
        var denominator = ReadFigure(ref reader, present & FigureFields.Denominator);
        var date = (present & FigureFields.Date) == 0 ? (DateOnly?)null : DateOnly.FromDayNumber(checked((int)reader.ReadVarint()));
        return new Figures(value, yearToDate, lastYear, numerator, denominator, date);
    }

    private static decimal? ReadFigure(ref ByteReader reader, FigureFields present) =>
        present == FigureFields.None ? null : reader.ReadDecimal();
}
