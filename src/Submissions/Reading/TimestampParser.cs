using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Submissions.Reading;

/// <summary>
/// A time as the standard libraries of other languages write it: ISO 8601 with an offset. Seconds may be left out, as Java does where
/// they are zero; a fraction may have any number of digits, of which seven are kept; the offset may be +08, +0800, +08:00 or Z.
/// </summary>
public static partial class TimestampParser
{
    private const int KeptDigits = 7;

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        var match = TimestampPattern().Match(text ?? "");
        if (!match.Success || !match.Groups["offset"].Success)
        {
            return false;
        }

        var seconds = match.Groups["s"].Success ? match.Groups["s"].Value : "00";
        var fraction = match.Groups["f"].Value.PadRight(KeptDigits, '0')[..KeptDigits];
        var plain = $"{match.Groups["date"].Value}T{match.Groups["hm"].Value}:{seconds}.{fraction}{Offset(match.Groups["offset"].Value)}";
        return DateTimeOffset.TryParseExact(plain, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out time);
    }

    /// <summary>Whether it is a time without an offset: it could order submissions wrongly.</summary>
    public static bool LacksOffset(string? text) =>
        TimestampPattern().Match(text ?? "") is { Success: true } match && !match.Groups["offset"].Success;

    private static string Offset(string text) => text switch
    {
        "Z" or "z" => "+00:00",
        { Length: 3 } => text + ":00",
        { Length: 5 } => $"{text[..3]}:{text[3..]}",
        _ => text,
    };

    [GeneratedRegex(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<hm>[0-9]{2}:[0-9]{2})"
            + @"(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]+))?)?(?<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?\z")]
    private static partial Regex TimestampPattern();
}
