using System.Text.Json;
using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>
/// Reads and writes the submissions of an accepted pack. The generated reader would box every property, because the record has <c>init</c>
/// properties. Unknown fields are ignored, as the generated readers do.
/// </summary>
internal sealed class AcceptedSubmissionConverter : JsonConverter<AcceptedSubmission>
{
    // The initial capacity: the usual number of values.
    private const int UsualValues = 20;

    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("sequence");
    private static readonly JsonEncodedText SubmissionId = JsonEncodedText.Encode("submissionId");
    private static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText Period = JsonEncodedText.Encode("period");
    private static readonly JsonEncodedText Revision = JsonEncodedText.Encode("revision");
    private static readonly JsonEncodedText SubmittedAt = JsonEncodedText.Encode("submittedAt");
    private static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");

    public override AcceptedSubmission Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An accepted submission is an object.");
        }

        long? sequence = null;
        Guid? id = null;
        int? revision = null;
        DateTimeOffset? submittedAt = null;
        string? unit = null, period = null;
        List<AcceptedValue>? values = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (AcceptedValueConverter.TryEnter(ref reader, Sequence))
            {
                sequence = reader.GetInt64();
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, SubmissionId))
            {
                id = reader.GetGuid();
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, Unit))
            {
                unit = RepeatedTexts.Read(ref reader);
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, Period))
            {
                period = RepeatedTexts.Read(ref reader);
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, Revision))
            {
                revision = reader.GetInt32();
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, SubmittedAt))
            {
                submittedAt = reader.GetDateTimeOffset();
            }
            else if (AcceptedValueConverter.TryEnter(ref reader, Values))
            {
                values = ReadValues(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new AcceptedSubmission
        {
            Sequence = sequence ?? throw Missing(Sequence),
            SubmissionId = id ?? throw Missing(SubmissionId),
            Unit = unit ?? throw Missing(Unit),
            Period = period ?? throw Missing(Period),
            Revision = revision ?? throw Missing(Revision),
            SubmittedAt = submittedAt ?? throw Missing(SubmittedAt),
            Values = values ?? throw Missing(Values),
        };
    }

    public override void Write(Utf8JsonWriter writer, AcceptedSubmission value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Sequence, value.Sequence);
        writer.WriteString(SubmissionId, value.SubmissionId);
        writer.WriteString(Unit, value.Unit);
        writer.WriteString(Period, value.Period);
        writer.WriteNumber(Revision, value.Revision);
        writer.WriteString(SubmittedAt, value.SubmittedAt);
        writer.WriteStartArray(Values);
        for (var i = 0; i < value.Values.Count; i++)
        {
            AcceptedValueConverter.Write(writer, value.Values[i]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static List<AcceptedValue> ReadValues(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The values of an accepted submission are an array.");
        }

        var values = new List<AcceptedValue>(UsualValues);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(AcceptedValueConverter.Read(ref reader));
        }

        return values;
    }

    private static JsonException Missing(JsonEncodedText field) => new($"An accepted submission has no '{field}'.");
}
