using System.Globalization;

namespace XilinIngest.Notifier.Notices;

/// <summary>Times as they are stored: in UTC, to the millisecond, so that they sort as text.</summary>
internal static class NoticeTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
