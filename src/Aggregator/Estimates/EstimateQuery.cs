using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Estimates;

/// <summary>What a year is expected to come to, from the published totals of the year and of earlier ones.</summary>
internal static class EstimateQuery
{
    // The season of longer ago says little of today's.
    private const int MaxYears = 5;

    /// <param name="published">The published results.</param>
    /// <param name="unit">A unit with totals.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="period">The month.</param>
    public static YearEstimate ForMonth(PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        if (!indicator.Kind.AddsMonths)
        {
            return None(EstimateObstacle.NotSummed, []);
        }

        if (period.Month == 12)
        {
            return None(EstimateObstacle.YearIsOver, []);
        }

        var earlier = EarlierYears(published, unit, indicator, period);
        if (!indicator.IsDueIn(period))
        {
            return None(EstimateObstacle.TooEarly, earlier);
        }

        if (published.TotalOf(unit, indicator, period) is not { YearToDate: { } yearToDate, State: not ResultState.Provisional })
        {
            return None(EstimateObstacle.Incomplete, earlier);
        }

        var (estimate, obstacle) = SeasonalEstimator.Estimate(yearToDate, earlier.Select(each => each.Year), indicator.MayBeNegative);
        if (estimate is null)
        {
            return None(obstacle!.Value, earlier);
        }

        // What a year reports of the year before has the season of its own report: two such years prove nothing of an error.
        var hasInterval = earlier.Count(each => !each.IsBase) >= SeasonalEstimator.MinYears;
        return new(null, Amount(estimate.Amount), hasInterval ? Amount(estimate.Low) : null, hasInterval ? Amount(estimate.High) : null,
            Percent(estimate.MeanShare), hasInterval ? Percent(estimate.LargestError) : null,
            [.. estimate.Trials.Select(trial => Describe(trial.Year, earlier.Any(each => each.Year == trial.Year && each.IsBase)) with
            {
                Estimate = Amount(trial.Estimate),
                ErrorPercent = Percent(trial.Error),
            })]);

        decimal Amount(decimal exact)
        {
            var printing = indicator.PrintingAt(unit.Level, exact);
            return TotalBuilder.Normalize(Rounding.Print(exact, printing) * printing.Divisor);
        }
    }

    // Years whose months are all complete, and before the first of them the one that it reported as its base.
    private static List<(SeasonalYear Year, bool IsBase)> EarlierYears(
        PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        var years = new List<(SeasonalYear, bool)>();
        for (var year = period.Year - MaxYears; year < period.Year; year++)
        {
            if (Complete(published, unit, indicator, new Period(year, period.Month)) is not { YearToDate: { } part } then
                || Complete(published, unit, indicator, new Period(year, 12)) is not { YearToDate: { } whole } end)
            {
                continue;
            }

            if (years.Count == 0 && IsWholeBase(then) && IsWholeBase(end))
            {
                years.Add((new(year - 1, then.Base!.Value, end.Base!.Value), true));
            }

            years.Add((new(year, part, whole), false));
        }

        return years;
    }

    private static IndicatorTotal? Complete(PublishedSnapshot published, Unit unit, Indicator indicator, Period period) =>
        published.TotalOf(unit, indicator, period) is { State: not ResultState.Provisional } total ? total : null;

    // Units that are new had no figure a year ago. Any other unit that is left out is missing from the base.
    private static bool IsWholeBase(IndicatorTotal total) => total is
    {
        Base: not null,
        Basis: ComparisonBasis.Comparable,
        BaseSubstitutes: 0,
        LeftOut: null or { Closed: 0, WithoutBase: 0, Incomplete: 0 },
    };

    private static YearEstimate None(EstimateObstacle obstacle, List<(SeasonalYear Year, bool IsBase)> earlier) =>
        new(NameOf(obstacle), null, null, null, null, null, [.. earlier.Select(each => Describe(each.Year, each.IsBase))]);

    private static EstimatedYear Describe(SeasonalYear year, bool isBase) => new(
        year.Year, TotalBuilder.Normalize(year.YearToDate), TotalBuilder.Normalize(year.FullYear),
        year.IsUsable ? Percent(year.Share) : null, null, null, isBase);

    private static decimal Percent(decimal part) => TotalBuilder.Normalize(Rounding.Rate(part * 100));

    private static EstimateObstacleName NameOf(EstimateObstacle obstacle) => obstacle switch
    {
        EstimateObstacle.NotSummed => EstimateObstacleName.NotSummed,
        EstimateObstacle.YearIsOver => EstimateObstacleName.YearIsOver,
        EstimateObstacle.Incomplete => EstimateObstacleName.Incomplete,
        EstimateObstacle.NotPositive => EstimateObstacleName.NotPositive,
        EstimateObstacle.TooFewYears => EstimateObstacleName.TooFewYears,
        EstimateObstacle.TooEarly => EstimateObstacleName.TooEarly,
        _ => EstimateObstacleName.TooUncertain,
    };
}
