namespace XilinIngest.Indicators;

/// <summary>A number of firms: the year-to-date is the latest value; a missing month is not zero.</summary>
public sealed class StockKind : IndicatorKind
{
    private StockKind()
        : base("Stock", "stock")
    {
    }

    public static IndicatorKind Instance { get; } = new StockKind();

    public override FigureFields Fields => FigureFields.Value | FigureFields.LastYear;

    public override bool IsAtMonthEnd => true;

    public override TargetMeasure TargetMeasure => TargetMeasure.Path;

    public override LookBack LookBack => LookBack.YearEndForTarget;

    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months) =>
        (months.Latest ?? months.LastYearEnd, months.Current.Value is not null);

    public override IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months) => months.LatestMonth(12);

    public override IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) =>
        months.Indicator.Basis == GrowthBasis.None || RecordedBase(months) is null ? [] : [months.Period.SameMonthLastYear];

    internal override void Contribute(ref Sums sums, in ReportedMonths months)
    {
        if (sums is { Reported: 1, YtdCount: 1 })
        {
            BaseComparison.Add(ref sums, months, RecordedBase(months));
        }
    }

    internal override Sums ContributeClosed(in ReportedMonths months) => BaseComparison.AddClosed(default, RecordedBase(months));

    internal override TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd)
    {
        if (target.Value == 0)
        {
            return TargetProgress.OfZeroTarget(ytd);
        }

        // Without last year's end only December can be judged, because the linear path ends at the target in December.
        return (yearEnd ?? (month == 12 ? 0 : null)) is { } start
            ? new(Pace.Completion(ytd, target.Value), Pace.StockGap(ytd, start, target.Value, month))
            : null;
    }

    private decimal? RecordedBase(in ReportedMonths months) =>
        months.Reports(months.Period.SameMonthLastYear) && YearToDate(months.OneYearBefore) is (var ytd, true) ? ytd : null;
}
