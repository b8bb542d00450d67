using System.Runtime.InteropServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// Ranks of siblings that were computed for the rankings of the month after, with the totals that they were computed from. They hold while
/// the cube has the same totals.
/// </summary>
internal sealed class FormerRanks
{
    // A few months are in use: the one before each that is reported at the time.
    private const int MaxMonths = 6;

    private readonly Dictionary<Period, Dictionary<(int Parent, int Indicator), OfMonth?>> _byMonth = [];

    /// <summary>The ranks of the children of a node, to be read or replaced; null: they are not known.</summary>
    public ref OfMonth? Of(int parent, Indicator indicator, Period period)
    {
        if (!_byMonth.TryGetValue(period, out var ranks))
        {
            if (_byMonth.Count == MaxMonths)
            {
                _byMonth.Clear();
            }

            _byMonth[period] = ranks = [];
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(ranks, (parent, indicator.Order), out _);
    }

    /// <summary>The ranks of one month.</summary>
    /// <param name="Siblings">The units.</param>
    /// <param name="Totals">The totals of the units.</param>
    /// <param name="Ranks">Their ranks.</param>
    internal sealed record OfMonth(Unit[] Siblings, Total?[] Totals, int?[] Ranks);
}
