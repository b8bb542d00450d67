using System.Runtime.InteropServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The changes since the last publication: the nodes' years, the first changed month, and the ledger rows that caused them.
/// </summary>
internal sealed class CubeChanges
{
    public Dictionary<NodeYearKey, NodeChange> Nodes { get; } = [];

    /// <summary>The units and months whose effective values are to be stored.</summary>
    public HashSet<(int Unit, Period Period)> MonthsToStore { get; } = [];

    /// <summary>The closings and reopenings of months that are to be stored.</summary>
    public List<MonthStateChange> MonthChanges { get; } = [];

    /// <summary>The reviews of reports that are to be stored.</summary>
    public List<ReportReview> Reviews { get; } = [];

    /// <summary>The catalogue may have changed, so results of units without a node are checked too.</summary>
    public bool IncludesRemovedNodes { get; set; }

    public bool IsEmpty => Nodes.Count == 0 && MonthsToStore.Count == 0 && MonthChanges.Count == 0 && Reviews.Count == 0;

    /// <summary>Takes over what is not published yet, and leaves what is to be stored.</summary>
    public void KeepResultsOf(CubeChanges taken)
    {
        IncludesRemovedNodes |= taken.IncludesRemovedNodes;
        foreach (var (key, change) in taken.Nodes)
        {
            Nodes[key] = change;
        }

        taken.Nodes.Clear();
    }

    /// <summary>
    /// Adds a change of a node's month by a row. A row that changes several months is added for each, in ascending order.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="indicator">The indicator's order.</param>
    /// <param name="period">The month.</param>
    /// <param name="sequence">The row; null: it is in the ledger of another partition.</param>
    public void Add(int node, int indicator, Period period, long? sequence)
    {
        var change = GetOrAdd(node, indicator, period.Year);
        if (sequence is { } row)
        {
            change.Add(period.Month, row);
        }
        else
        {
            change.FromMonth = Math.Min(change.FromMonth, period.Month);
        }
    }

    /// <summary>Adds a change by the catalogue or the calendar, which has no row as its cause.</summary>
    public NodeChange GetOrAdd(int node, int indicator, int year)
    {
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(Nodes, new(node, indicator, year), out _);
        return change ??= new NodeChange();
    }

    internal sealed class NodeChange
    {
        private const int MaxCauses = 20;

        private const int MonthBits = 4;

        private static readonly (int Count, IReadOnlyList<long> Rows) NotKnown = (-1, []);

        // Each is a row and the month that it changed, in one number. A change of a step usually has one month and a few rows.
        private long[] _causes = new long[4];
        private int _count;
        private long _last;

        // One bit for each month that has as many causes as it may.
        private int _fullMonths;
        private (int Count, IReadOnlyList<long> Rows) _known = NotKnown;

        public int FromMonth { get; set; } = 12;

        /// <summary>The rows that can have changed a month: at most twenty, oldest first.</summary>
        public IReadOnlyList<long> CausesOf(int month)
        {
            // The results of the months after a change have the same causes, and so have totals and rankings.
            var through = CountThrough(month);
            if (through != _known.Count)
            {
                _known = (through, FindCausesOf(month));
            }

            return _known.Rows;
        }

        private long[] FindCausesOf(int month)
        {
            Span<long> rows = _count <= MaxCauses ? stackalloc long[MaxCauses] : new long[_count];
            var count = 0;
            foreach (var cause in _causes.AsSpan(0, _count))
            {
                if (MonthOf(cause) <= month)
                {
                    rows[count++] = cause >> MonthBits;
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
                AddCause(sequence << MonthBits | (uint)month);
            }
        }

        /// <summary>Whether merging another change into this one would change nothing.</summary>
        public bool Includes(NodeChange other)
        {
            if (other.FromMonth < FromMonth)
            {
                return false;
            }

            foreach (var cause in other._causes.AsSpan(0, other._count))
            {
                if (!IsKnownOrBeyondLimit(cause))
                {
                    return false;
                }
            }

            return true;
        }

        public void Merge(NodeChange other)
        {
            FromMonth = Math.Min(FromMonth, other.FromMonth);
            foreach (var cause in other._causes.AsSpan(0, other._count))
            {
                AddCause(cause);
            }
        }

        private static int MonthOf(long cause) => (int)(cause & (1 << MonthBits) - 1);

        // The limit applies to each month, so that many changes of December do not displace the row that changed May.
        private void AddCause(long cause)
        {
            if (IsKnownOrBeyondLimit(cause))
            {
                return;
            }

            if (_count == _causes.Length)
            {
                Array.Resize(ref _causes, _count < MaxCauses ? MaxCauses : 12 * MaxCauses);
            }

            _causes[_count++] = cause;
            _known = NotKnown;
            if (_count >= MaxCauses && CountOf(MonthOf(cause)) == MaxCauses)
            {
                _fullMonths |= 1 << MonthOf(cause);
            }
        }

        private bool IsKnownOrBeyondLimit(long cause) =>
            (_fullMonths & 1 << MonthOf(cause)) != 0 || _causes.AsSpan(0, _count).Contains(cause);

        private int CountThrough(int month)
        {
            var count = 0;
            foreach (var cause in _causes.AsSpan(0, _count))
            {
                count += MonthOf(cause) <= month ? 1 : 0;
            }

            return count;
        }

        private int CountOf(int month)
        {
            var count = 0;
            foreach (var cause in _causes.AsSpan(0, _count))
            {
                count += MonthOf(cause) == month ? 1 : 0;
            }

            return count;
        }
    }
}

/// <summary>A node's results for an indicator in a year. A step looks up hundreds, so its hash is cheap.</summary>
internal readonly record struct NodeYearKey(int Node, int Indicator, int Year)
{
    public override int GetHashCode() => (Year * 4099 + Node) * 521 + Indicator;
}
