using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Marks results for a new computation although no row changed them: after a load, another catalogue, or the lock of a month.
/// </summary>
internal static class Invalidation
{
    /// <summary>The months that are closed or locked: their totals are final where they are complete and approved.</summary>
    public static HashSet<Period> ClosedMonths(Cube.IndicatorCube cube, DateTimeOffset now) =>
        [.. cube.Catalogue.Calendar.Where(window => now > cube.Months.MayBeFinalAfter(window)).Select(window => window.Period)];

    /// <summary>Marks the months that were closed or locked since, up to the last reported one.</summary>
    /// <returns>The months that are closed or locked now.</returns>
    public static HashSet<Period> InvalidateNewlyClosed(Cube.IndicatorCube cube, HashSet<Period> before, DateTimeOffset now)
    {
        var closed = ClosedMonths(cube, now);
        foreach (var period in closed.Except(before).Where(period => cube.HorizonOf(period.Year) >= period.Month))
        {
            Invalidate(cube, period.Year, period.Month);
        }

        return closed;
    }

    public static void InvalidateAll(Cube.IndicatorCube cube)
    {
        cube.Changes.IncludesRemovedNodes = true;
        foreach (var year in cube.Years)
        {
            Invalidate(cube, year, 1);
        }
    }

    private static void Invalidate(Cube.IndicatorCube cube, int year, int month)
    {
        for (var node = 0; node < cube.Nodes.Nodes.Count; node++)
        {
            foreach (var indicator in cube.Catalogue.Indicators)
            {
                var change = cube.Changes.GetOrAdd(node, indicator.Order, year);
                change.FromMonth = Math.Min(change.FromMonth, month);
            }
        }
    }
}
