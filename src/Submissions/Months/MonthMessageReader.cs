using System.Text.Json;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Months;

/// <summary>
/// Reads a message that closes or reopens a month: as strictly as a submission, and with all faults at once. It becomes a
/// <see cref="Submission"/> without values, whose unit is the root of the tree.
/// </summary>
internal static class MonthMessageReader
{
    private const string MonthToClose = "monthToClose";
    private const string MonthToReopen = "monthToReopen";
    private const int MaxPeriodLength = 32;

    private static readonly FieldNames ClosingFields = FieldNames.Of<ClosingField>();
    private static readonly FieldNames ReopeningFields = FieldNames.Of<ReopeningField>();

    /// <summary>What a message asks for; null: it is not about a month.</summary>
    public static MonthAction? ActionOf(JsonElement root) =>
        root.TryGetProperty(MonthToClose, out _) ? MonthAction.Close
        : root.TryGetProperty(MonthToReopen, out _) ? MonthAction.Reopen
        : null;

    public static Submission Read(JsonElement root, ReadOnlyMemory<byte> body, MonthAction action, UnitTree units)
    {
        var submission = new Submission { Body = body };
        if (units.Topmost is { } unit)
        {
            (submission.Unit, submission.UnitText) = (unit, unit.Code.Value);
        }

        if (body.Length > SubmissionReader.MaxBytes)
        {
            submission.Findings.Add(BuiltInFindings.TooLarge(SubmissionReader.MaxBytes));
            return submission;
        }

        var isClosing = action == MonthAction.Close;
        var fields = new FieldReader(root, isClosing ? ClosingFields : ReopeningFields, "", submission.Findings);
        submission.Id = RequestFields.ReadId(fields, submission.Findings);
        submission.PeriodText = fields.Text(isClosing ? MonthToClose : MonthToReopen, MaxPeriodLength) ?? "";
        if (Period.TryParse(submission.PeriodText, out var period))
        {
            submission.Period = period;
        }
        else
        {
            submission.Findings.Add(BuiltInFindings.MalformedPeriod(submission.PeriodText));
        }

        submission.MonthRequest = new MonthRequest(action, RequestFields.ReadReason(fields, submission.Findings),
            isClosing ? null : ReadUntil(fields, submission.Findings));
        return submission;
    }

    /// <summary>The change that the body of an accepted row makes; null: the body is not such a message, because it was altered.</summary>
    /// <param name="body">The body as the ledger has it.</param>
    /// <param name="sequence">The row.</param>
    /// <param name="at">When the ledger received it.</param>
    /// <param name="by">The sender's name.</param>
    public static MonthStateChange? ReadRecorded(ReadOnlyMemory<byte> body, long sequence, DateTimeOffset at, string by)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && ActionOf(document.RootElement) is { } action
                && Read(document.RootElement, body, action, NoUnits) is { Period: { } period, MonthRequest: { } request }
                ? new(sequence, period, action, at, request.Until, by, request.Reason)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly UnitTree NoUnits = new([]);

    private static DateTimeOffset? ReadUntil(in FieldReader fields, FindingList findings)
    {
        if (fields.Text("until", SubmissionReader.MaxTimeLength) is not { } until)
        {
            return null;
        }

        if (TimestampParser.TryParse(until, out var time))
        {
            return time;
        }

        findings.Add(BuiltInFindings.WrongType("until", "time with an offset, such as 2022-09-01T18:00:00+08:00"));
        return null;
    }

    private enum ClosingField
    {
        MonthToClose, MessageId, Reason,
    }

    private enum ReopeningField
    {
        MonthToReopen, MessageId, Reason, Until,
    }
}
