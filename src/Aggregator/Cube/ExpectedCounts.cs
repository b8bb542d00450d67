using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The number of units that are expected to report, by node, indicator and month: m of "n of m". Computed from the catalogue and cached by
/// month. Thread-safe.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="nodes">The nodes of the whole tree.</param>
/// <param name="includes">Which units count in a month; null: all.</param>
internal sealed class ExpectedCounts(Catalogue catalogue, NodesOfTree nodes, Func<Unit, Period, bool>? includes = null)
{
    // More months than any catalogue's calendar has, because a query may name any past month.
    private const int MaxCachedPeriods = 240;

    private readonly ConcurrentDictionary<Period, int[]> _byPeriod = [];

    public int Get(int node, Indicator indicator, Period period)
    {
        if (!_byPeriod.TryGetValue(period, out var counts))
        {
            if (_byPeriod.Count >= MaxCachedPeriods)
            {
                _byPeriod.Clear();
            }

            _byPeriod[period] = counts = Count(period);
        }

        return counts[node * catalogue.Indicators.Count + indicator.Order];
    }

    // Runs for each month at a start, over all units and indicators.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Count(Period period)
    {
        var (indicators, due) = (catalogue.Indicators.ToArray(), new bool[catalogue.Indicators.Count]);
        foreach (var indicator in indicators)
        {
            due[indicator.Order] = indicator.IsDueIn(period);
        }

        var counts = new int[nodes.Nodes.Count * indicators.Length];
        foreach (var unit in catalogue.Units.All)
        {
            if (unit.SpanIn(period) is not { } span || includes?.Invoke(unit, period) == false)
            {
                continue;
            }

            var (own, nearest) = (nodes.NodeOf(unit), nodes.PathOf(unit, period).FirstOrDefault(-1));
            foreach (var indicator in indicators)
            {
                var node = indicator.Kind.IsSummedByParents ? nearest : own;
                if (node >= 0 && due[indicator.Order] && UnitTree.Reports(unit, span, indicator))
                {
                    counts[node * indicators.Length + indicator.Order]++;
                }
            }
        }

        RollUp(counts, indicators, period);
        return counts;
    }

    // Adds each node to its parent once, instead of each unit to all its ancestors.
    private void RollUp(int[] counts, Indicator[] indicators, Period period)
    {
        foreach (var path in nodes.PathsUpwards(period))
        {
            foreach (var indicator in indicators)
            {
                if (indicator.Kind.IsSummedByParents)
                {
                    counts[path[1] * indicators.Length + indicator.Order] += counts[path[0] * indicators.Length + indicator.Order];
                }
            }
        }
    }
}
