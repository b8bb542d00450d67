using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The current values by unit, indicator and month, and every node's sums, in memory. Applying sets absolute values with their order key,
/// and changes the sums by the difference of contributions. Redelivery and reordering therefore have no effect. Not thread-safe: the owner
/// locks.
/// </summary>
internal sealed partial class IndicatorCube
{
    private readonly Dictionary<(int Unit, int Year), UnitYear> _units = [];
    private readonly Dictionary<int, NodeYear> _years = [];
    private readonly Dictionary<(int Parent, Period Period), Unit[]> _children = [];
    private readonly List<EffectiveValue> _effectiveValues = [];
    private readonly Figures[] _lastYear = new Figures[12];
    private readonly Figures[] _thisYear = new Figures[12];
    private readonly Figures[] _nextYear = new Figures[12];

    /// <param name="catalogue">The catalogue.</param>
    /// <param name="months">The months that were closed or reopened; null: none was.</param>
    /// <param name="reviews">The reports that were approved or returned; null: none was.</param>
    /// <param name="partition">Which partition the cube is of; null: the whole tree.</param>
    public IndicatorCube(
        Catalogue catalogue, MonthStates? months = null, ReviewStates? reviews = null, (PartitionMap All, Partition Own)? partition = null)
    {
        Catalogue = catalogue;
        Months = months ?? new MonthStates();
        Reviews = reviews ?? new ReviewStates();
        if (partition is { All: { All.Count: > 1 } partitions, Own: var own })
        {
            (Scope, _others) = (new CubeScope(partitions, own), new SumsOfOthers());
        }

        var tree = NodesOfTree.Of(catalogue);
        Nodes = Scope is null ? tree : new NodesOfPartition(tree, Scope);
        Targets = new NodeTargets(catalogue, Nodes);
    }

    public Catalogue Catalogue { get; }

    /// <summary>The months that were closed or reopened.</summary>
    public MonthStates Months { get; }

    /// <summary>The reports that were approved or returned.</summary>
    public ReviewStates Reviews { get; }

    public NodeMap Nodes { get; }

    public NodeTargets Targets { get; }

    /// <summary>The ranks of months that the rankings of later months name.</summary>
    public FormerRanks FormerRanks { get; } = new();

    /// <summary>The reported figures by unit index and year.</summary>
    public IEnumerable<KeyValuePair<(int Unit, int Year), UnitYear>> UnitYears => _units;

    /// <summary>The changes since they were last taken.</summary>
    public CubeChanges Changes { get; private set; } = new();

    public IEnumerable<int> Years => _years.Keys.Order();

    /// <summary>The last month of a year that anyone reported; 0: none.</summary>
    public int HorizonOf(int year) => _years.TryGetValue(year, out var nodes) ? nodes.Horizon : 0;

    public CubeChanges TakeChanges()
    {
        var taken = Changes;
        Changes = new CubeChanges();
        return taken;
    }

    /// <summary>
    /// The changes that are to be stored, while nothing may be published yet: the nodes' changes stay until something is.
    /// </summary>
    public CubeChanges TakeToStore()
    {
        var taken = TakeChanges();
        Changes.KeepResultsOf(taken);
        return taken;
    }

    /// <summary>Applies an accepted submission, in any order, any number of times.</summary>
    public void Apply(AcceptedSubmission submission)
    {
        if (!Catalogue.Units.TryFind(submission.Unit, out var unit))
        {
            throw new InvalidDataException(
                $"Ledger row {submission.Sequence} is of unit {submission.Unit}, which is not in the catalogue: put its row back into "
                + "units.csv, and set valid_to where it has ended.");
        }

        var period = Period.Parse(submission.Period);
        var source = AcceptedSubmissionFacts.ProvenanceOf(submission);
        var years = YearsOf(unit, period.Year, submission.Values.Count);
        RaiseHorizon(period);
        RaiseLastReported(period, source.Sequence);
        foreach (var value in submission.Values)
        {
            if (!Catalogue.TryFind(value.Indicator, out var indicator))
            {
                throw new InvalidDataException(
                    $"Ledger row {submission.Sequence} names indicator {value.Indicator}, which is not in the catalogue: put its row back "
                    + "into indicators.csv.");
            }

            var (figures, fields) = AcceptedSubmissionFacts.NamedFieldsOf(value);
            Set(unit, years, indicator, period, figures, fields, source);
            UpdateApprovals(unit, indicator, period, source.Sequence);
        }

        UpdateUnapproved(unit, period);
        Changes.MonthsToStore.Add((unit.Index, period));
    }

    /// <summary>Includes a month that has published results, even if no unit has reported it.</summary>
    public void ExtendHorizon(Period period) => RaiseHorizon(period);

