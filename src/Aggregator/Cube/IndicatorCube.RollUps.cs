using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The cube of one partition among several. Its own units' contributions are in the sums of all nodes above them; for a node of another
/// partition they are that partition's to add. What is counted here is what others sent, and for its own nodes its own sums with it.
/// </summary>
internal sealed partial class IndicatorCube
{
    // Null: one partition has the whole tree.
    private readonly SumsOfOthers? _others;
    private readonly HashSet<NodeYearKey> _toSend = [];

    // The sums of the total that is being made: they are too large to be passed on by value.
    private Sums _counted;

    /// <summary>An empty cube of a partition.</summary>
    /// <param name="catalogue">The catalogue, which names the partitions.</param>
    /// <param name="partition">The partition; null: the whole tree, whatever the catalogue names.</param>
    /// <param name="months">The months that were closed or reopened; null: none was.</param>
    /// <param name="reviews">The reports that were approved or returned; null: none was.</param>
    public static IndicatorCube Create(
        Catalogue catalogue, Partition? partition, MonthStates? months = null, ReviewStates? reviews = null) =>
        new(catalogue, months, reviews, partition is null ? null : (catalogue.Partitions, partition));

    /// <summary>What this partition is responsible for; null: it is the only one.</summary>
    public CubeScope? Scope { get; }

    /// <summary>Whether the results of a node are published from this cube.</summary>
    public bool Owns(int node) => Scope is null || Scope.Owns(Nodes.Nodes[node]);

    /// <summary>Whether a unit's reports are in the ledger of this partition.</summary>
    public bool HasReportsOf(Unit unit) => Scope is null || Scope.Owns(unit);

    /// <summary>Replaces what another partition has sent of a node's year.</summary>
    /// <returns>False: it is the same as before.</returns>
    public bool ReplaceSums(Partition from, NodeYearKey key, SumsOfYear sums)
    {
        if (OthersOrThrow().Replace(from, key, sums) is not { } first)
        {
            return false;
        }

        var (nodes, next) = (NodeYearOf(key.Year), _years.GetValueOrDefault(key.Year + 1));
        for (var month = first; month <= 12; month++)
        {
            nodes.ForgetTotal(key.Node, key.Indicator, month);
            next?.ForgetTotal(key.Node, key.Indicator, month);
        }

        // The row is in another ledger.
        Changes.Add(key.Node, key.Indicator, new Period(key.Year, first), sequence: null);
        MarkToSend(key);
        return true;
    }

    /// <summary>What another partition has sent of a node's year, empty if nothing.</summary>
    public NodeSums SumsSentBy(Partition from, NodeYearKey key) => new(
        Nodes.Nodes[key.Node].Code, Catalogue.Indicators[key.Indicator].Code, key.Year,
        OthersOrThrow().SentBy(from, key) ?? new SumsOfYear());

    /// <summary>All nodes' years of which other partitions have sent sums.</summary>
    public IEnumerable<(Partition From, NodeYearKey Key)> AllSent() => OthersOrThrow().All;

    /// <summary>The nodes' years of which another partition has sent sums.</summary>
    public IEnumerable<NodeYearKey> SentBy(Partition from) => OthersOrThrow().SentBy(from);

    /// <summary>
    /// Includes the months that units of other partitions have reported: from a month's first report on it has results.
    /// </summary>
    public void IncludeMonths(ReportedMonthsOfYear months)
    {
        if (months.Horizon > 0)
        {
            RaiseHorizon(new Period(months.Year, months.Horizon));
        }

        if (months.LastReported > 0)
        {
            RaiseLastReported(new Period(months.Year, months.LastReported), sequence: null);
        }
    }

    /// <summary>The months that any unit is known to have reported, by year, and how far the own units are summed.</summary>
    public IEnumerable<ReportedMonthsOfYear> ReportedMonths() => _years
        .Select(year => new ReportedMonthsOfYear(year.Key, year.Value.Horizon, year.Value.LastReported, year.Value.SummedThrough, 0))
        .OrderBy(months => months.Year);

    /// <summary>Whether sums were changed since they were last taken to be sent.</summary>
    public bool HasToSend => _toSend.Count > 0;

    /// <summary>The nodes' years whose sums were changed since they were last taken, and are to be sent.</summary>
    public IReadOnlyCollection<NodeYearKey> TakeToSend()
    {
        NodeYearKey[] taken = [.. _toSend];
        _toSend.Clear();
        return taken;
    }

    /// <summary>All nodes' years with sums.</summary>
    public IEnumerable<NodeYearKey> AllToSend() =>
        from year in _years.Keys
        from node in Enumerable.Range(0, Nodes.Nodes.Count)
        from indicator in Catalogue.Indicators
        select new NodeYearKey(node, indicator.Order, year);

    /// <summary>
    /// What other partitions are told of a node: of an own one the whole, of another's the part of this partition's units.
    /// </summary>
    public SumsOfYear SumsToSend(NodeYearKey key)
    {
        var sums = new SumsOfYear();
        if (_years.TryGetValue(key.Year, out var nodes))
        {
            for (var month = 1; month <= 12; month++)
            {
                sums[month] = nodes.Sums[nodes.At(key.Node, key.Indicator, month)];
                sums.ApprovedIn(month) = OwnApproved(key.Node, key.Indicator, key.Year, month);
            }
        }

        if (Owns(key.Node) && OthersOrThrow().Of(key) is { } parts)
        {
            sums.Add(parts);
        }

        return sums;
    }

    // An own node counts its own units and what others sent; of another's node its owner has sent the whole.
    private Sums CountedSums(in Sums own, NodeYearKey key, int month)
    {
        var sums = Owns(key.Node) ? own : default;
        if (_others!.Of(key) is { } sent)
        {
            sums.Add(sent[month]);
        }

        return sums;
    }

    private int CountedApproved(int own, NodeYearKey key, int month) => _others is null
        ? own : (Owns(key.Node) ? own : 0) + (_others.Of(key) is { } sent ? sent.ApprovedIn(month) : 0);

    // What all units carry into months that are summed from now on.
    private void MarkMonthsToSend(MonthsOfYear months)
    {
        var nodes = _years[months.Year];
        for (var node = 0; Scope is not null && node < Nodes.Nodes.Count; node++)
        {
            foreach (var indicator in Catalogue.Indicators)
            {
                for (var month = months.From.Month; month <= months.To.Month; month++)
                {
                    if (nodes.Sums[nodes.At(node, indicator.Order, month)] != default)
                    {
                        MarkToSend(new(node, indicator.Order, months.Year));
                    }
                }
            }
        }
    }

    private void MarkToSend(NodeYearKey key)
    {
        if (Scope is not null)
        {
            _toSend.Add(key);
        }
    }

    private SumsOfOthers OthersOrThrow() => _others ?? throw new InvalidOperationException("The cube has the whole tree.");
}

/// <summary>How far a year has been reported.</summary>
/// <param name="Year">The year.</param>
/// <param name="Horizon">The last month with results.</param>
/// <param name="LastReported">The last month that a unit reported.</param>
/// <param name="PartsThrough">The last month of which the parts of the partition's own units are known.</param>
/// <param name="WholesThrough">The last month of which the whole sums of its nodes are known: all have sent their parts of it.</param>
internal readonly record struct ReportedMonthsOfYear(int Year, int Horizon, int LastReported, int PartsThrough, int WholesThrough);
