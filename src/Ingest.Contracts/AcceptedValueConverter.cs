using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>
/// Reads and writes the values of an accepted pack: there are twenty for every submission, and the generated reader of a
/// record with <c>init</c> properties keeps seven boxed figures for each. What it does not know it passes over, as the
/// generated ones do.
/// </summary>
internal sealed class AcceptedValueConverter : JsonConverter<AcceptedValue>
{
    private const string DateFormat = "yyyy-MM-dd";

    public override AcceptedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
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
            if (reader.ValueTextEquals("indicator"u8))
            {
                reader.Read();
                indicator = reader.GetString();
            }
            else if (reader.ValueTextEquals("withdrawn"u8))
            {
                reader.Read();
                withdrawn = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("withdrawnFigures"u8))
            {
                reader.Read();
                withdrawnFigures = ReadNames(ref reader);
            }
            else if (reader.ValueTextEquals("date"u8))
            {
                reader.Read();
                date = reader.TokenType == JsonTokenType.Null
                    ? null
                    : DateOnly.ParseExact(reader.GetString()!, DateFormat, CultureInfo.InvariantCulture);
            }
            else if (!TryRead(ref reader, "value"u8, ref value) && !TryRead(ref reader, "yearToDate"u8, ref yearToDate)
                && !TryRead(ref reader, "lastYear"u8, ref lastYear) && !TryRead(ref reader, "numerator"u8, ref numerator)
                && !TryRead(ref reader, "denominator"u8, ref denominator))
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

    public override void Write(Utf8JsonWriter writer, AcceptedValue value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("indicator"u8, value.Indicator);
        writer.WriteBoolean("withdrawn"u8, value.Withdrawn);
        if (value.WithdrawnFigures is { Count: > 0 } names)
        {
            writer.WriteStartArray("withdrawnFigures"u8);
            foreach (var name in names)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        Write(writer, "value"u8, value.Value);
        Write(writer, "yearToDate"u8, value.YearToDate);
        Write(writer, "lastYear"u8, value.LastYear);
        Write(writer, "numerator"u8, value.Numerator);
        Write(writer, "denominator"u8, value.Denominator);
        if (value.Date is { } date)
        {
            writer.WriteString("date"u8, date.ToString(DateFormat, CultureInfo.InvariantCulture));
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
            names.Add(reader.GetString()!);
        }

        return names;
    }

    private static bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref decimal? figure)
    {
        if (!reader.ValueTextEquals(name))
        {
            return false;
        }

        reader.Read();
        figure = reader.TokenType == JsonTokenType.Null ? null : reader.GetDecimal();
        return true;
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? figure)
    {
        if (figure is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
