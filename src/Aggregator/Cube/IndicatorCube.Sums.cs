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

        Replace(unit, years, indicator, period, before, after, source.Sequence);
    }

    private void Replace(
        Unit unit, UnitYearWindow years, Indicator indicator, Period period, in EffectiveValue before, in EffectiveValue after,
        long sequence)
    {
        var returned = years.This.Returned;
        var change = new MonthChange(period, before.Counted(returned), after.Counted(returned));
        if (change.Was != change.Now)
        {
            ReadYears(years, indicator.Order, period.Year);
            AddDifferences(unit, indicator, change, sequence);
        }

        years.This.Set(indicator.Order, period.Month, after.Figures, after.Provenance);
    }

    // Nothing was reported after the horizon of a year.
    private void ReadYears(UnitYearWindow years, int order, int year)
    {
        CopyOrClear(years.Last, order, _lastYear, HorizonOf(year - 1));
        CopyOrClear(years.This, order, _thisYear, HorizonOf(year));
        CopyOrClear(years.Next, order, _nextYear, HorizonOf(year + 1));
    }

    // A value can change the contributions from its month to the end of the next year, as far as they are summed.
    private void AddDifferences(Unit unit, Indicator indicator, in MonthChange change, long sequence)
    {
        var year = change.Period.Year;
        for (var month = change.Period.Month; month <= SummedThrough(year); month++)
        {
            AddDifference(unit, indicator, new Period(year, month), change, _thisYear, _lastYear, sequence);
        }

        for (var month = 1; month <= SummedThrough(year + 1); month++)
        {
            AddDifference(unit, indicator, new Period(year + 1, month), change, _nextYear, _thisYear, sequence);
        }
    }

    private void AddDifference(
        Unit unit, Indicator indicator, Period period, in MonthChange change, Figures[] year, Figures[] lastYear, long sequence)
    {
        ref var changed = ref _thisYear[change.Period.Month - 1];
        changed = change.Was;
        var before = Contribution.Compute(indicator, unit, period, year, lastYear);
        changed = change.Now;
        var after = Contribution.Compute(indicator, unit, period, year, lastYear);
        if (after == before)
        {
            return;
        }

        after.Subtract(before);
        var (nodes, next) = (_years[period.Year], _years.GetValueOrDefault(period.Year + 1));
        foreach (var node in ContributionNodesOf(indicator, unit, Nodes.PathOf(unit, period), Nodes))
        {
            nodes.Sums[nodes.At(node, indicator.Order, period.Month)].Add(after);

            // The total of the next year compares with this one.
            nodes.ForgetTotal(node, indicator.Order, period.Month);
            next?.ForgetTotal(node, indicator.Order, period.Month);
            Changes.Add(node, indicator.Order, period, sequence);
            MarkToSend(new(node, indicator.Order, period.Year));
        }
    }

    private static void CopyOrClear(UnitYear? year, int order, Span<Figures> twelve, int through = 12)
    {
        if (year is null)
        {
            twelve.Clear();
            return;
        }

        year.CopyTo(order, twelve, through);
    }

    // Returns a year that can be changed. A frozen year, which readers hold, is copied first.
    private UnitYear UnitYearOf(Unit unit, int year, int capacity)
    {
        if (!_units.TryGetValue((unit.Index, year), out var months))
        {
            _units[(unit.Index, year)] = months = new UnitYear(capacity);
            months.SetReturned(ReturnedRowsOf(unit, year));
        }
        else if (months.IsFrozen)
        {
            _units[(unit.Index, year)] = months = months.Copy();
        }

        return months;
    }

    private int SummedThrough(int year) => _years.TryGetValue(year, out var nodes) ? nodes.SummedThrough : 0;

    private NodeYear NodeYearOf(int year)
    {
        if (!_years.TryGetValue(year, out var nodes))
        {
            _years[year] = nodes = new NodeYear(Nodes.Nodes.Count, Catalogue, Months, year);
        }

        return nodes;
    }

    private UnitYearWindow YearsOf(Unit unit, int year, int capacity) => new(
        _units.GetValueOrDefault((unit.Index, year - 1)), UnitYearOf(unit, year, capacity),
        _units.GetValueOrDefault((unit.Index, year + 1)));

    /// <summary>A unit's year with its neighbours, found once for all values of a submission.</summary>
    private readonly record struct UnitYearWindow(UnitYear? Last, UnitYear This, UnitYear? Next);

    /// <summary>The figures that count, of an indicator and month, before and after a submission.</summary>
    private readonly record struct MonthChange(Period Period, Figures Was, Figures Now);

    private sealed class NodeYear(int nodes, Catalogue catalogue, MonthStates months, int year)
    {
        private readonly DateTimeOffset[] _mayBeFinalAfter =
            [.. Enumerable.Range(1, 12).Select(month => months.MayBeFinalAfter(catalogue.WindowOf(new Period(year, month))))];

        private readonly int _indicators = catalogue.Indicators.Count;

        // A ranking asks for the totals of all siblings, and a step changes few of them.
        private readonly Total?[] _totals = new Total?[nodes * catalogue.Indicators.Count * 12];

        public Sums[] Sums { get; } = new Sums[nodes * catalogue.Indicators.Count * 12];

        /// <summary>The time after which complete totals of a month are final.</summary>
        public ref DateTimeOffset MayBeFinalAfter(int month) => ref _mayBeFinalAfter[month - 1];

        public int Horizon { get; set; }

        /// <summary>The last month that has sums.</summary>
        public int SummedThrough { get; set; }

        /// <summary>The last month that a unit reported; the horizon may go further.</summary>
        public int LastReported { get; set; }

        /// <summary>The total that was last made of the sums; null: they have changed since.</summary>
        public ref Total? TotalAt(int node, int indicator, int month) => ref _totals[At(node, indicator, month)];

        public void ForgetTotal(int node, int indicator, int month) => _totals[At(node, indicator, month)] = null;

        public void ForgetTotals() => Array.Clear(_totals);

        /// <summary>Forgets the sums of a month and those after it.</summary>
        public void ForgetMonthsFrom(int from)
        {
            Array.Clear(Sums, At(0, 0, from), At(0, 0, SummedThrough + 1) - At(0, 0, from));
            SummedThrough = from - 1;
            ForgetTotals();
        }

        /// <summary>The sums of an indicator's months.</summary>
        public SumsOfMonths SumsOf(int node, int indicator) => new(Sums, At(node, indicator, 1), nodes * _indicators);

        // A submission changes all indicators of a month, and a step mostly changes one month: they are beside each other.
        public int At(int node, int indicator, int month) => ((month - 1) * nodes + node) * _indicators + indicator;
    }
}