    /// <summary>Computes all sums from the effective values.</summary>
    public void Recompute()
    {
        var months = new List<MonthsOfYear>();
        var ahead = _years.Where(year => SumsAhead && year.Value.Horizon > 0)
            .Select(year => MonthAhead(year.Key, year.Value.Horizon)).ToLookup(period => period.Year, period => period.Month);
        foreach (var year in Years.Union(ahead.Select(year => year.Key)).Order().ToList())
        {
            var nodes = NodeYearOf(year);
            nodes.SummedThrough = ahead[year].Append(nodes.Horizon).Max();
            if (nodes.SummedThrough > 0)
            {
                months.Add(new(new(year, 1), new(year, nodes.SummedThrough)));
            }
        }

        AddMonths([.. months]);
        UpdateAllApprovals();
    }

    /// <summary>The effective values by unit and month, for a cube with another catalogue.</summary>
    public IEnumerable<(Unit Unit, Period Period, EffectiveMonth Month)> EffectiveMonths()
    {
        foreach (var ((index, year), months) in _units)
        {
            for (var month = 1; month <= 12; month++)
            {
                var effective = months.ToEffectiveMonth(month, Catalogue.Indicators, []);
                if (effective.Values.Count > 0)
                {
                    yield return (Catalogue.Units.All[index], new Period(year, month), effective);
                }
            }
        }
    }

    /// <summary>The effective values of a unit and month. They are overwritten by the next call.</summary>
    public EffectiveMonth EffectiveMonthOf(int unit, Period period) =>
        _units[(unit, period.Year)].ToEffectiveMonth(period.Month, Catalogue.Indicators, _effectiveValues);

    public UnitYear? FiguresOf(Unit unit, int year) => _units.GetValueOrDefault((unit.Index, year));

    public Sums SumsOf(int node, Indicator indicator, Period period)
    {
        if (!_years.TryGetValue(period.Year, out var nodes))
        {
            return default;
        }

        ref readonly var own = ref nodes.Sums[nodes.At(node, indicator.Order, period.Month)];
        return _others is null ? own : CountedSums(own, new(node, indicator.Order, period.Year), period.Month);
    }

    /// <summary>A node's total; null: nothing is known of it.</summary>
    public Total? TotalOf(int node, Indicator indicator, Period period, DateTimeOffset now)
    {
        if (!_years.TryGetValue(period.Year, out var nodes))
        {
            return null;
        }

        ref var known = ref nodes.TotalAt(node, indicator.Order, period.Month);
        if (known is { State: TotalState.Provisional })
        {
            return known;
        }

        // A stage stays in a month without a report: of a unit as in the sums of its parents.
        ref readonly var sums = ref nodes.Sums[nodes.At(node, indicator.Order, period.Month)];
        if (_others is not null)
        {
            _counted = CountedSums(sums, new(node, indicator.Order, period.Year), period.Month);
            sums = ref _counted;
        }

        if (known is null && sums is { Reported: 0, MonthCount: 0 } && (sums.Stages is null || period.Month > nodes.LastReported))
        {
            return null;
        }

        var approvals = ApprovalsOf(node, indicator, period);
        var isFinal = now > nodes.MayBeFinalAfter(period.Month) && (approvals is not { } counts || counts.Approved >= counts.ToApprove);
        if (known is null || known.State == TotalState.Final != isFinal)
        {
            known = Total.FromSums(indicator, sums, ComparedSumsOf(node, indicator, period),
                ExpectedOf(node, indicator, period), isFinal, UnitTree.Reports(Nodes.Nodes[node], indicator, period));
            known = approvals is null ? known : known with { Approvals = approvals };
        }

        return known;
    }

    // The sums of the same month of last year, if the kind compares with them and they are complete.
    private Sums ComparedSumsOf(int node, Indicator indicator, Period period)
    {
        if (indicator.Kind.LookBack != LookBack.EachMonth)
        {
            return default;
        }

        var sums = SumsOf(node, indicator, period.SameMonthLastYear);
        return sums.Reported > 0 && ExpectedOf(node, indicator, period.SameMonthLastYear) is var expected and > 0
            && sums.Reported >= expected ? sums : default;
    }

    /// <summary>The children of a unit that have totals of their own and are no enterprises, in catalogue order.</summary>
    public Unit[] ChildrenWithTotals(Unit parent, Period period)
    {
        if (!_children.TryGetValue((parent.Index, period), out var children))
        {
            _children[(parent.Index, period)] = children =
                [.. Catalogue.Units.ChildrenOf(parent, period).Where(unit => unit.Level <= UnitLevel.Village)];
        }

        return children;
    }

    public int ExpectedOf(int node, Indicator indicator, Period period) =>
        Nodes.Tree.Expected.Get(Nodes.InTree(node), indicator, period);

    /// <summary>
    /// The nodes whose sums include an indicator's figures: all on the path, but only the unit itself for a given figure.
    /// </summary>
    public static int[] ContributionNodesOf(Indicator indicator, Unit unit, int[] path, NodeMap nodes) =>
        indicator.Kind.IsSummedByParents ? path : path.AsSpan().Contains(nodes.NodeOf(unit)) ? [nodes.NodeOf(unit)] : [];
}
