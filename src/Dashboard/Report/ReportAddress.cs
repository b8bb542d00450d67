using System.Globalization;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Report;

/// <summary>The address of a report: <c>/report/2022-09</c> up to a month, <c>/report/2022</c> of a whole year.</summary>
internal static class ReportAddress
{
    private const string Path = "/report/";

    /// <summary>The year and month that a report is of; the month is null for a whole year.</summary>
    public static (string Year, int? Month)? Parse(string of) =>
        MonthKeys.IsMonth(of) ? (of[..4], int.Parse(of[5..], CultureInfo.InvariantCulture))
        : MonthKeys.IsMonth(of + "-12") ? (of, null)
        : null;

    /// <summary>The month that an address is of; of a year the last reported one; null: the address has none.</summary>
    /// <param name="path">The path of the page.</param>
    /// <param name="last">The last reported month.</param>
    public static string? MonthIn(string path, string? last) =>
        !path.StartsWith(Path, StringComparison.Ordinal) || Parse(path[Path.Length..]) is not { } of ? null
        : of.Month is not null ? path[Path.Length..]
        : last?.StartsWith(of.Year, StringComparison.Ordinal) == true ? last : of.Year + "-12";

    /// <summary>The address of a report.</summary>
    /// <param name="of">The year or month.</param>
    /// <param name="unit">The unit; null: the one that reports begin with.</param>
    /// <param name="release">The release; null: the present figures.</param>
    public static string Build(string of, string? unit, int? release = null)
    {
        var query = new[]
        {
            string.IsNullOrEmpty(unit) ? null : $"unit={Uri.EscapeDataString(unit)}",
            release is { } number ? $"release={number.ToString(CultureInfo.InvariantCulture)}" : null,
        };
        return $"{Path}{of}?{string.Join('&', query.OfType<string>())}".TrimEnd('?');
    }
}
