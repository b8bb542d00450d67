using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The changes since the last publication: the nodes' years, the first changed month, and the ledger rows that caused them.
/// </summary>
internal sealed class CubeChanges
{
    public Dictionary<(int Node, int Indicator, int Year), NodeChange> Nodes { get; } = [];

    /// <summary>The units and months whose effective values are to be stored.</summary>
    public HashSet<(int Unit, Period Period)> MonthsToStore { get; } = [];

    /// <summary>The catalogue may have changed, so results of units without a node are checked too.</summary>
    public bool IncludesRemovedNodes { get; set; }

    public bool IsEmpty => Nodes.Count == 0 && MonthsToStore.Count == 0;

    /// <summary>
    /// Adds a change of a node's month by a row. A row that changes several months is added for each, in ascending order.
    /// </summary>
    public void Add(int node, int indicator, Period period, long sequence) =>
        GetOrAdd(node, indicator, period.Year).Add(period.Month, sequence);

    /// <summary>Adds a change by the catalogue or the calendar, which has no row as its cause.</summary>
    public NodeChange GetOrAdd(int node, int indicator, int year)
    {
        if (!Nodes.TryGetValue((node, indicator, year), out var change))
        {
            Nodes[(node, indicator, year)] = change = new NodeChange();
        }

        return change;
    }

    internal sealed class NodeChange
    {
        private const int MaxCauses = 20;
        private readonly List<long>?[] _causes = new List<long>?[12];
        private long _last;

        public int FromMonth { get; set; } = 12;

        /// <summary>The rows that can have changed a month: at most twenty, oldest first.</summary>
        public IReadOnlyList<long> CausesOf(int month) =>
            [.. _causes.Take(month).SelectMany(rows => rows ?? []).Order().Distinct().Take(MaxCauses)];

        public void Add(int month, long sequence)
        {
            FromMonth = Math.Min(FromMonth, month);
            if (sequence != _last)
            {
                _last = sequence;
                AddCause(month, sequence);
            }
        }

        public void Merge(NodeChange other)
        {
            FromMonth = Math.Min(FromMonth, other.FromMonth);
            for (var month = 1; month <= 12; month++)
            {
                other._causes[month - 1]?.ForEach(row => AddCause(month, row));
            }
        }

        // The limit applies to each month, so that many changes of December do not displace the row that changed May.
        private void AddCause(int month, long sequence)
        {
            var rows = _causes[month - 1] ??= [];
            if (rows.Count < MaxCauses && !rows.Contains(sequence))
            {
                rows.Add(sequence);
            }
        }
    }
}
