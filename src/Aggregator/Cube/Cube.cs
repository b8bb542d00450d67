using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// Current values per unit, indicator and month, and every node's sums, in memory. Applying sets absolute values with
/// their order key; the sums change by the difference of contributions. So redelivery and reordering do no harm.
/// Not thread-safe: its owner locks.
/// </summary>
internal sealed class Cube
{
    private readonly Dictionary<(int Unit, int Year), UnitYear> _units = [];
    private readonly SortedDictionary<int, NodeYear> _years = [];
    private readonly Expectations _expectations;
    private readonly (Period Period, Sums Sums)[] _before = new (Period, Sums)[24];
    private readonly (Period Period, Sums Sums)[] _after = new (Period, Sums)[24];

    public Cube(Catalogue catalogue)
    {
        Catalogue = catalogue;
        Nodes = new NodeMap(catalogue);
        _expectations = new Expectations(catalogue, Nodes);
    }

    public Catalogue Catalogue { get; }

    public NodeMap Nodes { get; }

    /// <summary>What changed since it was last taken.</summary>
    public Changes Changes { get; private set; } = new();

    public IEnumerable<int> Years => _years.Keys;

    /// <summary>The last month of a year that anyone reported; 0: none.</summary>
    public int HorizonOf(int year) => _years.TryGetValue(year, out var nodes) ? nodes.Horizon : 0;

    public Changes TakeChanges()
    {
        var taken = Changes;
        Changes = new Changes();
        return taken;
    }

    /// <summary>Applies an accepted submission, in any order, any number of times.</summary>
    public void Apply(AcceptedSubmission submission)
    {
        var unit = Catalogue.Units[new UnitCode(submission.Unit)];
        var period = Period.Parse(submission.Period);
        var source = new Source(new OrderKey(submission.Revision, submission.SubmittedAt.UtcTicks, submission.SubmissionId), submission.Sequence);
        var year = UnitYearOf(unit, period.Year);
        RaiseHorizon(period);
        foreach (var value in submission.Values)
        {
            if (!Catalogue.TryFind(new IndicatorCode(value.Indicator), out var indicator))
            {
                throw new InvalidDataException($"Ledger row {submission.Sequence} names indicator {value.Indicator}, which is not in the catalogue: put it back into indicators.csv.");
            }

            var figures = value.Withdrawn ? default : new Figures(value.Value, value.YearToDate, value.LastYear, value.Numerator, value.Denominator);
            Set(unit, year, indicator, period, figures, source);
        }

        Changes.Standing.Add((unit.Index, period));
    }

    /// <summary>Sets what stood when the cube was last stored. Sums are not touched: <see cref="Recompute"/> makes them.</summary>
    public void Restore(Unit unit, Period period, StandingMonth month)
    {
        var year = UnitYearOf(unit, period.Year);
        var horizon = NodeYearOf(period.Year);
        horizon.Horizon = Math.Max(horizon.Horizon, period.Month);
        foreach (var value in month.Values)
        {
            if (Catalogue.TryFind(value.Indicator, out var indicator))
            {
                year.Apply(indicator.Order, period.Month, value.Figures, value.Source);
            }
        }
    }

    /// <summary>Makes all sums from what stands.</summary>
    public void Recompute()
    {
        foreach (var year in _years.Keys.ToList())
        {
            AddMonths(year, 1, _years[year].Horizon);
        }
    }

    /// <summary>What stands, unit by unit and month by month: for another cube, with another catalogue.</summary>
    public IEnumerable<(Unit Unit, Period Period, StandingMonth Month)> Standing()
    {
        foreach (var ((index, year), months) in _units)
        {
            for (var month = 1; month <= 12; month++)
            {
                var standing = months.ToStandingMonth(month, Catalogue.Indicators);
                if (standing.Values.Count > 0)
                {
                    yield return (Catalogue.Units.All[index], new Period(year, month), standing);
                }
            }
        }
    }

    public StandingMonth StandingOf(int unit, Period period) =>
        _units[(unit, period.Year)].ToStandingMonth(period.Month, Catalogue.Indicators);

    public UnitYear? FiguresOf(Unit unit, int year) => _units.GetValueOrDefault((unit.Index, year));

    public Sums SumsOf(int node, Indicator indicator, Period period) =>
        _years.TryGetValue(period.Year, out var nodes) ? nodes.Sums[nodes.At(node, indicator.Order, period.Month)] : default;

