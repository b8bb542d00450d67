using System.Text;
using System.Text.Json;

namespace XilinIngest.Submissions.Reading;

/// <summary>The fields that an object may have.</summary>
public sealed class FieldNames
{
    private readonly string[] _names;
    private readonly byte[][] _utf8;

    private FieldNames(string[] names) => (_names, _utf8) = (names, [.. names.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>The members of an enumeration, in camel case; the index of a field is the member's value.</summary>
    public static FieldNames Of<T>() where T : struct, Enum =>
        new([.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);

    public int Count => _names.Length;

    public int IndexOf(string name) =>
        Array.IndexOf(_names, name) is >= 0 and var at ? at : throw new ArgumentException($"{name} is none of the fields.", nameof(name));

    /// <summary>
    /// The index of a field; −1 if unknown. The search starts after the last hit, because fields mostly come in their usual order.
    /// </summary>
    public int IndexOf(JsonProperty property, int from)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            var at = At(from, i);
            if (property.NameEquals(_utf8[at]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The index of a field by its name without escapes; −1 if unknown.</summary>
    public int IndexOf(ReadOnlySpan<byte> name, int from)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            var at = At(from, i);
            if (name.SequenceEqual(_utf8[at]))
            {
                return at;
            }
        }

        return -1;
    }

    private int At(int from, int i) => from + i < _utf8.Length ? from + i : from + i - _utf8.Length;
}

/// <summary>The fields of a submission.</summary>
internal enum SubmissionField
{
    SubmissionId, Unit, Period, Revision, SubmittedAt, SubmittedBy, Values, Explanations, Correction, Origin,
}

/// <summary>The fields of a value.</summary>
internal enum ValueField
{
    Indicator, Value, Unit, YearToDate, LastYear, Numerator, Denominator, Date, Withdraw, Note,
}

/// <summary>The fields of an explanation.</summary>
internal enum ExplanationField
{
    Rule, Indicator, Text,
}

/// <summary>The fields of a correction.</summary>
internal enum CorrectionField
{
    Reason,
}

/// <summary>The fields of an origin.</summary>
internal enum OriginField
{
    Source, Unit, Checkpoint, Totals,
}

/// <summary>The fields of a checkpoint.</summary>
internal enum CheckpointField
{
    TreeSize, Root, Time, Partition, Origin, Signatures,
}

/// <summary>The fields of a total that an origin names.</summary>
internal enum OriginTotalField
{
    Indicator, Version, State,
}
