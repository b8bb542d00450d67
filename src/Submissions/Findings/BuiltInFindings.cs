using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

/// <summary>The findings of the built-in checks (强制性). Their ids are stable: clients and manuals refer to them.</summary>
public static partial class BuiltInFindings
{
    public const int Version = 1;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly DateTime LatestRepresentable = DateTime.MaxValue - ChinaOffset;

    public static string FormatNumber(decimal value)
    {
        if (value.Scale > 6)
        {
            return value.ToString("0.######", CultureInfo.InvariantCulture);
        }

        // The same text. A revision formats forty figures, and a format that is read anew each time takes five times as long.
        var text = value.ToString(CultureInfo.InvariantCulture);
        return value.Scale == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    private static Finding Error(
        string rule, string zh, string en, string remedyZh, string remedyEn, Indicator? indicator = null,
        IReadOnlyDictionary<string, decimal>? figures = null) =>
        FindingFactory.Create(rule, Version, FindingSeverity.Error, zh, en, remedyZh, remedyEn, indicator?.Code.Value, figures);

    private static string Quote(string? text) => $"“{FindingFactory.Shorten(text, IsInvisible, '?')}”";

    // A text without its JSON escapes; any other value as it was sent.
    private static string Quote(JsonElement sent)
    {
        try
        {
            return Quote(IsText(sent) ? sent.GetString() : sent.GetRawText());
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate is valid JSON but not a valid text.
            return Quote(sent.GetRawText());
        }
    }

    private static bool IsText(JsonElement sent) => sent.ValueKind == JsonValueKind.String;

    // Control characters, unpaired surrogates, line separators, and characters that change the writing direction.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // In China's time, except for the last hours of the supported range, which cannot be converted.
    private static string FormatTime(DateTimeOffset time)
        => (time.UtcDateTime < LatestRepresentable
            ? time.ToOffset(ChinaOffset) : time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