    /// <summary>A node's total; null while nothing at all is known of it.</summary>
    public Total? TotalOf(int node, Indicator indicator, Period period, DateTimeOffset now)
    {
        var sums = SumsOf(node, indicator, period);
        if (sums.Reported == 0 && sums.Months == 0)
        {
            return null;
        }

        var locked = Catalogue.WindowOf(period) is { } window && now > window.Locks;
        return Total.Of(indicator, sums, CompleteSumsOf(node, indicator, period.SameMonthLastYear), ExpectedOf(node, indicator, period), locked);
    }

    private Sums CompleteSumsOf(int node, Indicator indicator, Period period)
    {
        var sums = SumsOf(node, indicator, period);
        return sums.Reported > 0 && ExpectedOf(node, indicator, period) is var expected and > 0 && sums.Reported >= expected ? sums : default;
    }

    public int ExpectedOf(int node, Indicator indicator, Period period) => _expectations.Of(node, indicator, period);

    /// <summary>The nodes an indicator's figures go into: all on the path, but a given figure is its unit's alone.</summary>
    public static int[] TargetsOf(Indicator indicator, Unit unit, int[] path, NodeMap nodes) =>
        indicator.Kind == IndicatorKind.Given ? [.. path.Where(node => node == nodes.NodeOf(unit))] : path;

    private void Set(Unit unit, UnitYear year, Indicator indicator, Period period, Figures figures, Source source)
    {
        var count = Contributions(unit, indicator, period, _before);
        if (!year.Apply(indicator.Order, period.Month, figures, source))
        {
            return;
        }

        Contributions(unit, indicator, period, _after);
        for (var i = 0; i < count; i++)
        {
            if (_before[i].Sums != _after[i].Sums)
            {
                Move(unit, indicator, _after[i].Period, _after[i].Sums - _before[i].Sums, source.Sequence);
            }
        }
    }

    // The contributions that a value of this month can change: from it to the end of the next year, as far as anyone reported.
    private int Contributions(Unit unit, Indicator indicator, Period from, (Period Period, Sums Sums)[] all)
    {
        var count = 0;
        TwelveFigures last = default, current = default;
        for (var year = from.Year; year <= from.Year + 1; year++)
        {
            var horizon = HorizonOf(year);
            if (horizon == 0)
            {
                continue;
            }

            Fill(unit, indicator, year - 1, last);
            Fill(unit, indicator, year, current);
            for (var month = year == from.Year ? from.Month : 1; month <= horizon; month++)
            {
                var period = new Period(year, month);
                all[count++] = (period, Contribution.At(indicator, unit, period, current, last));
            }
        }

        return count;
    }

    private void Fill(Unit unit, Indicator indicator, int year, Span<Figures> twelve)
    {
        if (_units.TryGetValue((unit.Index, year), out var months))
        {
            months.CopyTo(indicator.Order, twelve);
        }
        else
        {
            twelve.Clear();
        }
    }

    private void Move(Unit unit, Indicator indicator, Period period, Sums difference, long sequence)
    {
        var nodes = _years[period.Year];
        foreach (var node in TargetsOf(indicator, unit, Nodes.PathOf(unit, period), Nodes))
        {
            nodes.Sums[nodes.At(node, indicator.Order, period.Month)] += difference;
            Changes.Add(node, indicator.Order, period, sequence);
        }
    }

    // A month that no one had reported yet: what every unit carries into it (its year so far, a closed firm's base) joins the sums.
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
        TwelveFigures last = default, current = default;
        var nodes = _years[year];
        foreach (var unit in Catalogue.Units.All)
        {
            var (before, now) = (_units.GetValueOrDefault((unit.Index, year - 1)), _units.GetValueOrDefault((unit.Index, year)));
            foreach (var order in IndicatorsOf(before, now))
            {
                var indicator = Catalogue.Indicators[order];
                Fill(unit, indicator, year - 1, last);
                Fill(unit, indicator, year, current);
                for (var month = from; month <= to; month++)
                {
                    var sums = Contribution.At(indicator, unit, new Period(year, month), current, last);
                    if (sums == default)
                    {
                        continue;
                    }

                    foreach (var node in TargetsOf(indicator, unit, Nodes.PathOf(unit, new Period(year, month)), Nodes))
                    {
                        nodes.Sums[nodes.At(node, order, month)] += sums;
                    }
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

    private UnitYear UnitYearOf(Unit unit, int year)
    {
        if (!_units.TryGetValue((unit.Index, year), out var months))
        {
            _units[(unit.Index, year)] = months = new UnitYear();
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

    private sealed class NodeYear(int nodes, int indicators)
    {
        public Sums[] Sums { get; } = new Sums[nodes * indicators * 12];

        public int Horizon { get; set; }

        public int At(int node, int indicator, int month) => (node * indicators + indicator) * 12 + month - 1;
    }
}
