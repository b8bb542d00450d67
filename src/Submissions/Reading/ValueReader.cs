using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Reading;

/// <summary>Reads the values of a submission: known indicators, each once, the canonical unit, plain decimals.</summary>
public static class ValueReader
{
    private static readonly FieldNames KnownFields =
        new("indicator", "value", "unit", "yearToDate", "lastYear", "numerator", "denominator", "date", "withdraw", "note");

    private const int MaxIntegerDigits = 15;
    private const int MaxFractionDigits = 6;
    private const int MaxWithdrawn = 5;

    public static void Read(IEnumerable<JsonElement> values, Submission submission, Catalogue catalogue)
    {
        var buffer = new JsonElement[KnownFields.Count];
        var any = false;
        foreach (var element in values)
        {
            any = true;
            if (element.ValueKind != JsonValueKind.Object)
            {
                submission.Findings.Add(BuiltInFindings.WrongType("values", "object"));
                continue;
            }

            ReadValue(element, submission, catalogue, buffer);
        }

        if (!any)
        {
            submission.Findings.Add(BuiltInFindings.FieldMissing("values"));
        }
    }

    private static void ReadValue(JsonElement element, Submission submission, Catalogue catalogue, JsonElement[] buffer)
    {
        var findings = submission.Findings;
        var fields = new FieldReader(element, KnownFields, "values.", findings, buffer);
        var name = fields.Text("indicator", 64);
        if (!IndicatorCode.TryParse(name, out var code) || !catalogue.TryFind(code, out var indicator))
        {
            findings.Add(BuiltInFindings.UnknownIndicator(name));
            return;
        }

        if (submission.Values.Exists(other => ReferenceEquals(other.Indicator, indicator)))
        {
            findings.Add(BuiltInFindings.SameIndicatorTwice(indicator));
            return;
        }

        var before = findings.Count;
        var unit = fields.HasText("unit", indicator.CanonicalUnit) ? indicator.CanonicalUnit : fields.Text("unit", 20);
        fields.Text("note", 500);
        var (value, hasValue) = ReadNumber(fields, "value", indicator, submission);
        var figures = new Figures(
            value,
            ReadNumber(fields, "yearToDate", indicator, submission).Value,
            ReadNumber(fields, "lastYear", indicator, submission).Value,
            ReadNumber(fields, "numerator", indicator, submission).Value,
            ReadNumber(fields, "denominator", indicator, submission).Value,
            ReadDate(fields, indicator, submission));
        var takenBack = ReadWithdrawn(fields, indicator, submission);
        if ((takenBack & figures.PresentFields) != 0 || (takenBack == FigureFields.All && figures.PresentFields != 0))
        {
            findings.Add(BuiltInFindings.GivenAndWithdrawn(indicator));
        }

        // A figure that could not be read is not absent: it is neither a withdrawal nor a missing value.
        var isReadable = findings.Count == before;
        var named = figures.PresentFields | takenBack;
        if (isReadable && named == FigureFields.None)
        {
            // An explicit null and nothing else. Beside another figure, a null means the same as an absent field.
            named = hasValue ? FigureFields.All : FigureFields.None;
            if (!hasValue)
            {
                findings.Add(BuiltInFindings.ValueMissing(indicator));
            }
        }

        // A date belongs to the stage that it was given with: a stage takes back the date of the one before.
        if (figures.Value is not null)
        {
            named |= indicator.Kind.Fields & FigureFields.Date;
        }

        var withdrawsOnly = isReadable && figures.PresentFields == FigureFields.None && named != FigureFields.None;
        if (!withdrawsOnly && unit != indicator.CanonicalUnit)
        {
            findings.Add(BuiltInFindings.WrongUnit(indicator, unit));
        }

        submission.Values.Add(new SubmittedValue(indicator, figures, named, isReadable));
    }

    private static FigureFields ReadWithdrawn(FieldReader fields, Indicator indicator, Submission submission)
    {
        var all = FigureFields.None;
        foreach (var element in fields.Array("withdraw", MaxWithdrawn) ?? [])
        {
            var field = element.ValueKind != JsonValueKind.String ? FigureFields.None
                : element.ValueEquals(FigureNames.Value) ? FigureFields.All
                : element.ValueEquals(FigureNames.YearToDate) ? FigureFields.YearToDate
                : element.ValueEquals(FigureNames.LastYear) ? FigureFields.LastYear
                : FigureFields.None;
            if (field == FigureFields.None)
            {
                submission.Findings.Add(BuiltInFindings.CannotBeWithdrawn(indicator, element));
            }

            all |= field;
        }

        return all;
    }

    private static DateOnly? ReadDate(FieldReader fields, Indicator indicator, Submission submission)
    {
        if (fields.Element(FigureNames.Date) is not { ValueKind: not JsonValueKind.Null } element)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        submission.Findings.Add(BuiltInFindings.MalformedDate(indicator, element));
        return null;
    }

    private static (decimal? Value, bool Has) ReadNumber(FieldReader fields, string name, Indicator indicator, Submission submission)
    {
        if (fields.Element(name) is not { } element)
        {
            return (null, false);
        }

        if (element.ValueKind == JsonValueKind.Null)
        {
            return (null, true);
        }

        if (element.ValueKind == JsonValueKind.Number && TryReadDecimal(JsonMarshal.GetRawUtf8Value(element), out var number))
        {
            return (number, true);
        }

        submission.Findings.Add(BuiltInFindings.MalformedNumber(indicator, name, element));
        return (null, true);
    }

    // Checked as text: a parser would round the 40th digit and accept 1e9.
    private static bool TryReadDecimal(ReadOnlySpan<byte> text, out decimal number)
    {
        number = 0;
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var integer = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        return integer.Length <= MaxIntegerDigits && fraction.Length <= MaxFractionDigits
            && !digits.ContainsAny((byte)'e', (byte)'E')
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out number);
    }
}
