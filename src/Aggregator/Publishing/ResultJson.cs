using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The texts of results. A result is serialised once, with the version that it would have, and compared with the text of the newest
/// version. If it differs, the same text is stored, published on the bus and returned by the API.
/// </summary>
internal static class ResultJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = WireFormat.Options.Encoder, SkipValidation = true };

    // Without an encoder of their own, the options let the generated code write; the writer has the encoder.
    private static readonly JsonSerializerOptions GeneratedCode = new(WireFormat.Options) { Encoder = null };
    private const int BufferSize = 16 * 1024;
    private static readonly byte[] Version = ",\"version\":"u8.ToArray();
    private static readonly byte[] TotalsEnd = "]}"u8.ToArray();

    // A step writes thousands of texts: each thread keeps the buffers that it has used, one inside the other at most.
    [ThreadStatic]
    private static Stack<TextBuffer>? _spareBuffers;

    /// <summary>Serialises a result. Dispose the text when it is used: its buffer serves the next one.</summary>
    public static SerializedText Serialize<T>(T result)
    {
        var buffer = TakeBuffer();
        JsonSerializer.Serialize(buffer.Writer, result, (JsonTypeInfo<T>)GeneratedCode.GetTypeInfo(typeof(T)));
        return new SerializedText(buffer);
    }

    /// <summary>
    /// Whether two texts of a result differ in nothing but version, cause and time of publication, which are its last properties.
    /// </summary>
    public static bool HaveSameContent(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var end = one.LastIndexOf(Version);
        return end >= 0 && other.StartsWith(one[..(end + Version.Length)]);
    }

    /// <summary>The start of a message of totals of one unit and month, to which <see cref="TotalsMessage"/> adds the totals.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="publishedAt">The time of publication.</param>
    /// <param name="partition">The path of the partition; null: the whole tree.</param>
    public static byte[] TotalsMessageStart(string unit, string period, DateTimeOffset publishedAt, string? partition)
    {
        var empty = Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("unit"u8, unit);
            writer.WriteString("period"u8, period);
            writer.WriteString("publishedAt"u8, publishedAt);
            if (partition is not null)
            {
                writer.WriteString("partition"u8, partition);
            }

            writer.WriteStartArray("totals"u8);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return empty[..^TotalsEnd.Length];
    }

    /// <summary>The message of totals of one unit and month.</summary>
    public static byte[] TotalsMessage(byte[] start, params ReadOnlySpan<byte[]> totals)
    {
        var buffer = TakeBuffer();
        buffer.Bytes.Write(start);
        for (var i = 0; i < totals.Length; i++)
        {
            buffer.Bytes.Write(i == 0 ? ""u8 : ","u8);
            buffer.Bytes.Write(totals[i]);
        }

        buffer.Bytes.Write(TotalsEnd);
        return TakeText(buffer);
    }

    /// <summary>A list of texts.</summary>
    public static byte[] Array(IEnumerable<byte[]> texts) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }

        writer.WriteEndArray();
    });

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = TakeBuffer();
        write(buffer.Writer);
        buffer.Writer.Flush();
        return TakeText(buffer);
    }

    private static TextBuffer TakeBuffer()
    {
        _spareBuffers ??= [];
        return _spareBuffers.TryPop(out var spare) ? spare : new TextBuffer();
    }

    private static byte[] TakeText(TextBuffer buffer)
    {
        var text = buffer.Bytes.WrittenSpan.ToArray();
        Release(buffer);
        return text;
    }

    private static void Release(TextBuffer buffer)
    {
        buffer.Bytes.ResetWrittenCount();
        buffer.Writer.Reset();
        _spareBuffers!.Push(buffer);
    }

    /// <summary>A text in a buffer that is used again.</summary>
    internal readonly ref struct SerializedText(TextBuffer buffer)
    {
        public ReadOnlySpan<byte> Utf8 => buffer.Bytes.WrittenSpan;

        public void Dispose() => Release(buffer);
    }

    /// <summary>A buffer with its writer.</summary>
    internal sealed class TextBuffer
    {
        public TextBuffer() => Writer = new Utf8JsonWriter(Bytes, WriterOptions);

        public ArrayBufferWriter<byte> Bytes { get; } = new(BufferSize);

        public Utf8JsonWriter Writer { get; }
    }
}
