namespace XilinIngest.Indicators;

/// <summary>Submitted as a stock; published as the current stock less the stock at last year's end. It may be negative.</summary>
public sealed class NetIncreaseKind : IndicatorKind
{
    private NetIncreaseKind()
        : base("NetIncrease", "net_increase")
    {
    }

    public static IndicatorKind Instance { get; } = new NetIncreaseKind();

    public override FigureFields Fields => FigureFields.Value | FigureFields.LastYear;

    public override bool IsAtMonthEnd => true;

    // A unit that was not a reporter at last year's end had a stock of zero then. If a unit was due and did not report, its increase is
    // unknown, although the month itself is reported.
    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months)
    {
        var latest = months.Latest;
        var increase = months.Reports(new Period(months.Period.Year - 1, 12))
            ? (latest ?? months.LastYearEnd) - months.LastYearEnd : latest;
        return (increase, months.Current.Value is not null);
    }

    public override IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months) => months.LatestMonth(12);

    public override IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) =>
        months.LastYearEnd is not null && months.Reports(new Period(months.Period.Year - 1, 12)) ? [new(months.Period.Year - 1, 12)] : [];

    // If all have reported and one has no figure of last year's end, the sum of the other increases would be misleading.
    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn) =>
        Total.FromAmounts(
            indicator, sums, expected, state, sums.YtdCount > 0 && (state == TotalState.Provisional || sums.YtdCount >= sums.Reported));
}
