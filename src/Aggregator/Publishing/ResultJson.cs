using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The texts of results. A result is serialised once, as version 0 without a cause; the fingerprint is computed from this text. Version and
/// cause are then written into it, and the same text is stored, published on the bus and returned by the API.
/// </summary>
internal static class ResultJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = WireFormat.Options.Encoder, SkipValidation = true };
    private const int FingerprintBytes = 12;
    private const int BufferSize = 16 * 1024;
    private const string TotalsStart = "\"totals\":[";
    private static readonly byte[] TotalEnd = "\"version\":0,\"cause\":[]}"u8.ToArray();
    private static readonly byte[] RankingEnd = "\"version\":0,\"cause\":[],\"publishedAt\":\"0001-01-01T00:00:00+00:00\"}"u8.ToArray();

    // A step writes thousands of texts: each thread keeps the buffers that it has used, one inside the other at most.
    [ThreadStatic]
    private static Stack<ArrayBufferWriter<byte>>? _spareBuffers;

    /// <summary>Serialises a result. Dispose the text when it is used: its buffer serves the next one.</summary>
    public static SerializedText Serialize<T>(T result)
    {
        var buffer = TakeBuffer();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            JsonSerializer.Serialize(writer, result, (JsonTypeInfo<T>)WireFormat.Options.GetTypeInfo(typeof(T)));
        }

        return new SerializedText(buffer);
    }

    public static byte[] Serialize(object result) =>
        JsonSerializer.SerializeToUtf8Bytes(result, WireFormat.Options.GetTypeInfo(result.GetType()));

    /// <summary>The fingerprint of a result with many figures: a hash of them all.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..FingerprintBytes]);
    }

    /// <summary>The text of a total with its version.</summary>
    public static byte[] TotalWithVersion(ReadOnlySpan<byte> content, int version, IReadOnlyList<long> cause) =>
        ReplaceEnd(content, TotalEnd, writer => WriteVersion(writer, version, cause));

    /// <summary>The text of a ranking with its version.</summary>
    public static byte[] RankingWithVersion(
        ReadOnlySpan<byte> content, int version, IReadOnlyList<long> cause, DateTimeOffset publishedAt) =>
        ReplaceEnd(content, RankingEnd, writer =>
        {
            WriteVersion(writer, version, cause);
            writer.WriteString("publishedAt"u8, publishedAt);
        });

    /// <summary>The message of totals of one unit and month.</summary>
    public static byte[] TotalsMessage(
        string unit, string period, DateTimeOffset publishedAt, IEnumerable<byte[]> totals) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("unit"u8, unit);
        writer.WriteString("period"u8, period);
        writer.WriteString("publishedAt"u8, publishedAt);
        writer.WriteStartArray("totals"u8);
        foreach (var total in totals)
        {
            writer.WriteRawValue(total, skipInputValidation: true);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

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

    /// <summary>The text of the one total in a stored message.</summary>
    /// <exception cref="DamagedDataException">The message has no single total.</exception>
    public static byte[] TotalOf(Vintage vintage)
    {
        var start = vintage.Payload.IndexOf(TotalsStart, StringComparison.Ordinal);
        return start >= 0 && vintage.Payload.EndsWith("]}", StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(vintage.Payload[(start + TotalsStart.Length)..^2])
            : throw ResultMessages.Damaged(vintage, null);
    }

    /// <exception cref="DamagedDataException">The text is not a total.</exception>
    public static IndicatorTotal ParseTotal(Vintage vintage, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<IndicatorTotal>(json, WireFormat.Options)!;
        }
        catch (JsonException exception)
        {
            throw ResultMessages.Damaged(vintage, exception);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = TakeBuffer();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        var text = buffer.WrittenSpan.ToArray();
        _spareBuffers!.Push(buffer);
        return text;
    }

    private static ArrayBufferWriter<byte> TakeBuffer()
    {
        _spareBuffers ??= [];
        var buffer = _spareBuffers.TryPop(out var spare) ? spare : new ArrayBufferWriter<byte>(BufferSize);
        buffer.ResetWrittenCount();
        return buffer;
    }

    private static void WriteVersion(Utf8JsonWriter writer, int version, IReadOnlyList<long> cause)
    {
        writer.WriteNumber("version"u8, version);
        writer.WriteStartArray("cause"u8);
        foreach (var row in cause)
        {
            writer.WriteNumberValue(row);
        }

        writer.WriteEndArray();
    }

    private static byte[] ReplaceEnd(ReadOnlySpan<byte> content, byte[] end, Action<Utf8JsonWriter> writeProperties)
    {
        if (!content.EndsWith(end))
        {
            throw new InvalidOperationException("A result's version, cause and time are the last properties of its contract.");
        }

        var properties = Write(writer =>
        {
            writer.WriteStartObject();
            writeProperties(writer);
            writer.WriteEndObject();
        });
        return [.. content[..^end.Length], .. properties.AsSpan(1)];
    }

    /// <summary>A text in a buffer that is used again.</summary>
    internal readonly ref struct SerializedText(ArrayBufferWriter<byte> buffer)
    {
        public ReadOnlySpan<byte> Utf8 => buffer.WrittenSpan;

        public void Dispose() => _spareBuffers!.Push(buffer);
    }
}
