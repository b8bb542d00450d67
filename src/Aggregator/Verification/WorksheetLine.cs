using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// One line of the statistician's work sheet: what one unit has to say of an indicator and a month, worked out from its
/// own reports and nothing else. A sheet is added up per parent.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="IsClosed">It does not report any more; its flow of this year and its base of last year still count.</param>
/// <param name="IsNew">It did not report a year ago.</param>
/// <param name="IsComplete">It has reported the month, and all that was due before it in the year.</param>
/// <param name="Month">The month's value.</param>
/// <param name="Ytd">The year-to-date, whole or not; a stock's latest value.</param>
/// <param name="ReportedBase">上年同期, as the unit reports it today.</param>
/// <param name="RecordedBase">Last year's year-to-date as it stands, if nothing due is missing in it.</param>
/// <param name="Numerator">Of a rate.</param>
/// <param name="Denominator">Of a rate.</param>
internal sealed record WorksheetLine(
    Unit Unit, bool IsClosed, bool IsNew, bool IsComplete, decimal? Month, decimal? Ytd, decimal? ReportedBase, decimal? RecordedBase,
    decimal Numerator, decimal Denominator)
{
    /// <summary>The unit's line; null where nothing of it counts in this month.</summary>
    public static WorksheetLine? Build(OracleValues effective, Unit unit, Indicator indicator, Period period)
    {
        var before = period.SameMonthLastYear;
        if (!effective.HasYear(unit, indicator, period.Year) && !effective.HasYear(unit, indicator, before.Year))
        {
            return null;
        }

        var (reports, reported) = (UnitTree.Reports(unit, indicator, period), UnitTree.Reports(unit, indicator, before));
        var (year, lastYear) = (effective.FiguresOf(unit, indicator, period.Year), effective.FiguresOf(unit, indicator, before.Year));
        var hasBase = indicator.Kind == IndicatorKind.Flow || (indicator.Kind == IndicatorKind.Stock && reported);
        var recorded = hasBase && YearToDate(unit, indicator, before, lastYear, null) is (var then, true) ? then : null;
        if (!reports)
        {
            return BuildClosed(unit, indicator, period, year, recorded);
        }

        var figures = year[period.Month - 1];
        var (ytd, whole) = YearToDate(unit, indicator, period, year, lastYear[11].Value);
        return new WorksheetLine(
            unit, false, !reported, whole, figures.Value, ytd, figures.LastYear, recorded, figures.Numerator ?? 0, figures.Denominator ?? 0);
    }

    // What it did this year stays in the year. Is a month of that missing, no comparison is made of it.
    private static WorksheetLine? BuildClosed(Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, decimal? recorded)
    {
        var (done, whole) = indicator.Kind == IndicatorKind.Flow ? FlowYearToDate(unit, indicator, period, year) : (null, false);
        var @base = done is null || whole ? recorded : null;
        return done is null && @base is null ? null : new WorksheetLine(unit, true, false, whole, null, done, null, @base, 0, 0);
    }

    public static bool IsDue(Unit unit, Indicator indicator, Period period) =>
        indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period);

    private static (decimal? Ytd, bool Whole) YearToDate(Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> months, decimal? yearEnd)
    {
        var now = months[period.Month - 1];
        if (indicator.Kind == IndicatorKind.Flow)
        {
            return FlowYearToDate(unit, indicator, period, months);
        }

        if (indicator.Kind == IndicatorKind.Rate)
        {
            return (null, now.Denominator is not null);
        }

        if (indicator.Kind == IndicatorKind.Given)
        {
            return (now.Value, now.Value is not null);
        }

        var latest = months.Take(period.Month).LastOrDefault(month => month.Value is not null).Value;
        var isIn = now.Value is not null;
        if (indicator.Kind == IndicatorKind.Stock)
        {
            return (latest ?? yearEnd, isIn);
        }

        // A net increase: all that a newcomer has is new; the others' is told from what they had at the year's end.
        return UnitTree.Reports(unit, indicator, new Period(period.Year, 1).Previous) ? ((latest ?? yearEnd) - yearEnd, isIn) : (latest, isIn);
    }

    // The last year-to-date that was carried is the authority on all months up to it; the later months are added. Only
    // months in which the unit was a reporter count.
    private static (decimal? Ytd, bool Whole) FlowYearToDate(Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> all)
    {
        var months = all.Take(period.Month)
            .Select((month, i) => UnitTree.Reports(unit, indicator, new Period(period.Year, i + 1)) ? month : default)
            .ToList();
        var authority = months.FindLastIndex(month => month.YearToDate is not null);
        var later = months.Skip(authority + 1).ToList();
        var parts = later.Select(month => month.Value).Append(authority < 0 ? null : months[authority].YearToDate).OfType<decimal>().ToList();
        var missing = later.Where((month, i) => month.Value is null && IsDue(unit, indicator, new Period(period.Year, authority + 2 + i)));
        var isIn = months[^1].HasValue || !UnitTree.Reports(unit, indicator, period);
        return (parts.Count == 0 ? null : parts.Sum(), parts.Count > 0 && isIn && !missing.Any());
    }
}
