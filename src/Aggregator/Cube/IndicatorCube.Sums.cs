using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>How the sums follow the figures: by the difference of a unit's contributions before and after.</summary>
internal sealed partial class IndicatorCube
{
    private void Set(Unit unit, UnitYearWindow years, Indicator indicator, Period period, Figures figures, FigureFields named, Provenance source)
    {
        var before = years.This.StoredValue(indicator, period.Month);
        if (before.Apply(figures, named, source, out var after) == FigureFields.None)
        {
            return;
        }

        YearOfFigures last = default, current = default, next = default;
        years.Last?.CopyTo(indicator.Order, last);
        years.This.CopyTo(indicator.Order, current);
        years.Next?.CopyTo(indicator.Order, next);
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

    // The contributions that a value of this month can change: from it to the end of the next year, as far as anyone reported.
    private int Contributions(
        Unit unit, Indicator indicator, Period from, ReadOnlySpan<Figures> last, ReadOnlySpan<Figures> current, ReadOnlySpan<Figures> next, (Period Period, Sums Sums)[] all)
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
        var nodes = _years[period.Year];
        foreach (var node in ContributionNodesOf(indicator, unit, Nodes.PathOf(unit, period), Nodes))
        {
            nodes.Sums[nodes.At(node, indicator.Order, period.Month)].Add(difference);
            Changes.Add(node, indicator.Order, period, sequence);
        }
    }

    // A month that no one had reported yet, so its sums are nothing: what every unit carries into it (its year so far, a closed firm's base) makes them.
    private void RaiseHorizon(Period period)
    {
        var nodes = NodeYearOf(period.Year);
        if (period.Month > nodes.Horizon)
        {
            var from = nodes.Horizon + 1;
            nodes.Horizon = period.Month;
            AddMonths(period.Year, from, period.Month);
        }
    }

    private void AddMonths(int year, int from, int to)
    {
        // Each indicator has its own cells: as many hands as there are processors, each with indicators of its own.
        var workers = Environment.ProcessorCount;
        Parallel.For(0, workers, worker => AddMonths(year, from, to, worker, workers));
    }

    private void AddMonths(int year, int from, int to, int worker, int workers)
    {
        YearOfFigures last = default, current = default;
        var nodes = _years[year];
        foreach (var unit in Catalogue.Units.All)
        {
            var (before, now) = (_units.GetValueOrDefault((unit.Index, year - 1)), _units.GetValueOrDefault((unit.Index, year)));
            foreach (var order in IndicatorsOf(before, now))
            {
                if (order % workers != worker)
                {
                    continue;
                }

                var indicator = Catalogue.Indicators[order];
                CopyOrClear(before, order, last);
                CopyOrClear(now, order, current);
                for (var month = from; month <= to; month++)
                {
                    var sums = Contribution.Compute(indicator, unit, new Period(year, month), current, last);
                    if (sums == default)
                    {
                        continue;
                    }

                    if (NearestNodeOf(indicator, unit, new Period(year, month)) is >= 0 and var node)
                    {
                        nodes.Sums[nodes.At(node, order, month)].Add(sums);
                    }
                }
            }
        }

        for (var month = from; month <= to; month++)
        {
            RollUp(nodes, new Period(year, month), worker, workers);
        }
    }

    // The first of a unit's targets, whose sums then go on into the others.
    private int NearestNodeOf(Indicator indicator, Unit unit, Period period) =>
        !indicator.Kind.IsSummedByParents ? Nodes.NodeOf(unit)
        : Nodes.PathOf(unit, period) is [var nearest, ..] ? nearest
        : -1;

    // Once for each node, where adding every unit to each of its ancestors would be once for each unit.
    private void RollUp(NodeYear nodes, Period period, int worker, int workers)
    {
        foreach (var path in Nodes.Nodes.Select(unit => Nodes.PathOf(unit, period)).Where(path => path.Length > 1).OrderByDescending(path => path.Length))
        {
            for (var order = worker; order < Catalogue.Indicators.Count; order += workers)
            {
                if (Catalogue.Indicators[order].Kind.IsSummedByParents)
                {
                    nodes.Sums[nodes.At(path[1], order, period.Month)].Add(nodes.Sums[nodes.At(path[0], order, period.Month)]);
                }
            }
        }
    }

    private static IEnumerable<short> IndicatorsOf(UnitYear? before, UnitYear? now)
    {
        foreach (var order in now?.Indicators ?? [])
        {
            yield return order;
        }

        foreach (var order in before?.Indicators ?? [])
        {
            if (now?.Indicators.Contains(order) != true)
            {
                yield return order;
            }
        }
    }

    private UnitYear UnitYearOf(Unit unit, int year, int capacity)
    {
        if (!_units.TryGetValue((unit.Index, year), out var months))
        {
            _units[(unit.Index, year)] = months = new UnitYear(capacity);
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
        _units.GetValueOrDefault((unit.Index, year - 1)), UnitYearOf(unit, year, capacity), _units.GetValueOrDefault((unit.Index, year + 1)));

    /// <summary>A unit's year and its neighbours, looked up once for all values of a submission.</summary>
    private readonly record struct UnitYearWindow(UnitYear? Last, UnitYear This, UnitYear? Next);

    private sealed class NodeYear(int nodes, int indicators)
    {
        public Sums[] Sums { get; } = new Sums[nodes * indicators * 12];

        public int Horizon { get; set; }

        public int At(int node, int indicator, int month) => (node * indicators + indicator) * 12 + month - 1;
    }
}
