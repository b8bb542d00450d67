using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Submissions.Reading;

/// <summary>
/// Parses a time as the standard libraries of other languages write it: ISO 8601 with an offset. Seconds may be absent, because Java omits
/// them if they are zero. A fraction may have any number of digits, of which seven are kept. The offset may be +08, +0800, +08:00 or Z.
/// </summary>
public static partial class TimestampParser
{
    private const int KeptDigits = 7;
    private const string UsualForm = "yyyy-MM-ddTHH:mm:ss+HH:mm";

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

    /// <summary>
    /// Reads the usual form, <c>yyyy-MM-ddTHH:mm:ss+HH:mm</c>, without a regular expression. False if it is another form or not a time.
    /// </summary>
    internal static bool TryParseUsual(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != UsualForm.Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || text[19] is not ((byte)'+' or (byte)'-') || text[22] != ':')
        {
            return false;
        }

        var (year, month, day) = (Number(text[..2]) * 100 + Number(text[2..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        var (offsetHours, offsetMinutes) = (Number(text[20..22]), Number(text[23..25]));

        // In the first and the last year an offset may exceed the supported range.
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23
            || minute is < 0 or > 59 || second is < 0 or > 59 || offsetHours is < 0 or > 13 || offsetMinutes is < 0 or > 59)
        {
            return false;
        }

        var offset = new TimeSpan(offsetHours, offsetMinutes, 0);
        time = new DateTimeOffset(year, month, day, hour, minute, second, text[19] == '-' ? -offset : offset);
        return true;
    }

    // The number of two digits; far below zero if one is not a digit.
    private static int Number(ReadOnlySpan<byte> two) =>
        char.IsAsciiDigit((char)two[0]) && char.IsAsciiDigit((char)two[1]) ? (two[0] - '0') * 10 + two[1] - '0' : -10_000;

    /// <summary>Whether it is a time without an offset, which could order submissions wrongly.</summary>
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
