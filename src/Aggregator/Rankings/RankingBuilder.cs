using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Rankings;

/// <summary>
/// Ranks the children of a parent. Enterprises are not ranked, because a ranking would publish the figures of one enterprise.
/// </summary>
internal static class RankingBuilder
{
    /// <summary>The ranking; null: there is nothing to rank.</summary>
    /// <param name="cube">The cube.</param>
    /// <param name="parentNode">The parent.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="period">The month.</param>
    /// <param name="now">The time, which decides whether the month is final.</param>
    /// <param name="version">The version that it has if it is published. From 2 on, a ranking was published before; if there is none any
    /// more, an empty one with the reason is returned.</param>
    /// <param name="change">The change, with the ledger rows that can have caused it.</param>
    public static RankingPublished? Build(
        Cube.IndicatorCube cube, int parentNode, Indicator indicator, Period period, DateTimeOffset now, int version = 1,
        Cube.CubeChanges.NodeChange? change = null)
    {
        var wasPublished = version > 1;
        var parent = cube.Nodes.Nodes[parentNode];
        if (indicator.RankBy == RankBy.None && !wasPublished)
        {
            return null;
        }

        var siblings = SiblingsOf(cube, parent, indicator, period);
        var totals = TotalsOf(cube, siblings, indicator, period, now);
        RankingEnd? ended = indicator.RankBy == RankBy.None ? RankingEnd.NotRanked
            : siblings.Length < 2 ? RankingEnd.FewerThanTwo
            : Array.TrueForAll(totals, total => total is null) ? RankingEnd.NoFigures
            : null;
        if (ended is not null && !wasPublished)
        {
            return null;
        }

        return new RankingPublished
        {
            Parent = parent.Code.Value,
            Indicator = indicator.Code.Value,
            Period = period.ToString(),
            By = PublishedTerms.MeasureOf(indicator.RankBy),
            Direction = PublishedTerms.DirectionOf(indicator.Direction),
            State = PublishedTerms.StateOf(ended is null
                ? totals.Min(total => total?.State ?? TotalState.Provisional) : TotalState.Provisional),
            Reported = totals.Sum(total => total?.Reported ?? 0),
            Expected = siblings.Sum(unit => cube.ExpectedOf(cube.Nodes.NodeOf(unit), indicator, period)),
            Units = ended is null ? RankedUnitsOf(cube, parent, indicator, period, now, siblings, totals) : [],
            Ended = ended,
            Version = version,
            Cause = change?.CausesOf(period.Month) ?? [],
            PublishedAt = now,
        };
    }

    private static RankedUnit[] RankedUnitsOf(
        Cube.IndicatorCube cube, Unit parent, Indicator indicator, Period period, DateTimeOffset now, Unit[] siblings,
        Total?[] totals)
    {
        var values = ValuesOf(cube, siblings, totals, indicator, period);
        var ranks = CompetitionRanking.ComputeByKey(values, indicator.Direction);
        var previous = PreviousRanks(cube, parent, indicator, period, now, siblings);
        var units = new RankedUnit[siblings.Length];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = new RankedUnit
            {
                Unit = siblings[i].Code.Value,
                Value = TotalBuilder.Normalize(values[i]?.Value),
                Since = values[i]?.Since,
                Rank = ranks[i],
                PreviousRank = previous[i],
                Comparison = indicator.RankBy == RankBy.Growth ? ComparisonBuilder.Build(indicator, totals[i]) : null,
            };
        }

