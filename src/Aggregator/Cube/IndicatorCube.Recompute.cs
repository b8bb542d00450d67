using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The sums of whole months: at a load, and when a month is reported for the first time.</summary>
internal sealed partial class IndicatorCube
{
    // The first report of a month. Its sums include what every unit carries into it, such as its year-to-date or a closed enterprise's
    // base.
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

    // A unit reports a month: stages that stay in a month without a report are results of that month, and of those before it, from now on.
    private void RaiseLastReported(Period period, long sequence)
    {
        var nodes = NodeYearOf(period.Year);
        if (period.Month <= nodes.LastReported)
        {
            return;
        }

        var from = nodes.LastReported + 1;
        nodes.LastReported = period.Month;
        nodes.ForgetTotals();
        foreach (var indicator in Catalogue.Indicators.Where(indicator => indicator.Kind.KeepsLatest))
        {
            for (var node = 0; node < Nodes.Nodes.Count; node++)
            {
                for (var month = from; month <= nodes.LastReported; month++)
                {
                    if (nodes.Sums[nodes.At(node, indicator.Order, month)].Stages is not null)
                    {
                        Changes.Add(node, indicator.Order, new Period(period.Year, month), sequence);
                    }
                }
            }
        }
    }

    private void AddMonths(int year, int from, int to)
    {
        // Each indicator has its own cells, so one worker for each processor handles a share of the indicators.
        _years[year].ForgetTotals();
        _years.GetValueOrDefault(year + 1)?.ForgetTotals();
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

    // The nearest of a unit's nodes, whose sums are then added to those above it.
    private int NearestNodeOf(Indicator indicator, Unit unit, Period period) => !indicator.Kind.IsSummedByParents
        ? Nodes.NodeOf(unit)
        : Nodes.PathOf(unit, period) is [var nearest, ..] ? nearest : -1;

    // Adds each node to its parent once, instead of each unit to all its ancestors.
    private void RollUp(NodeYear nodes, Period period, int worker, int workers)
    {
        foreach (var path in Nodes.Nodes.Select(unit => Nodes.PathOf(unit, period))
            .Where(path => path.Length > 1).OrderByDescending(path => path.Length))
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
        var current = now?.Indicators ?? [];
        foreach (var order in current)
        {
            yield return order;
        }

        foreach (var order in before?.Indicators ?? [])
        {
            if (!current.Contains(order))
            {
                yield return order;
            }
        }
    }
}
