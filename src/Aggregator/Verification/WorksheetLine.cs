using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// One line of the worksheet: a unit's figures of an indicator and a month, computed only from its own reports. The lines of a parent are
/// added up.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="IsClosed">Whether the unit no longer reports. Its flow of this year and its base of last year still count.</param>
/// <param name="IsNew">Whether it did not report a year ago.</param>
/// <param name="IsComplete">Whether it has reported the month and everything due before it in the year.</param>
/// <param name="Month">The month's value.</param>
/// <param name="Ytd">The year-to-date, complete or not; a stock's latest value.</param>
/// <param name="ReportedBase">上年同期, as reported by the unit today.</param>
/// <param name="RecordedBase">The recorded year-to-date of last year, if it is complete.</param>
/// <param name="Numbers">The month's figures.</param>
internal sealed record WorksheetLine(
    Unit Unit, bool IsClosed, bool IsNew, bool IsComplete, decimal? Month, decimal? Ytd, decimal? ReportedBase, decimal? RecordedBase,
    Figures Numbers)
{
    /// <summary>Since when it has been at its stage; null: it has no stage, or no date.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The unit's line; null: it does not count in this month.</summary>
    public static WorksheetLine? Build(OracleValues effective, Unit unit, Indicator indicator, Period period)
    {
        var before = period.SameMonthLastYear;
        if (!effective.HasYear(unit, indicator, period.Year) && !effective.HasYear(unit, indicator, before.Year))
        {
            return null;
        }

        var (reports, reported) = (UnitTree.Reports(unit, indicator, period), UnitTree.Reports(unit, indicator, before));
        var (year, lastYear) = (effective.FiguresOf(unit, indicator, period.Year), effective.FiguresOf(unit, indicator, before.Year));
        var kind = OracleKind.Of(indicator);
        var recorded = kind.HasBase(reported) && kind.YearToDate(unit, indicator, before, lastYear, null) is (var then, true) ? then : null;
        if (!reports)
        {
            return BuildClosed(unit, indicator, period, year, recorded);
        }

        var figures = year[period.Month - 1];
        var (ytd, whole) = kind.YearToDate(unit, indicator, period, year, lastYear);
        return new WorksheetLine(
            unit, false, !reported, whole, figures.Value, ytd, figures.LastYear, recorded, figures)
        {
            Since = kind.SinceOf(period, year, lastYear),
        };
    }

    // Its figures of this year remain in the year. If a month of them is missing, they are not compared.
    private static WorksheetLine? BuildClosed(Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, decimal? recorded)
    {
        var (done, whole) = OracleKind.Of(indicator).ClosedYearToDate(unit, indicator, period, year);
        var @base = done is null || whole ? recorded : null;
        return done is null && @base is null ? null : new WorksheetLine(unit, true, false, whole, null, done, null, @base, default);
    }

    public static bool IsDue(Unit unit, Indicator indicator, Period period) =>
        indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period);
}
