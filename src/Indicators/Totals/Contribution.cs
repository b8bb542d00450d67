namespace XilinIngest.Indicators;

/// <summary>What one reporting unit contributes to its own and its ancestors' totals in a month.</summary>
public static class Contribution
{
    /// <param name="indicator">The indicator.</param>
    /// <param name="unit">A unit that reports it, or once did.</param>
    /// <param name="period">The month, n.</param>
    /// <param name="year">The unit's figures of this year, January first: 12.</param>
    /// <param name="lastYear">Those of the year before: 12.</param>
    public static Sums Compute(Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear)
    {
        if (!UnitTree.Reports(unit, indicator, period))
        {
            return ForClosedUnit(indicator, unit, period, year, lastYear);
        }

        var figures = year[period.Month - 1];
        var (ytd, whole) = YearToDate(indicator, unit, period, year, lastYear);
        var sums = new Sums
        {
            Reported = whole ? 1 : 0,
            MonthCount = figures.Value is null ? 0 : 1,
            Month = figures.Value ?? 0,
            YtdCount = ytd is null ? 0 : 1,
            Ytd = ytd ?? 0,
            Incomplete = ytd is null || whole ? 0 : 1,
        };

        return indicator.Kind switch
        {
            IndicatorKind.Rate => sums with { Numerator = figures.Numerator ?? 0, Denominator = figures.Denominator ?? 0 },
            IndicatorKind.Flow or IndicatorKind.Stock when whole && ytd is { } current =>
                WithBases(sums, indicator, unit, period, current, figures.LastYear, lastYear),
            _ => sums,
        };
    }

    private static Sums WithBases(
        Sums sums, Indicator indicator, Unit unit, Period period, decimal current, decimal? reported, ReadOnlySpan<Figures> lastYear)
    {
        var before = period.SameMonthLastYear;
        var recorded = RecordedBase(indicator, unit, before, lastYear);
        if (recorded is { } recordedBase)
        {
            sums = sums with { RecordedCount = 1, RecordedCurrent = current, RecordedBase = recordedBase };
        }
        else if (!UnitTree.Reports(unit, indicator, before))
        {
            sums = sums with { NewCurrent = current, NewCount = 1, NewWithoutBaseCount = reported is null ? 1 : 0 };
        }

        return (reported ?? recorded) is { } comparableBase
            ? sums with { ComparableCount = 1, ComparableCurrent = current, ComparableBase = comparableBase, Substitutes = reported is null ? 1 : 0 }
            : sums;
    }

    // A unit that ended, or left the register: what it did this year stays in the year, what it did last year in the base.
    private static Sums ForClosedUnit(
        Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear)
    {
        if (indicator.Kind is not (IndicatorKind.Flow or IndicatorKind.Stock))
        {
            return default;
        }

        var sums = default(Sums);
        if (indicator.Kind == IndicatorKind.Flow && SumOfMonths(indicator, unit, period, year) is ({ } done, var isAll))
        {
            sums = new Sums { YtdCount = 1, Ytd = done, NewCurrent = isAll ? done : 0, ClosedCount = 1, ClosedUncomparedCount = isAll ? 0 : 1 };
            if (!isAll)
            {
                return sums; // A part of this year is not compared with the whole of the last.
            }
        }

        return RecordedBase(indicator, unit, period.SameMonthLastYear, lastYear) is { } closed
            ? sums with { ClosedBaseCount = 1, ClosedBase = closed, ClosedCount = 1 }
            : sums;
    }

    private static decimal? RecordedBase(Indicator indicator, Unit unit, Period before, ReadOnlySpan<Figures> lastYear)
    {
        if (indicator.Kind == IndicatorKind.Stock && !UnitTree.Reports(unit, indicator, before))
        {
            return null;
        }

        var (ytd, whole) = YearToDate(indicator, unit, before, lastYear, default);
        return whole ? ytd : null;
    }

    /// <summary>A unit's year-to-date by the rule of the kind, and whether it has reported all that is due for it.</summary>
    public static (decimal? Ytd, bool Whole) YearToDate(
        Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear) => indicator.Kind switch
        {
            IndicatorKind.Flow => SumOfMonths(indicator, unit, period, year),
            IndicatorKind.Stock => (Latest(period.Month, year) ?? YearEnd(lastYear), year[period.Month - 1].Value is not null),
            IndicatorKind.NetIncrease => (Increase(indicator, unit, period, year, lastYear), year[period.Month - 1].Value is not null),
            IndicatorKind.Rate => (null, year[period.Month - 1].Denominator is not null),
            IndicatorKind.Given => (year[period.Month - 1].Value, year[period.Month - 1].Value is not null),
            _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator.Kind, null),
        };

    // From the latest year-to-date that a submission carried (it is the authority) plus the months after it. A month in
    // which the unit was not one of the reporters does not count, whatever stands there: the catalogue may have changed since.
    private static (decimal? Ytd, bool Whole) SumOfMonths(Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year)
    {
        decimal? sum = null;
        var reports = UnitTree.Reports(unit, indicator, period);
        var reportsAllYear = reports && unit.Spans.Count == 1 && unit.Spans[0].From <= new Period(period.Year, 1);
        var whole = year[period.Month - 1].HasValue || !reports;
        for (var month = period.Month; month >= 1; month--)
        {
            var figures = year[month - 1];
            if (!reportsAllYear && figures.HasValue && !UnitTree.Reports(unit, indicator, new Period(period.Year, month)))
            {
                continue;
            }

            if (figures.YearToDate is { } carried)
            {
                return ((sum ?? 0) + carried, whole);
            }

            if (figures.Value is { } value)
            {
                sum = (sum ?? 0) + value;
            }
            else if (whole && IsDue(indicator, unit, new Period(period.Year, month)))
            {
                whole = false;
            }
        }

        return (sum, whole && sum is not null);
    }

    // Who was not among the reporters at last year's end had none then. Of who was, and did not say how many, no one knows the
    // increase, though the month itself is reported.
    private static decimal? Increase(Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear)
    {
        var latest = Latest(period.Month, year);
        return UnitTree.Reports(unit, indicator, new Period(period.Year - 1, 12)) ? (latest ?? YearEnd(lastYear)) - YearEnd(lastYear) : latest;
    }

    private static decimal? Latest(int month, ReadOnlySpan<Figures> year)
    {
        for (var m = month; m >= 1; m--)
        {
            if (year[m - 1].Value is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private static decimal? YearEnd(ReadOnlySpan<Figures> lastYear) => lastYear.Length == 12 ? lastYear[11].Value : null;

    public static bool IsDue(Indicator indicator, Unit unit, Period period) =>
        indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period);
}
