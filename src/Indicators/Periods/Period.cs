using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>A reporting month, written <c>yyyy-MM</c>. <c>default</c> is 0001-01, a valid month that no catalogue has.</summary>
public readonly record struct Period : IComparable<Period>
{
    /// <summary>The number of characters of <c>yyyy-MM</c>.</summary>
    public const int TextLength = 7;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly int _monthsSinceYearOne;

    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">The year or the month is out of range.</exception>
    public Period(int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        _monthsSinceYearOne = (year - 1) * 12 + month - 1;
    }

    public int Year => _monthsSinceYearOne / 12 + 1;

    public int Month => _monthsSinceYearOne % 12 + 1;

    /// <summary>yyyymm as one number; the key of a month in storage.</summary>
    public int Number => Year * 100 + Month;

    public Period SameMonthLastYear => AddMonths(-12);

    public Period Previous => AddMonths(-1);

    public Period AddMonths(int months)
    {
        var total = _monthsSinceYearOne + months;
        return new Period(total / 12 + 1, total % 12 + 1);
    }

    /// <summary>The calendar month of a time, by the clocks where the units are.</summary>
    public static Period Containing(DateTimeOffset time) => new(time.ToOffset(ChinaOffset).Year, time.ToOffset(ChinaOffset).Month);

    public static Period FromNumber(int number) => new(number / 100, number % 100);

    /// <summary>Reads exactly <c>yyyy-MM</c> in ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (text is not { Length: TextLength } || text[4] != '-'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            || year < 1 || month is < 1 or > 12)
        {
            return false;
        }

        period = new Period(year, month);
        return true;
    }

    /// <exception cref="FormatException">The text is not <c>yyyy-MM</c>.</exception>
    public static Period Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"'{text}' is not a month; write it as 2022-07.");

    public int CompareTo(Period other) => _monthsSinceYearOne.CompareTo(other._monthsSinceYearOne);

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;
    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;
    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary>The month in a Chinese sentence, such as <c>2022年7月</c>.</summary>
    public string NameZh => string.Create(CultureInfo.InvariantCulture, $"{Year}年{Month}月");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");
}