        Array.Sort(units, ByRank);
        return units;
    }

    private static int ByRank(RankedUnit one, RankedUnit other) =>
        (one.Rank ?? int.MaxValue).CompareTo(other.Rank ?? int.MaxValue) is var byRank and not 0
            ? byRank : string.CompareOrdinal(one.Unit, other.Unit);

    /// <summary>The children of the parent that have a unit below them that is expected to report.</summary>
    private static Unit[] SiblingsOf(Cube.IndicatorCube cube, Unit parent, Indicator indicator, Period period)
    {
        var children = cube.ChildrenWithTotals(parent, period);
        for (var i = 0; i < children.Length; i++)
        {
            if (!IsExpected(children[i]))
            {
                return Array.FindAll(children, IsExpected);
            }
        }

        return children;

        bool IsExpected(Unit unit) => cube.ExpectedOf(cube.Nodes.NodeOf(unit), indicator, period) > 0;
    }

    private static Total?[] TotalsOf(
        Cube.IndicatorCube cube, Unit[] siblings, Indicator indicator, Period period, DateTimeOffset now)
    {
        var totals = new Total?[siblings.Length];
        for (var i = 0; i < totals.Length; i++)
        {
            totals[i] = cube.TotalOf(cube.Nodes.NodeOf(siblings[i]), indicator, period, now);
        }

        return totals;
    }

    private static RankKey?[] ValuesOf(
        Cube.IndicatorCube cube, Unit[] siblings, Total?[] totals, Indicator indicator, Period period)
    {
        var values = new RankKey?[totals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = totals[i] is { } total
                ? CompetitionRanking.KeyOf(
                    indicator, siblings[i].Level, total, cube.Targets.Of(cube.Nodes.NodeOf(siblings[i]), indicator, period.Year))
                : null;
        }

        return values;
    }

    // The ranks of the month before, in the order of the siblings.
    private static int?[] PreviousRanks(
        Cube.IndicatorCube cube, Unit parent, Indicator indicator, Period period, DateTimeOffset now, Unit[] siblings)
    {
        var previous = new int?[siblings.Length];
        if (period.Month == 1 || !indicator.IsDueIn(period.Previous))
        {
            return previous;
        }

        var former = SiblingsOf(cube, parent, indicator, period.Previous);
        var ranks = RanksOf(cube, parent, indicator, period.Previous, now, former);
        for (var i = 0; i < former.Length; i++)
        {
            if (IndexOf(siblings, former[i], i) is >= 0 and var at)
            {
                previous[at] = ranks[i];
            }
        }

        return previous;
    }

    // A step mostly changes one month, so that the ranks of the month before stay for many steps.
    private static int?[] RanksOf(
        Cube.IndicatorCube cube, Unit parent, Indicator indicator, Period period, DateTimeOffset now, Unit[] siblings)
    {
        ref var known = ref cube.FormerRanks.Of(cube.Nodes.NodeOf(parent), indicator, period);
        if (known is not null && IsOf(known, siblings))
        {
            return known.Ranks;
        }

        var totals = TotalsOf(cube, siblings, indicator, period, now);
        var values = ValuesOf(cube, siblings, totals, indicator, period);
        known = new(siblings, totals, CompetitionRanking.ComputeByKey(values, indicator.Direction));
        return known.Ranks;

        // A total is another object once it has changed.
        bool IsOf(Cube.FormerRanks.OfMonth ranks, Unit[] units)
        {
            for (var i = 0; i < units.Length; i++)
            {
                if (i >= ranks.Siblings.Length || !ReferenceEquals(units[i], ranks.Siblings[i])
                    || !ReferenceEquals(ranks.Totals[i], cube.TotalOf(cube.Nodes.NodeOf(units[i]), indicator, period, now)))
                {
                    return false;
                }
            }

            return units.Length == ranks.Siblings.Length;
        }
    }

    // Siblings seldom change, so that a unit usually has the same place.
    private static int IndexOf(Unit[] siblings, Unit unit, int likely)
    {
        if (likely < siblings.Length && ReferenceEquals(siblings[likely], unit))
        {
            return likely;
        }

        for (var i = 0; i < siblings.Length; i++)
        {
            if (ReferenceEquals(siblings[i], unit))
            {
                return i;
            }
        }

        return -1;
    }
}
