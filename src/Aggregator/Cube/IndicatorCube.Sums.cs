using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Updates the sums by the difference of a unit's contributions before and after a change.</summary>
internal sealed partial class IndicatorCube
{
    private void Set(
        Unit unit, UnitYearWindow years, Indicator indicator, Period period, Figures figures, FigureFields named, Provenance source)
    {
        var before = years.This.StoredValue(indicator, period.Month);
        if (before.Apply(figures, named, source, out var after) == FigureFields.None)
        {
            return;
        }

        var (last, current, next) = (_figures[0], _figures[1], _figures[2]);
        CopyOrClear(years.Last, indicator.Order, last);
        years.This.CopyTo(indicator.Order, current);
        CopyOrClear(years.Next, indicator.Order, next);
        var count = Contributions(unit, indicator, period, last, current, next, _before);
        current[period.Month - 1] = after.Figures.Effective();
        years.This.Set(indicator.Order, period.Month, after.Figures, after.Provenance);
        Contributions(unit, indicator, period, last, current, next, _after);
        for (var i = 0; i < count; i++)
        {
            if (_before[i].Sums != _after[i].Sums)
            {
                AddDifference(unit, indicator, _after[i].Period, _after[i].Sums - _before[i].Sums, source.Sequence);
            }
        }
    }

    // The contributions that a value of this month can change: from this month to the end of the next year, up to the last reported month.
    private int Contributions(
        Unit unit, Indicator indicator, Period from, ReadOnlySpan<Figures> last, ReadOnlySpan<Figures> current, ReadOnlySpan<Figures> next,
        (Period Period, Sums Sums)[] all)
    {
        var count = 0;
        var (horizon, nextHorizon) = (HorizonOf(from.Year), HorizonOf(from.Year + 1));
        for (var month = from.Month; month <= horizon; month++)
        {
            var period = new Period(from.Year, month);
            all[count++] = (period, Contribution.Compute(indicator, unit, period, current, last));
        }

        for (var month = 1; month <= nextHorizon; month++)
        {
            var period = new Period(from.Year + 1, month);
            all[count++] = (period, Contribution.Compute(indicator, unit, period, next, current));
        }

        return count;
    }

    private static void CopyOrClear(UnitYear? year, int order, Span<Figures> twelve)
    {
        if (year is null)
        {
            twelve.Clear();
            return;
        }

        year.CopyTo(order, twelve);
    }

    private void AddDifference(Unit unit, Indicator indicator, Period period, Sums difference, long sequence)
    {
        var (nodes, next) = (_years[period.Year], _years.GetValueOrDefault(period.Year + 1));
        foreach (var node in ContributionNodesOf(indicator, unit, Nodes.PathOf(unit, period), Nodes))
        {
            nodes.Sums[nodes.At(node, indicator.Order, period.Month)].Add(difference);

            // The total of the next year compares with this one.
            nodes.ForgetTotal(node, indicator.Order, period.Month);
            next?.ForgetTotal(node, indicator.Order, period.Month);
            Changes.Add(node, indicator.Order, period, sequence);
        }
    }

    // Returns a year that can be changed. A frozen year, which readers hold, is copied first.
    private UnitYear UnitYearOf(Unit unit, int year, int capacity)
    {
        if (!_units.TryGetValue((unit.Index, year), out var months))
        {
            _units[(unit.Index, year)] = months = new UnitYear(capacity);
        }
        else if (months.IsFrozen)
        {
            _units[(unit.Index, year)] = months = months.Copy();
        }

        return months;
    }

    private NodeYear NodeYearOf(int year)
    {
        if (!_years.TryGetValue(year, out var nodes))
        {
            _years[year] = nodes = new NodeYear(Nodes.Nodes.Count, Catalogue.Indicators.Count);
        }

        return nodes;
    }

    private UnitYearWindow YearsOf(Unit unit, int year, int capacity) => new(
        _units.GetValueOrDefault((unit.Index, year - 1)), UnitYearOf(unit, year, capacity),
        _units.GetValueOrDefault((unit.Index, year + 1)));

    /// <summary>A unit's year with its neighbours, found once for all values of a submission.</summary>
    private readonly record struct UnitYearWindow(UnitYear? Last, UnitYear This, UnitYear? Next);

    private sealed class NodeYear(int nodes, int indicators)
    {
        // A ranking asks for the totals of all siblings, and a step changes few of them.
        private readonly Total?[] _totals = new Total?[nodes * indicators * 12];

        public Sums[] Sums { get; } = new Sums[nodes * indicators * 12];

        public int Horizon { get; set; }

        /// <summary>The last month that a unit reported; the horizon may go further.</summary>
        public int LastReported { get; set; }

        /// <summary>The total that was last made of the sums; null: they have changed since.</summary>
        public ref Total? TotalAt(int node, int indicator, int month) => ref _totals[At(node, indicator, month)];

        public void ForgetTotal(int node, int indicator, int month) => _totals[At(node, indicator, month)] = null;

        public void ForgetTotals() => Array.Clear(_totals);

        public int At(int node, int indicator, int month) => (node * indicators + indicator) * 12 + month - 1;
    }
}
