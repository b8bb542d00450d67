using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>The alert that stands, or stood and cleared, for a unit, an indicator and a year.</summary>
/// <param name="Period">The latest complete month that could be judged.</param>
/// <param name="Judgement">Of that month.</param>
/// <param name="Since">The month since which the colour has not been green; null: it is green.</param>
/// <param name="Target">What it is judged against.</param>
/// <param name="Growth">Of that month: it may have words and an amount in place of a percentage.</param>
/// <param name="YearToDate">Of that month: a target of zero is held against it.</param>
internal sealed record AlertState(Period Period, Judgement Judgement, Period? Since, Target Target, Growth Growth, decimal? YearToDate)
{
    /// <summary>Of that month, for a kind with stages.</summary>
    public StageCounts? Stages { get; init; }
}

/// <summary>Why a target is not judged.</summary>
internal enum NotJudgedReason
{
    /// <summary>There is no target: it was taken out of <c>targets.csv</c>.</summary>
    NoTarget,

    /// <summary>No row of <c>colours.csv</c> is for the unit's level.</summary>
    NoColours,

    /// <summary>No month of the year is complete.</summary>
    NoCompleteMonth,

    /// <summary>Months are complete, and there is nothing to compare: no base, or no year's end to start from.</summary>
    NothingToCompare,
}

/// <summary>A year of judgements: one per complete month, each knowing the one before.</summary>
/// <param name="Months">January first; null where a month is not complete or nothing can be said.</param>
/// <param name="Latest">The state now; null: nothing judged yet.</param>
/// <param name="NotJudgedReason">Why nothing is judged; of no meaning beside a state.</param>
internal sealed record AlertYearEvaluation(Judgement?[] Months, AlertState? Latest, NotJudgedReason NotJudgedReason);

/// <summary>
/// Judges a node's months in order. Hysteresis looks at the month before, not at what happened to be published, so the
/// alerts are a function of the accepted submissions alone, whatever the order they came in.
/// </summary>
internal static class AlertEvaluator
{
    public static AlertYearEvaluation Evaluate(Cube.IndicatorCube cube, int node, Indicator indicator, int year, DateTimeOffset now)
    {
        var unit = cube.Nodes.Nodes[node];
        if (cube.Catalogue.TargetOf(unit, indicator, year) is not { } target)
        {
            return NotEvaluated(NotJudgedReason.NoTarget);
        }

        if (cube.Catalogue.ColourRuleOf(unit.Level) is not { } rule)
        {
            return NotEvaluated(NotJudgedReason.NoColours);
        }

        var months = new Judgement?[12];
        AlertState? latest = null;
        var why = NotJudgedReason.NoCompleteMonth;
        var yearEnd = YearEndOf(cube, node, indicator, year, now);
        for (var month = 1; month <= cube.HorizonOf(year); month++)
        {
            var period = new Period(year, month);
            if (cube.TotalOf(node, indicator, period, now) is not { State: not TotalState.Provisional } total)
            {
                continue;
            }

            why = NotJudgedReason.NothingToCompare;
            var previous = latest?.Judgement.Colour ?? Colour.Green;
            var siblings = SiblingsGrowth(cube, unit, indicator, period, now);
            if (ColourEvaluator.Judge(indicator, total, target, rule, month, yearEnd, siblings, previous) is { } judgement)
            {
                months[month - 1] = judgement;
                latest = new AlertState(period, judgement, judgement.Colour == Colour.Green ? null : latest?.Since ?? period, target,
                    total.Growth, total.Ytd)
                {
                    Stages = total.Stages,
                };
            }
        }

        return new AlertYearEvaluation(months, latest, why);
    }

    private static AlertYearEvaluation NotEvaluated(NotJudgedReason why) => new(new Judgement?[12], null, why);

    // What the pace of a stock starts from; a year's end that is not complete is none.
    private static decimal? YearEndOf(Cube.IndicatorCube cube, int node, Indicator indicator, int year, DateTimeOffset now) =>
        indicator.Kind.LookBack == LookBack.YearEndForTarget
        && cube.TotalOf(node, indicator, new Period(year, 1).Previous, now) is { State: not TotalState.Provisional } total
            ? total.Ytd
            : null;

    /// <summary>The parent whose standing alert on the same indicator silences this one.</summary>
    public static Unit? SilencedBy(Cube.IndicatorCube cube, Unit unit, Indicator indicator, AlertState state, DateTimeOffset now)
    {
        if (cube.Catalogue.ColourRuleOf(unit.Level) is not { SilencedByParent: true }
            || cube.Catalogue.Units.ParentOf(unit, state.Period) is not { } parent)
        {
            return null;
        }

        var above = Evaluate(cube, cube.Nodes.NodeOf(parent), indicator, state.Period.Year, now).Latest;
        return above is { Judgement.Colour: not Colour.Green } ? parent : null;
    }

    // The growth of all siblings together, from sums: the parent's. Only a complete one is an average of anything.
    private static decimal? SiblingsGrowth(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now) =>
        cube.Catalogue.Units.ParentOf(unit, period) is { } parent
        && cube.TotalOf(cube.Nodes.NodeOf(parent), indicator, period, now) is { State: not TotalState.Provisional } total
            ? total.Growth.Percent
            : null;
}
