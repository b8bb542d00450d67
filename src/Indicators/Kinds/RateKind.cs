namespace XilinIngest.Indicators;

/// <summary>Computed from summed numerators and denominators, in per cent; never added or averaged.</summary>
public sealed class RateKind : IndicatorKind
{
    private RateKind()
        : base("Rate", "rate")
    {
    }

    public static IndicatorKind Instance { get; } = new RateKind();

    public override FigureFields Fields => FigureFields.Value | FigureFields.Numerator | FigureFields.Denominator;

    public override FigureFields RequiredFields => FigureFields.Numerator | FigureFields.Denominator;

    public override FigureFields DerivedFields => FigureFields.Value;

    public override GrowthUnit GrowthUnit => GrowthUnit.Points;

    public override TargetMeasure TargetMeasure => TargetMeasure.Level;

    public override LookBack LookBack => LookBack.EachMonth;

    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months) => (null, months.Current.Denominator is not null);

    /// <summary>Whether the parts make a rate. 0 of 0 does: it reports that there was nothing to count.</summary>
    public override bool IsReport(in Figures figures) =>
        figures is { Numerator: { } numerator, Denominator: { } denominator } && (denominator > 0 || (denominator == 0 && numerator == 0));

    public override decimal? MonthValue(in Figures figures) => figures.Value ?? figures.Ratio;

    public override IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) =>
        months.Indicator.Basis != GrowthBasis.None && months.LastYear.Length == 12 && months.LastYear[months.Period.Month - 1].HasValue
            ? [months.Period.SameMonthLastYear] : [];

    internal override void Contribute(ref Sums sums, in ReportedMonths months) =>
        (sums.Numerator, sums.Denominator) = (months.Current.Numerator ?? 0, months.Current.Denominator ?? 0);

    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn)
    {
        decimal? rate = sums.Denominator > 0 ? sums.Numerator * 100 / sums.Denominator : null;
        decimal? before = lastYear.Denominator > 0 ? lastYear.Numerator * 100 / lastYear.Denominator : null;

        // A comparison of some units with all units would show who has reported, not what has changed. A flow compares only the units with
        // both years and shows the compared part. A provisional rate has no growth, because readers take the difference of the two printed
        // rates.
        var compares = indicator.Basis != GrowthBasis.None && state != TotalState.Provisional;
        var growth = compares && rate is { } now && before is { } then ? Growth.ComputeForRate(now, then) : Growth.Absent;
        return new Total(
            rate, rate, growth.Percent is null ? null : before, null, growth, Growth.Absent, growth, 0, default, sums.Reported, expected,
            state)
        {
            Parts = sums.Reported > 0 ? (sums.Numerator, sums.Denominator) : null,
        };
    }

    internal override TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd) =>
        new(ytd, ytd - target.Value);
}
