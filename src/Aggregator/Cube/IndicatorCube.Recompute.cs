using System.Runtime.CompilerServices;
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
        nodes.Horizon = Math.Max(nodes.Horizon, period.Month);
        SumThrough(new Period(period.Year, nodes.Horizon));
        if (SumsAhead)
        {
            SumThrough(MonthAhead(period.Year, nodes.Horizon));
        }
    }

    private void SumThrough(Period period)
    {
        var nodes = NodeYearOf(period.Year);
        if (period.Month > nodes.SummedThrough)
        {
            var from = nodes.SummedThrough + 1;
            nodes.SummedThrough = period.Month;
            AddMonths(new MonthsOfYear(new(period.Year, from), period));
            MarkMonthsToSend(new(new(period.Year, from), period));
        }
    }

    // A unit reports a month: stages that stay in a month without a report are results of that month, and of those before it, from now on.
    private void RaiseLastReported(Period period, long? sequence)
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
                    if (SumsOf(node, indicator, new Period(period.Year, month)).Stages is not null)
                    {
                        Changes.Add(node, indicator.Order, new Period(period.Year, month), sequence);
                    }
                }
            }
        }
    }

    // The years in ascending order.
    private void AddMonths(params MonthsOfYear[] years)
    {
        if (years.Length == 0)
        {
            return;
        }

        foreach (var months in years)
        {
            _years[months.Year].ForgetTotals();
            _years.GetValueOrDefault(months.Year + 1)?.ForgetTotals();
        }

        // A partition has reports of few of the units. Where partitions.csv was changed without a split, they may be of other partitions.
        var haveFigures = new bool[Catalogue.Units.All.Count];
        foreach (var (index, _) in _units.Keys)
        {
            haveFigures[index] = true;
        }

        // The sums of a village stay in the cache while its units are added.
        var units = Catalogue.Units.All.Where(unit => haveFigures[unit.Index])
            .OrderBy(unit => Nodes.PathOf(unit, years[0].From) is [var nearest, ..] ? nearest : -1).ToArray();

        // Each indicator has its own cells, so one worker for each processor handles a share of the indicators.
        var workers = Environment.ProcessorCount;
        Parallel.For(0, workers, worker => AddMonths(units, years, worker, workers));
    }

    // A load is over before code that runs long would be compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMonths(Unit[] units, MonthsOfYear[] years, int worker, int workers)
    {
        YearOfFigures last = default, current = default;
        var figures = new (UnitYear? Before, UnitYear? Now)[years.Length];
        foreach (var unit in units)
        {
            for (var i = 0; i < years.Length; i++)
            {
                var year = years[i].Year;
                figures[i] = (_units.GetValueOrDefault((unit.Index, year - 1)), _units.GetValueOrDefault((unit.Index, year)));
            }

            for (var order = worker; order < Catalogue.Indicators.Count; order += workers)
            {
                var loaded = 0;
                for (var i = 0; i < years.Length; i++)
                {
                    var ((before, now), months) = (figures[i], years[i]);
                    if (!HasIndicator(before, order) && !HasIndicator(now, order))
                    {
                        continue;
                    }

                    if (loaded == months.Year - 1)
                    {
                        last = current;
                    }
                    else
                    {
                        CopyOrClear(before, order, last);
                    }

                    CopyOrClear(now, order, current);
                    loaded = months.Year;
                    AddMonths(_years[months.Year], unit, Catalogue.Indicators[order], months, current, last);
                }
            }
        }

        foreach (var months in years)
        {
            for (var period = months.From; period <= months.To; period = period.AddMonths(1))
            {
                RollUp(_years[months.Year], period, worker, workers);
            }
        }
    }

    private void AddMonths(
        NodeYear nodes, Unit unit, Indicator indicator, MonthsOfYear months, ReadOnlySpan<Figures> current,
        ReadOnlySpan<Figures> last)
    {
        if (!indicator.Kind.IsSummedByParents || Nodes.HasFixedPath(unit))
        {
            if (NearestNodeOf(indicator, unit, months.From) is >= 0 and var node)
            {
                Contribution.AddMonths(indicator, unit, months.From, months.To, current, last, nodes.SumsOf(node, indicator.Order));
            }

            return;
        }

        for (var period = months.From; period <= months.To; period = period.AddMonths(1))
        {
            if (NearestNodeOf(indicator, unit, period) is >= 0 and var node)
            {
                Contribution.AddMonths(indicator, unit, period, period, current, last, nodes.SumsOf(node, indicator.Order));
            }
        }
    }

    // The nearest of a unit's nodes, whose sums are then added to those above it.
    private int NearestNodeOf(Indicator indicator, Unit unit, Period period) => !indicator.Kind.IsSummedByParents
        ? Nodes.NodeOf(unit)
        : Nodes.PathOf(unit, period) is [var nearest, ..] ? nearest : -1;

    // Adds each node to its parent once, instead of each unit to all its ancestors.
    private void RollUp(NodeYear nodes, Period period, int worker, int workers)
    {
        foreach (var path in Nodes.PathsUpwards(period))
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

    private static bool HasIndicator(UnitYear? year, int order) => year is not null && year.Indicators.Contains((short)order);

    /// <summary>The months of a year that are added.</summary>
    private readonly record struct MonthsOfYear(Period From, Period To)
    {
        public int Year => From.Year;
    }
}
