using System.Collections.Concurrent;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The number of units that are expected to report, by node, indicator and month: m of "n of m". Computed from the catalogue and cached by
/// month. Thread-safe.
/// </summary>
internal sealed class ExpectedCounts(Catalogue catalogue, NodeMap nodes)
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

    private int[] Count(Period period)
    {
        var counts = new int[nodes.Nodes.Count * catalogue.Indicators.Count];
        foreach (var unit in catalogue.Units.All)
        {
            if (unit.SpanIn(period) is null)
            {
                continue;
            }

            var path = nodes.PathOf(unit, period);
            foreach (var indicator in catalogue.Indicators)
            {
                if (!Contribution.IsDue(indicator, unit, period))
                {
                    continue;
                }

                foreach (var node in IndicatorCube.ContributionNodesOf(indicator, unit, path, nodes))
                {
                    counts[node * catalogue.Indicators.Count + indicator.Order]++;
                }
            }
        }

        return counts;
    }
}
