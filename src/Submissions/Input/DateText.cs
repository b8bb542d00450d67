using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Submissions.Input;

/// <summary>Days as people and Excel write them, year first: 2022-03-15, 2022/3/15, 2022.3.15, 2022年3月15日.</summary>
public static partial class DateText
{
    public static bool TryRead(string text, out DateOnly date)
    {
        date = default;
        var match = Day().Match(NumberText.Normalize(text));
        return match.Success && DateOnly.TryParseExact(
            $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value}", "yyyy-M-d", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out date);
    }

    /// <summary>The form in which a date is sent.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<y>[0-9]{4})(?:-|/|\.|年)(?<m>[0-9]{1,2})(?:-|/|\.|月)(?<d>[0-9]{1,2})日?(?: 0?0:00(?::00)?)?\z")]
    private static partial Regex Day();
}
