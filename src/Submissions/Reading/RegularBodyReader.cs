using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Reading;

/// <summary>
/// Reads a regular body in one pass and without a document. It stops at the first unexpected token without a finding.
/// <see cref="SubmissionReader"/> then reads the whole body and reports every fault.
/// </summary>
public static class RegularBodyReader
{
    private const int IdLength = 36;

    // Some libraries write the sign of the offset as an escape.
    private const int MaxTimeBytes = 2 * SubmissionReader.MaxTimeLength;

    private const int RequiredFields = 1 << (int)SubmissionField.SubmissionId | 1 << (int)SubmissionField.Unit
        | 1 << (int)SubmissionField.Period | 1 << (int)SubmissionField.Revision | 1 << (int)SubmissionField.SubmittedAt
        | 1 << (int)SubmissionField.Values;

    private static readonly FieldNames KnownFields = FieldNames.Of<SubmissionField>();

    /// <summary>The submissions of a body, all without findings; null if the body is not regular.</summary>
    /// <param name="body">Valid UTF-8 without a byte order mark.</param>
    /// <param name="catalogue">The catalogue.</param>
    public static SubmissionBatch? TryRead(ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = SubmissionReader.MaxDepth });
        try
        {
            // The last call of Read throws if text follows the object.
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && ReadRoot(ref reader, body, catalogue) is { } batch
                && !reader.Read() ? batch : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The body is not JSON or has an unpaired surrogate escape. The document reader reports the fault.
            return null;
        }
    }

    private static SubmissionBatch? ReadRoot(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        var ahead = reader;
        if (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("submissions"u8))
        {
            reader = ahead;
            return ReadPack(ref reader, body, catalogue) is { } pack ? new(pack, IsPack: true) : null;
        }

        return body.Length <= SubmissionReader.MaxBytes && TryReadParts(ref reader, body.Span, catalogue, out var parts)
            ? new([parts.ToSubmission(body)], IsPack: false)
            : null;
    }

    private static List<Submission>? ReadPack(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        List<Submission> all = [];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            if (all.Count == SubmissionReader.MaxPackSize || !TryReadParts(ref reader, body.Span, catalogue, out var parts)
                || reader.BytesConsumed - start > SubmissionReader.MaxBytes)
            {
                return null;
            }

            all.Add(parts.ToSubmission(body[start..(int)reader.BytesConsumed]));
        }

        return all.Count > 0 && reader.TokenType == JsonTokenType.EndArray && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? all
            : null;
    }

    private static bool TryReadParts(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, Catalogue catalogue, out Parts parts)
    {
        parts = default;
        var (seen, next) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.ValueIsEscaped ? -1 : KnownFields.IndexOf(reader.ValueSpan, next);
            if (at < 0 || (seen & 1 << at) != 0 || !reader.Read()
                || !TryReadField((SubmissionField)at, ref reader, body, catalogue, ref parts))
            {
                return false;
            }

            (seen, next) = (seen | 1 << at, at + 1);
        }

        return (seen & RequiredFields) == RequiredFields;
    }

    private static bool TryReadField(
        SubmissionField field, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, Catalogue catalogue, ref Parts parts)
    {
        switch (field)
        {
            case SubmissionField.SubmissionId:
                return IsPlainString(reader) && reader.ValueSpan.Length == IdLength
                    && Utf8Parser.TryParse(reader.ValueSpan, out parts.Id, out var consumed, 'D') && consumed == IdLength
                    && parts.Id != Guid.Empty;
            case SubmissionField.Unit:
                parts.Unit = IsPlainString(reader) ? catalogue.Codes.FindUnit(reader.ValueSpan) : null;
                return parts.Unit is not null;
            case SubmissionField.Period:
                parts.PeriodText = IsPlainString(reader) && reader.ValueSpan.Length == Period.TextLength ? reader.GetString() : null;
                return Period.TryParse(parts.PeriodText, out parts.Period);
            case SubmissionField.Revision:
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out parts.Revision)
                    && parts.Revision is >= SubmissionReader.MinRevision and <= SubmissionReader.MaxRevision;
            case SubmissionField.SubmittedAt:
                return TryReadTime(reader, out parts.SubmittedAt);
            case SubmissionField.SubmittedBy:
                return RegularTokens.IsTextOrNull(reader, SubmissionReader.MaxSenderLength);
            case SubmissionField.Values:
                parts.Values = RegularValueReader.TryRead(ref reader, body, catalogue);
                return parts.Values is not null;
            case SubmissionField.Explanations:
                return RegularTokens.IsNullOrEmptyArray(ref reader);
            default:
                return reader.TokenType == JsonTokenType.Null;
        }
    }

    private static bool TryReadTime(in Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        Span<byte> text = stackalloc byte[MaxTimeBytes];
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > text.Length)
        {
            return false;
        }

        text = text[..reader.CopyString(text)];
        return TimestampParser.TryParseUsual(text, out time)
            || (text.Length <= SubmissionReader.MaxTimeLength && TimestampParser.TryParse(Encoding.UTF8.GetString(text), out time));
    }

    private static bool IsPlainString(in Utf8JsonReader reader) => RegularTokens.IsPlainString(reader);

    private struct Parts
    {
        public Guid Id;
        public Unit? Unit;
        public string? PeriodText;
        public Period Period;
        public int Revision;
        public DateTimeOffset SubmittedAt;
        public List<SubmittedValue>? Values;

        public readonly Submission ToSubmission(ReadOnlyMemory<byte> body) => new()
        {
            Body = body,
            Id = Id,
            UnitText = Unit!.Code.Value,
            Unit = Unit,
            PeriodText = PeriodText!,
            Period = Period,
            Revision = Revision,
            SubmittedAt = SubmittedAt,
            Values = Values!,
        };
    }
}
