namespace XilinIngest.Indicators;

/// <summary>The contribution of one reporting unit to its own and its ancestors' totals in a month.</summary>
public static class Contribution
{
    /// <param name="indicator">The indicator.</param>
    /// <param name="unit">A unit that reports the indicator now or reported it earlier.</param>
    /// <param name="period">The month, n.</param>
    /// <param name="year">The unit's 12 figures of this year, January first.</param>
    /// <param name="lastYear">The 12 figures of the year before.</param>
    public static Sums Compute(Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear)
    {
        var months = new ReportedMonths(indicator, unit, period, year, lastYear);
        if (!UnitTree.Reports(unit, indicator, period))
        {
            return indicator.Kind.ContributeClosed(months);
        }

        var value = months.Current.Value;
        var (ytd, whole) = indicator.Kind.YearToDate(months);
        var sums = new Sums
        {
            Reported = whole ? 1 : 0,
            MonthCount = value is null ? 0 : 1,
            Month = value ?? 0,
            YtdCount = ytd is null ? 0 : 1,
            Ytd = ytd ?? 0,
            Incomplete = ytd is null || whole ? 0 : 1,
        };
        indicator.Kind.Contribute(ref sums, months);
        return sums;
    }

    /// <summary>Adds the contributions of several months of a year.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="unit">A unit that reports the indicator now or reported it earlier.</param>
    /// <param name="from">The first month.</param>
    /// <param name="to">The last month, of the same year.</param>
    /// <param name="year">The unit's 12 figures of this year, January first.</param>
    /// <param name="lastYear">The 12 figures of the year before.</param>
    /// <param name="sums">The sums that they are added to.</param>
    public static void AddMonths(
        Indicator indicator, Unit unit, Period from, Period to, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear,
        SumsOfMonths sums)
    {
        // Most units report from before last year on and have not ended. What depends on the unit's spans is then the same in each month.
        if (UnitTree.ReportsFrom(unit, indicator, new Period(from.Year, 1).AddMonths(-12))
            && indicator.Kind.TryAddMonths(indicator, from, to, year, lastYear, sums))
        {
            return;
        }

        for (var month = from.Month; month <= to.Month; month++)
        {
            sums[month].Add(Compute(indicator, unit, new Period(from.Year, month), year, lastYear));
        }
    }

    /// <summary>A unit's year-to-date by the rule of the kind, and whether every due month in it was reported.</summary>
    public static (decimal? Ytd, bool Whole) YearToDate(
        Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear) =>
        indicator.Kind.YearToDate(new ReportedMonths(indicator, unit, period, year, lastYear));

    public static bool IsDue(Indicator indicator, Unit unit, Period period) =>
        indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period);
}
