namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>One of several years of an indicator.</summary>
/// <param name="Year">The year.</param>
/// <param name="Months">Its twelve months.</param>
public sealed record IndicatorYear(string Year, IReadOnlyList<SeriesPoint> Months)
{
    /// <summary>Whether the years are compared by their year-to-date.</summary>
    public static bool HaveYearToDate(IReadOnlyList<IndicatorYear> years) =>
        years.Any(year => year.Months.Any(month => month.YearToDate is not null));

    /// <summary>The figure of a month, from 0.</summary>
    public decimal? FigureOf(int month, IReadOnlyList<IndicatorYear> years) =>
        HaveYearToDate(years) ? Months[month].YearToDate : Months[month].Month;
}
