using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>Makes findings, and shortens the text of a submission that they quote.</summary>
internal static class FindingFactory
{
    private const int MaxQuotedLength = 40;

    public static Finding Create(
        string rule, int version, FindingSeverity severity, string zh, string en, string remedyZh, string remedyEn,
        string? indicator = null, IReadOnlyDictionary<string, decimal>? figures = null) => new()
        {
            Rule = rule,
            Version = version,
            Severity = severity,
            Indicator = indicator,
            Figures = figures,
            MessageZh = zh,
            MessageEn = en,
            RemedyZh = remedyZh,
            RemedyEn = remedyEn,
        };

    /// <summary>The first characters of a text, without those that could forge a line of a log or change a terminal.</summary>
    /// <param name="text">The text that an office wrote.</param>
    /// <param name="isReplaced">The characters that are not shown.</param>
    /// <param name="replacement">The replacement for them.</param>
    public static string Shorten(string? text, Func<char, bool> isReplaced, char replacement)
    {
        var line = new string([.. (text ?? "").Take(MaxQuotedLength + 1).Select(c => isReplaced(c) ? replacement : c)]);
        return line.Length > MaxQuotedLength ? line[..MaxQuotedLength] + "…" : line;
    }
}
