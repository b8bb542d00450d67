using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>
/// Reads and writes the values of an accepted pack. A submission has twenty of them, and the generated reader of a record with <c>init</c>
/// properties would box seven figures for each. Unknown fields are ignored, as the generated readers do.
/// </summary>
internal sealed class AcceptedValueConverter : JsonConverter<AcceptedValue>
{
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly JsonEncodedText Indicator = JsonEncodedText.Encode("indicator");
    private static readonly JsonEncodedText Withdrawn = JsonEncodedText.Encode("withdrawn");
    private static readonly JsonEncodedText WithdrawnFigures = JsonEncodedText.Encode("withdrawnFigures");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText YearToDate = JsonEncodedText.Encode("yearToDate");
    private static readonly JsonEncodedText LastYear = JsonEncodedText.Encode("lastYear");
    private static readonly JsonEncodedText Numerator = JsonEncodedText.Encode("numerator");
    private static readonly JsonEncodedText Denominator = JsonEncodedText.Encode("denominator");
    private static readonly JsonEncodedText Date = JsonEncodedText.Encode("date");

    public override AcceptedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, AcceptedValue value, JsonSerializerOptions options) => Write(writer, value);

    public static AcceptedValue Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An accepted value is an object.");
        }

        string? indicator = null;
        var withdrawn = false;
        List<string>? withdrawnFigures = null;
        decimal? value = null, yearToDate = null, lastYear = null, numerator = null, denominator = null;
        DateOnly? date = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TryEnter(ref reader, Indicator))
            {
                indicator = RepeatedTexts.Read(ref reader);
            }
            else if (TryRead(ref reader, Value, ref value))
            {
                // The usual second field.
            }
            else if (TryEnter(ref reader, Withdrawn))
            {
                withdrawn = reader.GetBoolean();
            }
            else if (TryEnter(ref reader, WithdrawnFigures))
            {
                withdrawnFigures = ReadNames(ref reader);
            }
            else if (TryEnter(ref reader, Date))
            {
                date = reader.TokenType == JsonTokenType.Null
                    ? null
                    : DateOnly.ParseExact(reader.GetString()!, DateFormat, CultureInfo.InvariantCulture);
            }
            else if (!TryRead(ref reader, YearToDate, ref yearToDate) && !TryRead(ref reader, LastYear, ref lastYear)
                && !TryRead(ref reader, Numerator, ref numerator) && !TryRead(ref reader, Denominator, ref denominator))
            {
                reader.Skip();
            }
        }

        return new AcceptedValue
        {
            Indicator = indicator ?? throw new JsonException("An accepted value names its indicator."),
            Withdrawn = withdrawn,
            WithdrawnFigures = withdrawnFigures,
            Value = value,
            YearToDate = yearToDate,
            LastYear = lastYear,
            Numerator = numerator,
            Denominator = denominator,
            Date = date,
        };
    }

    public static void Write(Utf8JsonWriter writer, AcceptedValue value)
    {
        writer.WriteStartObject();
        writer.WriteString(Indicator, value.Indicator);
        if (value.Withdrawn)
        {
            writer.WriteBoolean(Withdrawn, true);
        }

        if (value.WithdrawnFigures is { Count: > 0 } names)
        {
            writer.WriteStartArray(WithdrawnFigures);
            foreach (var name in names)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        Write(writer, Value, value.Value);
        if (value.HasRareFields)
        {
            Write(writer, YearToDate, value.YearToDate);
            Write(writer, LastYear, value.LastYear);
            Write(writer, Numerator, value.Numerator);
            Write(writer, Denominator, value.Denominator);
            if (value.Date is { } date)
            {
                writer.WriteString(Date, date.ToString(DateFormat, CultureInfo.InvariantCulture));
            }
        }

        writer.WriteEndObject();
    }

    private static List<string>? ReadNames(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        List<string> names = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(RepeatedTexts.Read(ref reader)!);
        }

        return names;
    }

    /// <summary>Whether the reader is at a field of this name; it is then at the field's value.</summary>
    public static bool TryEnter(ref Utf8JsonReader reader, JsonEncodedText name) =>
        reader.ValueTextEquals(name.EncodedUtf8Bytes) && reader.Read();

    private static bool TryRead(ref Utf8JsonReader reader, JsonEncodedText name, ref decimal? figure)
    {
        if (!TryEnter(ref reader, name))
        {
            return false;
        }

        figure = reader.TokenType == JsonTokenType.Null ? null : reader.GetDecimal();
        return true;
    }

    private static void Write(Utf8JsonWriter writer, JsonEncodedText name, decimal? figure)
    {
        if (figure is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
