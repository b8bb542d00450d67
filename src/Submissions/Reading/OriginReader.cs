using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Reading;

/// <summary>
/// Checks the form of an origin, which is stored with the body. What it says is not checked here: that needs the other installation.
/// </summary>
internal static class OriginReader
{
    private const int MaxSourceLength = 200;
    private const int MaxUnitLength = 32;
    private const int MaxIndicatorLength = 64;
    private const int MaxPartitionLength = 64;
    private const int MaxLedgerLength = 255;
    private const int MaxSignatures = 20;

    // Those of the algorithms to come are long.
    private const int MaxSignatureLength = 5_000;
    private const int RootLength = 64;

    private static readonly FieldNames KnownFields = FieldNames.Of<OriginField>();
    private static readonly FieldNames KnownCheckpointFields = FieldNames.Of<CheckpointField>();
    private static readonly FieldNames KnownTotalFields = FieldNames.Of<OriginTotalField>();

    private static readonly HashSet<string> States =
        Enum.GetNames<ResultState>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToHashSet(StringComparer.Ordinal);

    public static void Check(JsonElement origin, FindingList findings)
    {
        var fields = new FieldReader(origin, KnownFields, "origin.", findings);
        if (RequiredText(fields, "origin.", "source", MaxSourceLength, findings)?.EnumerateRunes().Any(RequestFields.IsInvisible) == true)
        {
            findings.Add(BuiltInFindings.WrongType("origin.source", "text without invisible characters"));
        }

        RequiredText(fields, "origin.", "unit", MaxUnitLength, findings);
        if (fields.Object("checkpoint") is { } checkpoint)
        {
            CheckCheckpoint(checkpoint, findings);
        }
        else if (!fields.Has("checkpoint"))
        {
            findings.Add(BuiltInFindings.FieldMissing("origin.checkpoint"));
        }

        var totals = fields.Array("totals", SubmissionReader.MaxValues)?.ToList();
        if (totals is { Count: 0 } || !fields.Has("totals"))
        {
            findings.Add(BuiltInFindings.FieldMissing("origin.totals"));
        }

        foreach (var total in totals ?? [])
        {
            CheckTotal(total, findings);
        }
    }

    private static void CheckCheckpoint(JsonElement checkpoint, FindingList findings)
    {
        const string path = "origin.checkpoint.";
        var fields = new FieldReader(checkpoint, KnownCheckpointFields, path, findings);
        if (fields.Element("treeSize") is not { ValueKind: JsonValueKind.Number } size || !size.TryGetInt64(out var rows) || rows < 1)
        {
            findings.Add(BuiltInFindings.WrongType(path + "treeSize", "whole number"));
        }

        if (RequiredText(fields, path, "root", RootLength, findings) is { } root
            && (root.Length != RootLength || !root.All(char.IsAsciiHexDigitLower)))
        {
            findings.Add(BuiltInFindings.WrongType(path + "root", "64 lower-case hex digits"));
        }

        if (RequiredText(fields, path, "time", SubmissionReader.MaxTimeLength, findings) is { } time
            && !TimestampParser.TryParse(time, out _))
        {
            findings.Add(BuiltInFindings.WrongType(path + "time", "time with offset"));
        }

        fields.Text("partition", MaxPartitionLength);
        RequiredText(fields, path, "origin", MaxLedgerLength, findings);
        CheckSignatures(fields, path, findings);
    }

    private static void CheckSignatures(in FieldReader fields, string path, FindingList findings)
    {
        var lines = fields.Array("signatures", MaxSignatures)?.ToList();
        if (lines is { Count: 0 } || !fields.Has("signatures"))
        {
            findings.Add(BuiltInFindings.FieldMissing(path + "signatures"));
        }

        if (lines?.Exists(line => line.ValueKind != JsonValueKind.String
            || FieldReader.GetString(line) is not { Length: <= MaxSignatureLength } text || text.Any(char.IsControl)) == true)
        {
            findings.Add(BuiltInFindings.WrongType(path + "signatures", "signature lines"));
        }
    }

    private static void CheckTotal(JsonElement total, FindingList findings)
    {
        const string path = "origin.totals.";
        if (total.ValueKind != JsonValueKind.Object)
        {
            findings.Add(BuiltInFindings.WrongType("origin.totals", "object"));
            return;
        }

        var fields = new FieldReader(total, KnownTotalFields, path, findings);
        RequiredText(fields, path, "indicator", MaxIndicatorLength, findings);
        fields.WholeNumber("version", 1, int.MaxValue);
        if (RequiredText(fields, path, "state", MaxIndicatorLength, findings) is { } state && !States.Contains(state))
        {
            findings.Add(BuiltInFindings.WrongType(path + "state", string.Join(", ", States)));
        }
    }

    private static string? RequiredText(in FieldReader fields, string path, string name, int maxLength, FindingList findings)
    {
        var text = fields.Text(name, maxLength);
        if (!fields.Has(name) || text is "")
        {
            findings.Add(BuiltInFindings.FieldMissing(path + name));
        }

        return text;
    }
}
