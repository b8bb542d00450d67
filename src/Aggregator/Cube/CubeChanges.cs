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

        // The rows by month, in the order in which they came. A change of a step has one month and a few rows.
        private readonly List<(int Month, long Row)> _causes = [];
        private long _last;

        public int FromMonth { get; set; } = 12;

        /// <summary>The rows that can have changed a month: at most twenty, oldest first.</summary>
        public IReadOnlyList<long> CausesOf(int month)
        {
            Span<long> rows = _causes.Count <= MaxCauses ? stackalloc long[MaxCauses] : new long[_causes.Count];
            var count = 0;
            foreach (var (changed, row) in _causes)
            {
                if (changed <= month)
                {
                    rows[count++] = row;
                }
            }

            rows[..count].Sort();
            var distinct = 0;
            for (var i = 0; i < count && distinct < MaxCauses; i++)
            {
                if (distinct == 0 || rows[i] != rows[distinct - 1])
                {
                    rows[distinct++] = rows[i];
                }
            }

            return rows[..distinct].ToArray();
        }

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
            foreach (var (month, row) in other._causes)
            {
                AddCause(month, row);
            }
        }

        // The limit applies to each month, so that many changes of December do not displace the row that changed May.
        private void AddCause(int month, long sequence)
        {
            var count = 0;
            foreach (var cause in _causes)
            {
                if (cause == (month, sequence))
                {
                    return;
                }

                count += cause.Month == month ? 1 : 0;
            }

            if (count < MaxCauses)
            {
                _causes.Add((month, sequence));
            }
        }
    }
}
