using System.Buffers;
using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// Encodes an <see cref="EffectiveMonth"/> in a tenth of the bytes of its JSON; <see cref="EffectiveMonthReader"/> reads it.
/// Layout: a version byte; the submissions; for each value its indicator number, the index of its latest submission, the
/// figures it has, the fields that each submission set (absent if the latest submission set exactly those figures), the figures.
/// </summary>
public static class EffectiveMonthCodec
{
    internal const byte Version = 1;
    internal const byte HasFieldsFlag = 0x40;

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
        var reader = new EffectiveMonthReader(bytes, numbers);
        month.EnsureCapacity(reader.Count);
        while (reader.MoveNext())
        {
            month.Add(reader.Current);
        }
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
}
