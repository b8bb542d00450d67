using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Months;
using XilinIngest.Submissions.Reviews;

namespace XilinIngest.Submissions.Reading;

/// <summary>
/// Reads a body into a <see cref="Submission"/>: strictly and within limits. It continues after a fault, so that an office gets all faults
/// at once. It resolves the catalogue's codes; the checks judge the values.
/// </summary>
public static class SubmissionReader
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxValues = 200;
    public const int MaxPackSize = 500;
    internal const int MaxDepth = 12;
    internal const int MinRevision = 1;
    internal const int MaxRevision = 9999;
    internal const int MaxTimeLength = 40;
    internal const int MaxSenderLength = 100;
    private const int MaxTextLength = 500;

    private static readonly FieldNames KnownFields = FieldNames.Of<SubmissionField>();
    private static readonly FieldNames KnownCorrectionFields = FieldNames.Of<CorrectionField>();
    private static readonly FieldNames KnownExplanationFields = FieldNames.Of<ExplanationField>();

    private static readonly JsonDocumentOptions StrictJson = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The submissions of a body: one, those of a pack, or a request about a month or a report.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read: not JSON, not an object, too large or too deep.</exception>
    public static SubmissionBatch Read(ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        body = CheckEncoding(body);
        return RegularBodyReader.TryRead(body, catalogue) ?? ReadDocument(body, catalogue);
    }

    /// <summary>Reads a body like <see cref="Read"/>, but always by a document, which is how a body with a fault is read.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read.</exception>
    public static SubmissionBatch ReadByDocument(ReadOnlyMemory<byte> body, Catalogue catalogue) =>
        ReadDocument(CheckEncoding(body), catalogue);

    private static SubmissionBatch ReadDocument(ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        using var document = Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableBodyException("正文不是一个 JSON 对象。",
                $"The body is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}, not an object.");
        }

        if (MonthMessageReader.ActionOf(document.RootElement) is { } action)
        {
            return new([MonthMessageReader.Read(document.RootElement, body, action, catalogue.Units)], IsPack: false);
        }

        if (ReviewMessageReader.IsReview(document.RootElement))
        {
            return new([ReviewMessageReader.Read(document.RootElement, body, catalogue.Units)], IsPack: false);
        }

        if (!document.RootElement.TryGetProperty("submissions", out var pack))
        {
            return new([ReadSubmission(document.RootElement, body, catalogue)], IsPack: false);
        }

        if (pack.ValueKind != JsonValueKind.Array || pack.GetArrayLength() is 0 or > MaxPackSize)
        {
            throw new UnreadableBodyException($"submissions 须为 1 至 {MaxPackSize} 份报表的数组。",
                $"'submissions' must be an array of 1 to {MaxPackSize} submissions.");
        }

        if (document.RootElement.EnumerateObject().Count() > 1)
        {
            throw new UnreadableBodyException("submissions 旁边不能有别的字段。", "Nothing may stand beside 'submissions'.");
        }

        return new([.. pack.EnumerateArray().Select(element =>
            ReadSubmission(element, BytesOf(body, element), catalogue))], IsPack: true);
    }

    // The bytes of an element: a slice of the body, not a copy.
    private static ReadOnlyMemory<byte> BytesOf(ReadOnlyMemory<byte> body, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return body.Span.Overlaps(raw, out var offset) ? body.Slice(offset, raw.Length) : raw.ToArray();
    }

    private static ReadOnlyMemory<byte> CheckEncoding(ReadOnlyMemory<byte> body)
    {
        // Windows programs write a byte order mark before UTF-8 text. It is not part of the submission.
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.IsEmpty)
        {
            throw new UnreadableBodyException("正文为空。", "The body is empty.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw new UnreadableBodyException("正文不是 UTF-8 编码。", "The body is not UTF-8.");
        }

        return body;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, StrictJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the name of a field has an unpaired surrogate.
            throw new UnreadableBodyException($"正文不是有效的 JSON：{exception.Message}", $"The body is not valid JSON: {exception.Message}");
        }
    }

    private static Submission ReadSubmission(JsonElement root, ReadOnlyMemory<byte> body, Catalogue catalogue)
    {
        var submission = new Submission { Body = body };
        if (root.ValueKind != JsonValueKind.Object)
        {
            submission.Findings.Add(BuiltInFindings.WrongType("submissions", "object"));
            return submission;
        }

        if (body.Length > MaxBytes)
        {
            submission.Findings.Add(BuiltInFindings.TooLarge(MaxBytes));
            return submission;
        }

        var fields = new FieldReader(root, KnownFields, "", submission.Findings);
        ReadHead(fields, submission, catalogue);
        if (fields.Array("values", MaxValues) is { } values)
        {
            ValueReader.Read(values, submission, catalogue);
        }
        else if (!fields.Has("values"))
        {
            submission.Findings.Add(BuiltInFindings.FieldMissing("values"));
        }

        foreach (var element in fields.Array("explanations", MaxValues) ?? [])
        {
            ReadExplanation(element, submission);
        }

        if (fields.Object("correction") is { } correction)
        {
            var inner = new FieldReader(correction, KnownCorrectionFields, "correction.", submission.Findings);
            submission.CorrectionReason = inner.Text("reason", MaxTextLength)?.Trim();
        }

        if (fields.Object("origin") is { } origin)
        {
            OriginReader.Check(origin, submission.Findings);
        }

        return submission;
    }

    private static void ReadHead(FieldReader fields, Submission submission, Catalogue catalogue)
    {
        var findings = submission.Findings;
        var id = fields.Text("submissionId", 36);
        submission.Id = Guid.TryParseExact(id, "D", out var guid) ? guid : Guid.Empty;
        if (submission.Id == Guid.Empty)
        {
            findings.Add(BuiltInFindings.MalformedId(id));
        }

        submission.UnitText = fields.Text("unit", 32) ?? "";
        if (catalogue.Units.TryFind(submission.UnitText, out var unit))
        {
            submission.Unit = unit;
        }
        else
        {
            findings.Add(BuiltInFindings.UnknownUnit(submission.UnitText));
        }

        submission.PeriodText = fields.Text("period", 32) ?? "";
        if (Period.TryParse(submission.PeriodText, out var period))
        {
            submission.Period = period;
        }
        else
        {
            findings.Add(BuiltInFindings.MalformedPeriod(submission.PeriodText));
        }

        submission.Revision = fields.WholeNumber("revision", MinRevision, MaxRevision) ?? 0;
        var submittedAt = fields.Text("submittedAt", MaxTimeLength);
        if (TimestampParser.TryParse(submittedAt, out var time))
        {
            submission.SubmittedAt = time;
        }
        else
        {
            findings.Add(BuiltInFindings.MalformedTime(submittedAt));
        }

        fields.Text("submittedBy", MaxSenderLength);
    }

    private static void ReadExplanation(JsonElement element, Submission submission)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            submission.Findings.Add(BuiltInFindings.WrongType("explanations", "object"));
            return;
        }

        var fields = new FieldReader(element, KnownExplanationFields, "explanations.", submission.Findings);
        var rule = fields.Text("rule", 64);
        var indicator = fields.Text("indicator", 64);
        var text = fields.Text("text", MaxTextLength);
        if (rule is null || indicator is null || text is null)
        {
            submission.Findings.Add(BuiltInFindings.FieldMissing("explanations.rule / indicator / text"));
            return;
        }

        submission.Explanations.Add(new Explanation { Rule = rule, Indicator = indicator, Text = text });
    }
}

/// <summary>The submissions of a body.</summary>
/// <param name="All">At least one.</param>
/// <param name="IsPack">Whether it was a pack: its receipts are then returned together.</param>
public sealed record SubmissionBatch(IReadOnlyList<Submission> All, bool IsPack);

/// <summary>A body that cannot be read as a submission. HTTP answers 400; a message becomes a dead letter.</summary>
public sealed class UnreadableBodyException(string messageZh, string messageEn) : Exception(EscapeControlCharacters(messageEn))
{
    public string MessageZh { get; } = EscapeControlCharacters(messageZh);

    // Control characters are replaced, because a parser's message may quote the body in logs and terminals.
    private static string EscapeControlCharacters(string text) =>
        string.Concat(text.Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : c));
}
