using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Input;

/// <summary>
/// Months as people and Excel write them, if year and month are unambiguous: 2022-07, 2022/7, 2022年7月, 202207. Jul-22 is not accepted.
/// </summary>
public static partial class MonthText
{
    public static bool TryRead(string text, out Period period)
    {
        period = default;
        var plain = NumberText.Normalize(text);
        if (IsAmbiguous(plain))
        {
            return false;
        }

        var match = Month().Match(plain);
        var (year, month) = match.Success
            ? (int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture))
            : (0, 0);
        if (year < 1 || month is < 1 or > 12)
        {
            return false;
        }

        period = new Period(year, month);
        return true;
    }

    /// <summary>Whether it may be January or October, because Excel stores 2022.10 as the number 2022.1 and saves that to CSV.</summary>
    public static bool IsAmbiguous(string text) => JanuaryOrOctober().IsMatch(NumberText.Normalize(text));

    [GeneratedRegex(@"\A[0-9]{4}\.1\z")]
    private static partial Regex JanuaryOrOctober();

    // A day is allowed only if it is the first, because Excel adds it to a month.
    [GeneratedRegex(
        @"\A(?:(?<y>[0-9]{4})(?:-|/|\.|年)(?<m>[0-9]{1,2})(?:月|(?:-|/|月)0?1日?(?: 0?0:00(?::00)?)?)?|(?<y>[0-9]{4})(?<m>[0-9]{2}))\z")]
    private static partial Regex Month();
}
