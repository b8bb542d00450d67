using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>The current or cleared alert of a unit, an indicator and a year.</summary>
/// <param name="Period">The latest complete month that could be judged.</param>
/// <param name="Judgement">The judgement of that month.</param>
/// <param name="Since">The month since which the colour has not been green; null: it is green.</param>
/// <param name="Target">The target of the judgement.</param>
/// <param name="Compared">What the growth of that month was computed from, exact; null: nothing is compared.</param>
/// <param name="YearToDate">The year-to-date of that month, which is compared with a target of zero.</param>
internal sealed record AlertState(
    Period Period, Judgement Judgement, Period? Since, Target Target, (decimal Current, decimal Base)? Compared, decimal? YearToDate)
{
    /// <summary>The stages of that month, for a kind with stages.</summary>
    public StageCounts? Stages { get; init; }

    /// <summary>The units that are in the figure and not in the comparison; null: all are in both.</summary>
    public UnitsLeftOut? LeftOut { get; init; }

    /// <summary>The level of the units that <see cref="Stages"/> counts; null: they are of several levels.</summary>
    public UnitLevel? CountedLevel { get; init; }
}

/// <summary>The reason why a target is not judged.</summary>
internal enum NotJudgedReason
{
    /// <summary>There is no target: it was removed from <c>targets.csv</c>.</summary>
    NoTarget,

    /// <summary><c>colours.csv</c> has no row for the unit's level.</summary>
    NoColours,

    /// <summary>No month of the year is complete.</summary>
    NoCompleteMonth,

    /// <summary>Months are complete, but there is no base, or no year's end to start from.</summary>
    NothingToCompare,
}

/// <summary>The judgements of a year: one for each complete month, each based on the one before.</summary>
/// <param name="Months">January first; null: the month is not complete or cannot be judged.</param>
/// <param name="Latest">The current state; null: no month is judged.</param>
/// <param name="NotJudgedReason">Why no month is judged; meaningless if there is a state.</param>
internal sealed record AlertYearEvaluation(IReadOnlyList<Judgement?> Months, AlertState? Latest, NotJudgedReason NotJudgedReason);

/// <summary>
/// Judges a node's months in order. The hysteresis uses the month before, not the last publication. The alerts therefore depend only on the
/// accepted submissions and not on their order.
/// </summary>
internal static class AlertEvaluator
{
    private static readonly AlertYearEvaluation WithoutTarget = new(new Judgement?[12], null, NotJudgedReason.NoTarget);
    private static readonly AlertYearEvaluation WithoutColours = WithoutTarget with { NotJudgedReason = NotJudgedReason.NoColours };

    public static AlertYearEvaluation Evaluate(Cube.IndicatorCube cube, int node, Indicator indicator, int year, DateTimeOffset now)
    {
        var unit = cube.Nodes.Nodes[node];
        if (cube.Targets.Of(node, indicator, year) is not { } target)
        {
            return WithoutTarget;
        }

        if (cube.Catalogue.ColourRuleOf(unit.Level) is not { } rule)
        {
            return WithoutColours;
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
                    ComparisonBuilder.FiguresOf(indicator, total), total.Ytd)
                {
                    Stages = total.Stages,
                    LeftOut = ComparisonBuilder.LeftOutOf(total),
                    CountedLevel = total.Stages is null ? null : cube.Catalogue.Units.LevelReportingBelow(unit, indicator, period),
                };
            }
        }

        return new AlertYearEvaluation(months, latest, why);
    }

    // The start of a stock's pace. A year's end that is not complete does not count.
    private static decimal? YearEndOf(Cube.IndicatorCube cube, int node, Indicator indicator, int year, DateTimeOffset now) =>
        indicator.Kind.LookBack == LookBack.YearEndForTarget
        && cube.TotalOf(node, indicator, new Period(year, 1).Previous, now) is { State: not TotalState.Provisional } total
            ? total.Ytd
            : null;

    /// <summary>The parent that silences this alert with a current alert on the same indicator.</summary>
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

    // The common growth of all siblings, which is the parent's. Only that of a complete parent is meaningful.
    private static decimal? SiblingsGrowth(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now) =>
        cube.Catalogue.Units.ParentOf(unit, period) is { } parent
        && cube.TotalOf(cube.Nodes.NodeOf(parent), indicator, period, now) is { State: not TotalState.Provisional } total
            ? total.Growth.Percent
            : null;
}
