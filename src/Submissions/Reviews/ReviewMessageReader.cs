using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Reviews;

/// <summary>
/// Reads a message that reviews a report: as strictly as a submission, and with all faults at once. It becomes a
/// <see cref="Submission"/> of the unit and month without values.
/// </summary>
internal static class ReviewMessageReader
{
    private const string RowToReview = "rowToReview";
    private const string ReviewDecisionField = "decision";
    private const int MaxTextLength = 32;

    private static readonly FieldNames Fields = FieldNames.Of<ReviewField>();

    /// <summary>Whether a message is a review.</summary>
    public static bool IsReview(JsonElement root) => root.TryGetProperty(RowToReview, out _);

    public static Submission Read(JsonElement root, ReadOnlyMemory<byte> body, UnitTree? units)
    {
        var submission = new Submission { Body = body, ReviewRequest = new ReviewRequest(null, null, null) };
        var findings = submission.Findings;
        if (body.Length > SubmissionReader.MaxBytes)
        {
            findings.Add(BuiltInFindings.TooLarge(SubmissionReader.MaxBytes));
            return submission;
        }

        var fields = new FieldReader(root, Fields, "", findings);
        submission.Id = RequestFields.ReadId(fields, findings);
        submission.UnitText = fields.Text("unit", MaxTextLength) ?? "";
        if (units is not null && units.TryFind(submission.UnitText, out var unit))
        {
            submission.Unit = unit;
        }
        else
        {
            findings.Add(BuiltInFindings.UnknownUnit(submission.UnitText));
        }

        submission.PeriodText = fields.Text("period", MaxTextLength) ?? "";
        if (Period.TryParse(submission.PeriodText, out var period))
        {
            submission.Period = period;
        }
        else
        {
            findings.Add(BuiltInFindings.MalformedPeriod(submission.PeriodText));
        }

        submission.ReviewRequest = new ReviewRequest(
            ReadRow(fields, findings), ReadAction(fields, findings), RequestFields.ReadReason(fields, findings));
        return submission;
    }

    /// <summary>The review that the body of an accepted row is; null: it is none, because it was altered or is of another kind.</summary>
    /// <param name="body">The body as the ledger has it.</param>
    /// <param name="sequence">The row.</param>
    /// <param name="at">When the ledger received it.</param>
    /// <param name="by">The sender's name.</param>
    public static ReportReview? ReadRecorded(ReadOnlyMemory<byte> body, long sequence, DateTimeOffset at, string by)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsReview(document.RootElement)
                && Read(document.RootElement, body, units: null) is
                { Period: { } period, ReviewRequest: { Row: { } row, Action: { } action } request } read
                && UnitCode.TryParse(read.UnitText, out var unit)
                ? new(sequence, row, unit, period, action, at, by, request.Reason)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? ReadRow(in FieldReader fields, FindingList findings)
    {
        if (fields.Element(RowToReview) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt64(out var row) && row > 0)
        {
            return row;
        }

        findings.Add(BuiltInFindings.WrongType(RowToReview, "number of a ledger row, from 1"));
        return null;
    }

    private static ReviewAction? ReadAction(in FieldReader fields, FindingList findings)
    {
        if (WireNames.Parse<ReviewDecision>(fields.Text(ReviewDecisionField, MaxTextLength)) is { } decision)
        {
            return decision == ReviewDecision.Approve ? ReviewAction.Approve : ReviewAction.Return;
        }

        findings.Add(BuiltInFindings.WrongType(ReviewDecisionField, "approve / return"));
        return null;
    }

    private enum ReviewField
    {
        RowToReview, Unit, Period, Decision, MessageId, Reason,
    }
}
