using System.Runtime.CompilerServices;

namespace XilinIngest.Indicators;

/// <summary>Investment, sales, counts of events: the year-to-date is the sum of the months.</summary>
public sealed class FlowKind : IndicatorKind
{
    private FlowKind()
        : base("Flow", "flow")
    {
    }

    public static IndicatorKind Instance { get; } = new FlowKind();

    public override FigureFields Fields => FigureFields.Value | FigureFields.YearToDate | FigureFields.LastYear;

    // The sum starts from the latest reported year-to-date, which takes precedence over the months before it. A month in which the unit was
    // not a reporter does not count, even if it has a value: the catalogue may have changed since.
    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months)
    {
        decimal? sum = null;
        var (unit, indicator, year) = (months.Unit, months.Indicator, months.Period.Year);
        var reports = months.Reports(months.Period);
        var reportsAllYear = reports && unit.Spans.Count == 1 && unit.Spans[0].From <= new Period(year, 1);
        var whole = months.Current.HasValue || !reports;
        for (var month = months.Period.Month; month >= 1; month--)
        {
            ref readonly var figures = ref months.Year[month - 1];
            if (!reportsAllYear && figures.HasValue && !months.Reports(new Period(year, month)))
            {
                continue;
            }

            if (figures.HasRareFigures && figures.YearToDate is { } carried)
            {
                return ((sum ?? 0) + carried, whole);
            }

            if (figures.Value is { } value)
            {
                sum = (sum ?? 0) + value;
            }
            else if (whole && Contribution.IsDue(indicator, unit, new Period(year, month)))
            {
                whole = false;
            }
        }

        return (sum, whole && sum is not null);
    }

    // The months start at the latest one with a reported year-to-date, as in the sum.
    public override IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months)
    {
        List<Period> sources = [];
        for (var month = months.Period.Month; month >= 1; month--)
        {
            var (figures, period) = (months.Year[month - 1], new Period(months.Period.Year, month));
            if (!figures.HasValue || !months.Reports(period))
            {
                continue;
            }

            sources.Add(period);
            if (figures.YearToDate is not null)
            {
                break;
            }
        }

        sources.Reverse();
        return sources;
    }

    public override IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) =>
        months.Indicator.Basis == GrowthBasis.None || RecordedBase(months) is null ? [] : SourceMonthsOf(months.OneYearBefore);

    internal override void Contribute(ref Sums sums, in ReportedMonths months)
    {
        if (sums is { Reported: 1, YtdCount: 1 })
        {
            BaseComparison.Add(ref sums, months, RecordedBase(months));
        }
    }

    // Where the history of some units begins with a year-to-date, the others' months are no total of the month.
    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn)
    {
        var total = base.ToTotal(indicator, sums, lastYear, expected, state, isOwn);
        return state != TotalState.Provisional && sums.MonthCount < sums.Reported ? total with { Month = null } : total;
    }

    // A load is over before code that is called often would be compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool TryAddMonths(
        Indicator indicator, Period from, Period to, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear, SumsOfMonths sums)
    {
        // A load computes every month of every year. Starting each month's sum anew would read six times as many figures.
        RunningYear current = default, before = default;
        for (var month = 1; month <= to.Month; month++)
        {
            var period = new Period(from.Year, month);
            current.Add(year[month - 1], indicator.IsDueIn(period));
            before.Add(lastYear[month - 1], indicator.IsDueIn(period.SameMonthLastYear));
            if (month >= from.Month)
            {
                current.AddTo(ref sums[month], year[month - 1], before.WholeYtd);
            }
        }

        return true;
    }

    // The figures of a closed unit stay in this year's total. They are not compared, because they cover only a part of the year.
    internal override Sums ContributeClosed(in ReportedMonths months)
    {
        if (YearToDate(months) is not ({ } done, var isWhole))
        {
            return BaseComparison.AddClosed(default, RecordedBase(months));
        }

        return isWhole
            ? BaseComparison.AddClosed(new Sums { YtdCount = 1, Ytd = done, NewCurrent = done, ClosedCount = 1 }, RecordedBase(months))
            : new Sums { YtdCount = 1, Ytd = done, ClosedCount = 1, ClosedUncomparedCount = 1 };
    }

    private decimal? RecordedBase(in ReportedMonths months) => YearToDate(months.OneYearBefore) is (var ytd, true) ? ytd : null;
}
