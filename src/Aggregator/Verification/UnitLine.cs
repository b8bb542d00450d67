using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// One line of the statistician's work sheet: what one unit has to say of an indicator and a month, worked out from its
/// own reports and nothing else. A sheet is added up per parent.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Closed">It does not report any more, but did a year ago: only <paramref name="RecordedBase"/> counts.</param>
/// <param name="IsNew">It did not report a year ago.</param>
/// <param name="Whole">It has reported the month, and all that was due before it in the year.</param>
/// <param name="Month">The month's value.</param>
/// <param name="Ytd">The year-to-date, whole or not; a stock's latest value.</param>
/// <param name="ReportedBase">上年同期, as the unit reports it today.</param>
/// <param name="RecordedBase">Last year's year-to-date as it stands, if nothing due is missing in it.</param>
/// <param name="Numerator">Of a rate.</param>
/// <param name="Denominator">Of a rate.</param>
internal sealed record UnitLine(
    Unit Unit, bool Closed, bool IsNew, bool Whole, decimal? Month, decimal? Ytd, decimal? ReportedBase, decimal? RecordedBase,
    decimal Numerator, decimal Denominator)
{
    /// <summary>The unit's line; null where it neither reports in this month nor did a year before.</summary>
    public static UnitLine? Of(StandingValues standing, Unit unit, Indicator indicator, Period period)
    {
        var before = period.SameMonthLastYear;
        var (reports, reported) = (UnitTree.Reports(unit, indicator, period), UnitTree.Reports(unit, indicator, before));
        if ((!reports && !reported) || (!standing.Has(unit, indicator, period.Year) && !standing.Has(unit, indicator, before.Year)))
        {
            return null;
        }

        var lastYear = standing.Of(unit, indicator, before.Year);
        var hasBase = reported && (indicator.Kind is IndicatorKind.Flow or IndicatorKind.Stock);
        var recorded = hasBase && YearToDate(unit, indicator, before, lastYear, null) is (var then, true) ? then : null;
        if (!reports)
        {
            return recorded is null ? null : new UnitLine(unit, true, false, false, null, null, null, recorded, 0, 0);
        }

        var year = standing.Of(unit, indicator, period.Year);
        var figures = year[period.Month - 1];
        var (ytd, whole) = YearToDate(unit, indicator, period, year, lastYear[11].Value);
        return new UnitLine(
            unit, false, !reported, whole, figures.Value, ytd, figures.LastYear, recorded, figures.Numerator ?? 0, figures.Denominator ?? 0);
    }

    public static bool IsDue(Unit unit, Indicator indicator, Period period) =>
        indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period);

    private static (decimal? Ytd, bool Whole) YearToDate(Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> months, decimal? yearEnd)
    {
        var now = months[period.Month - 1];
        if (indicator.Kind == IndicatorKind.Flow)
        {
            return FlowSoFar(unit, indicator, period.Year, [.. months.Take(period.Month)]);
        }

        if (indicator.Kind == IndicatorKind.Rate)
        {
            return (null, now.Denominator is not null);
        }

        if (indicator.Kind == IndicatorKind.Given)
        {
            return (now.Value, now.Value is not null);
        }

        var latest = months.Take(period.Month).LastOrDefault(month => month.Value is not null).Value ?? yearEnd;
        return indicator.Kind == IndicatorKind.Stock
            ? (latest, now.Value is not null)
            : (latest - yearEnd, now.Value is not null && yearEnd is not null);
    }

    // The last year-to-date that was carried is the authority on all months up to it; the later months are added.
    private static (decimal? Ytd, bool Whole) FlowSoFar(Unit unit, Indicator indicator, int year, List<Figures> months)
    {
        var authority = months.FindLastIndex(month => month.YearToDate is not null);
        var later = months.Skip(authority + 1).ToList();
        var parts = later.Select(month => month.Value).Append(authority < 0 ? null : months[authority].YearToDate).OfType<decimal>().ToList();
        var missing = later.Where((month, i) => month.Value is null && IsDue(unit, indicator, new Period(year, authority + 2 + i)));
        return (parts.Count == 0 ? null : parts.Sum(), months[^1].Stand && !missing.Any());
    }
}
