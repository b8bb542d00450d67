using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>The month that is given on the command line, or the year alone.</summary>
internal sealed record GivenMonth(int Year, Period? Month)
{
    /// <summary>Reads 2022-07, 2022年7月 or 2022.</summary>
    public static GivenMonth? TryRead(string text) =>
        MonthText.TryRead(text, out var period) ? new(period.Year, period)
        : TableMonths.TryReadYear(text, out var year) ? new(year, null) : null;
}

/// <summary>Months as tables write them: in a cell, in a title, or without their year above a column.</summary>
internal static partial class TableMonths
{
    /// <summary>The one month that a text names. A title may be of 2022年1—7月, which is July's.</summary>
    public static bool TryRead(string text, out Period period)
    {
        if (MonthText.TryRead(text, out period))
        {
            return true;
        }

        var key = NameKey.Of(text);
        if (InTitle().Matches(key) is not [var match])
        {
            return false;
        }

        // 2022年7月至8月 and 2022年7、8月 are of two months.
        var month = Number(match, "m");
        var (before, after) = (key[..match.Index], key[(match.Index + match.Length)..]);
        if (AnyMonth().Matches(before).Concat(AnyMonth().Matches(after)).Any(other => Number(other, "m") != month))
        {
            return false;
        }

        period = new Period(Number(match, "y"), month);
        return true;
    }

    /// <summary>A month without its year, such as 7月.</summary>
    public static bool TryReadMonth(string text, out int month)
    {
        var match = Alone().Match(NameKey.Of(text));
        month = match.Success ? Number(match, "m") : 0;
        return match.Success;
    }

    /// <summary>The one year that a text names.</summary>
    public static bool TryReadYear(string text, out int year)
    {
        var (key, found) = (NameKey.Of(text), (Match?)null);
        found = YearAlone().Match(key) is { Success: true } alone ? alone : YearInTitle().Matches(key) is [var only] ? only : null;
        year = found is null ? 0 : Number(found, "y");
        return found is not null;
    }

    /// <summary>Whether a heading such as 1—8月累计 names months, and another one is meant.</summary>
    public static bool NamesOtherThan(string heading, int month)
    {
        var named = AnyMonth().Matches(NameKey.Of(heading));
        return named.Count > 0 && named.All(match => Number(match, "m") != month);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // A day, such as that of filling in, is no month.
    [GeneratedRegex(@"(?<![0-9])(?<y>[12][0-9]{3})年(?:0?1月?(?:-|至|到))?(?<m>1[0-2]|0?[1-9])月(?![0-9]+日)")]
    private static partial Regex InTitle();

    [GeneratedRegex(@"(?<![0-9])(?<m>1[0-2]|0?[1-9])月(?![0-9]+日)")]
    private static partial Regex AnyMonth();

    [GeneratedRegex(@"\A第?(?<m>1[0-2]|0?[1-9])月?份?\z")]
    private static partial Regex Alone();

    [GeneratedRegex(@"\A(?<y>[12][0-9]{3})年?度?\z")]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"(?<![0-9])(?<y>[12][0-9]{3})年")]
    private static partial Regex YearInTitle();
}
