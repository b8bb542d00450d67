namespace XilinIngest.Indicators;

/// <summary>The reports of a unit for an indicator up to a month.</summary>
public readonly ref struct ReportedMonths
{
    /// <param name="indicator">The indicator.</param>
    /// <param name="unit">A unit that reports the indicator now or reported it earlier.</param>
    /// <param name="period">The month, n.</param>
    /// <param name="year">The unit's 12 figures of this year, January first.</param>
    /// <param name="lastYear">The 12 figures of the year before, or an empty span.</param>
    public ReportedMonths(Indicator indicator, Unit unit, Period period, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear)
    {
        Indicator = indicator;
        Unit = unit;
        Period = period;
        Year = year;
        LastYear = lastYear;
    }

    public Indicator Indicator { get; }

    public Unit Unit { get; }

    public Period Period { get; }

    public ReadOnlySpan<Figures> Year { get; }

    public ReadOnlySpan<Figures> LastYear { get; }

    /// <summary>The month's own figures.</summary>
    public ref readonly Figures Current => ref Year[Period.Month - 1];

    /// <summary>The latest value of this year.</summary>
    public decimal? Latest => LatestIndex(Year[..Period.Month]) is >= 0 and var at ? Year[at].Value : null;

    /// <summary>The value of last December.</summary>
    public decimal? LastYearEnd => LastYear.Length == 12 ? LastYear[11].Value : null;

    /// <summary>The same months of last year.</summary>
    public ReportedMonths OneYearBefore => new(Indicator, Unit, Period.SameMonthLastYear, LastYear, default);

    /// <summary>The month of the latest value, in this year or otherwise in last year; empty if there is no value.</summary>
    /// <param name="fromMonth">The first month of last year that may be used; 13 excludes last year.</param>
    internal IReadOnlyList<Period> LatestMonth(int fromMonth)
    {
        var at = LatestIndex(Year[..Period.Month]);
        if (at >= 0)
        {
            return [new Period(Period.Year, at + 1)];
        }

        at = LatestIndex(LastYear);
        return at >= 0 && at + 1 >= fromMonth ? [new Period(Period.Year - 1, at + 1)] : [];
    }

    public bool Reports(Period period) => UnitTree.Reports(Unit, Indicator, period);

    /// <summary>The index of the last month with a value; −1 if there is none.</summary>
    internal static int LatestIndex(ReadOnlySpan<Figures> months)
    {
        var at = months.Length - 1;
        while (at >= 0 && months[at].Value is null)
        {
            at--;
        }

        return at;
    }
}
