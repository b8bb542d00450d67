using System.Globalization;
using System.Text;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Reading;

/// <summary>The fields that all requests have: those that close and reopen months, and those that review reports.</summary>
internal static class RequestFields
{
    private const int MaxReasonLength = 500;

    /// <summary>The id; empty, with a finding, if it is missing or no GUID.</summary>
    public static Guid ReadId(in FieldReader fields, FindingList findings)
    {
        var text = fields.Text("messageId", 36);
        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty)
        {
            return id;
        }

        findings.Add(BuiltInFindings.MalformedMessageId(text));
        return Guid.Empty;
    }

    /// <summary>
    /// The reason; null: none is given. It is shown to others beside their figures, so one with signs that are not seen or that turn the
    /// direction of the text adds a finding. It is returned all the same: a row that was accepted keeps its reason.
    /// </summary>
    public static string? ReadReason(in FieldReader fields, FindingList findings)
    {
        var reason = fields.Text("reason", MaxReasonLength)?.Trim();
        if (reason?.EnumerateRunes().Any(IsInvisible) == true)
        {
            findings.Add(BuiltInFindings.WrongType("reason", "text without invisible characters"));
        }

        return string.IsNullOrEmpty(reason) ? null : reason;
    }

    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
