using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Reading;

/// <summary>Reads the values of a regular submission; see <see cref="RegularBodyReader"/>.</summary>
internal static class RegularValueReader
{
    // The same limit as in FieldReader.HasText.
    private const int MaxUnitBytes = 64;

    private static readonly FieldNames KnownFields = FieldNames.Of<ValueField>();

    /// <summary>The values; null if the submission is not regular.</summary>
    /// <param name="reader">The reader, positioned at the array; at its end on return.</param>
    /// <param name="body">The bytes that the reader reads.</param>
    /// <param name="catalogue">The catalogue.</param>
    public static List<SubmittedValue>? TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, Catalogue catalogue)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        // The objects are counted first, so that the list is allocated once.
        var rest = body[(int)reader.BytesConsumed..];
        var end = rest.IndexOf((byte)']');
        var values = new List<SubmittedValue>(Math.Min(rest[..Math.Max(end, 0)].Count((byte)'{'), SubmissionReader.MaxValues));
        var (last, highest) = (-1, -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (values.Count == SubmissionReader.MaxValues || ReadValue(ref reader, catalogue, last + 1) is not { } value)
            {
                return null;
            }

            last = value.Indicator.Order;
            if (last <= highest && values.Exists(other => other.Indicator.Order == value.Indicator.Order))
            {
                return null;
            }

            highest = Math.Max(highest, last);
            values.Add(value);
        }

        return values.Count > 0 && reader.TokenType == JsonTokenType.EndArray ? values : null;
    }

    private static SubmittedValue? ReadValue(ref Utf8JsonReader reader, Catalogue catalogue, int likely)
    {
        var fields = new Fields();
        var (seen, next) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.ValueIsEscaped ? -1 : KnownFields.IndexOf(reader.ValueSpan, next);
            if (at < 0 || (seen & 1 << at) != 0 || !reader.Read()
                || !TryReadField((ValueField)at, ref reader, catalogue, likely, ref fields))
            {
                return null;
            }

            (seen, next) = (seen | 1 << at, at + 1);
        }

        if (fields.Indicator is not { } indicator)
        {
            return null;
        }

        var figures = new Figures(fields.Value, fields.YearToDate, fields.LastYear, fields.Numerator, fields.Denominator, fields.Date);
        var hasValue = (seen & 1 << (int)ValueField.Value) != 0;
        var value = ValueReader.Combine(indicator, figures, FigureFields.None, hasValue, isReadable: true);
        var isUnitRight = fields.HasUnit
            ? fields.UnitText.SequenceEqual(catalogue.Codes.CanonicalUnitOf(indicator))
            : ValueReader.WithdrawsOnly(value);
        return isUnitRight && value.ChangedFields != FigureFields.None ? value : null;
    }

    private static bool TryReadField(
        ValueField field, ref Utf8JsonReader reader, Catalogue catalogue, int likely, ref Fields fields)
    {
        switch (field)
        {
            case ValueField.Indicator:
                fields.Indicator = RegularTokens.IsPlainString(reader) ? catalogue.Codes.FindIndicator(reader.ValueSpan, likely) : null;
                return fields.Indicator is not null;
            case ValueField.Value:
                return TryReadNumber(reader, out fields.Value);
            case ValueField.Unit:
                return TryReadUnit(reader, catalogue, ref fields);
            case ValueField.YearToDate:
                return TryReadNumber(reader, out fields.YearToDate);
            case ValueField.LastYear:
                return TryReadNumber(reader, out fields.LastYear);
            case ValueField.Numerator:
                return TryReadNumber(reader, out fields.Numerator);
            case ValueField.Denominator:
                return TryReadNumber(reader, out fields.Denominator);
            case ValueField.Date:
                return TryReadDate(reader, out fields.Date);
            case ValueField.Withdraw:
                return RegularTokens.IsNullOrEmptyArray(ref reader);
            default:
                return RegularTokens.IsTextOrNull(reader, ValueReader.MaxNoteLength);
        }
    }

    private static bool TryReadUnit(in Utf8JsonReader reader, Catalogue catalogue, ref Fields fields)
    {
        fields.HasUnit = reader.TokenType == JsonTokenType.String;
        if (RegularTokens.IsPlainString(reader))
        {
            fields.UnitText = reader.ValueSpan;
            return reader.ValueSpan.Length <= MaxUnitBytes;
        }

        if (!fields.HasUnit)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        // Many libraries write Chinese as escapes.
        fields.UnitText = fields.Indicator is { } indicator ? catalogue.Codes.CanonicalUnitOf(indicator) : [];
        return RegularTokens.IsTextOrNull(reader, ValueReader.MaxUnitLength) && reader.ValueTextEquals(fields.UnitText);
    }

    private static bool TryReadNumber(in Utf8JsonReader reader, out decimal? figure)
    {
        figure = null;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        if (!PlainDecimal.TryRead(reader.ValueSpan, out var number))
        {
            return false;
        }

        figure = number;
        return true;
    }

    private static bool TryReadDate(in Utf8JsonReader reader, out DateOnly? date)
    {
        date = null;
        if (!RegularTokens.IsPlainString(reader))
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        date = ValueReader.TryParseDate(reader.GetString(), out var day) ? day : null;
        return date is not null;
    }

    private ref struct Fields
    {
        public Indicator? Indicator;
        public decimal? Value, YearToDate, LastYear, Numerator, Denominator;
        public DateOnly? Date;
        public bool HasUnit;
        public ReadOnlySpan<byte> UnitText;
    }
}
