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
    internal const int MaxUnitLength = 20;
    internal const int MaxNoteLength = 500;
    private const int MaxWithdrawn = 5;

    private static readonly FieldNames KnownFields = FieldNames.Of<ValueField>();

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
        var unit = fields.HasText("unit", indicator.CanonicalUnit) ? indicator.CanonicalUnit : fields.Text("unit", MaxUnitLength);
        fields.Text("note", MaxNoteLength);
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

        // A figure that could not be read is neither a withdrawal nor a missing value.
        var isReadable = findings.Count == before;
        var combined = Combine(indicator, figures, takenBack, hasValue, isReadable);
        if (isReadable && combined.ChangedFields == FigureFields.None)
        {
            findings.Add(BuiltInFindings.ValueMissing(indicator));
        }

        if (!WithdrawsOnly(combined) && unit != indicator.CanonicalUnit)
        {
            findings.Add(BuiltInFindings.WrongUnit(indicator, unit));
        }

        submission.Values.Add(combined);
    }

    /// <summary>The value with the fields that it changes; empty if it gives no figure and takes none back.</summary>
    internal static SubmittedValue Combine(
        Indicator indicator, in Figures figures, FigureFields takenBack, bool hasValue, bool isReadable)
    {
        var named = figures.PresentFields | takenBack;
        if (isReadable && named == FigureFields.None && hasValue)
        {
            // Only an explicit null withdraws the indicator. With another figure, a null means the same as an absent field.
            named = FigureFields.All;
        }

        // A date belongs to the stage that it was given with, so a new stage takes back the earlier date.
        if (figures.Value is not null)
        {
            named |= indicator.Kind.Fields & FigureFields.Date;
        }

        return new SubmittedValue(indicator, figures, named, isReadable);
    }

    /// <summary>Whether it takes figures back and gives none. It then needs no unit of measure.</summary>
    internal static bool WithdrawsOnly(in SubmittedValue value) =>
        value.IsReadable && value.Figures.PresentFields == FigureFields.None && value.ChangedFields != FigureFields.None;

    internal static bool TryParseDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static FigureFields ReadWithdrawn(FieldReader fields, Indicator indicator, Submission submission)
    {
        var all = FigureFields.None;
        foreach (var element in fields.Array("withdraw", MaxWithdrawn) ?? [])
        {
            var field = (element.ValueKind == JsonValueKind.String ? FieldReader.GetString(element) : null) switch
            {
                FigureNames.Value => FigureFields.All,
                FigureNames.YearToDate => FigureFields.YearToDate,
                FigureNames.LastYear => FigureFields.LastYear,
                _ => FigureFields.None,
            };
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
            && TryParseDate(FieldReader.GetString(element), out var date))
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

        if (element.ValueKind == JsonValueKind.Number && PlainDecimal.TryRead(JsonMarshal.GetRawUtf8Value(element), out var number))
        {
            return (number, true);
        }

        submission.Findings.Add(BuiltInFindings.MalformedNumber(indicator, name, element));
        return (null, true);
    }
}
