using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>What changed since the last publication: which nodes' years, from which month on, and because of which ledger rows.</summary>
internal sealed class Changes
{
    public Dictionary<(int Node, int Indicator, int Year), Change> Nodes { get; } = [];

    /// <summary>Units and months whose standing values are to be stored.</summary>
    public HashSet<(int Unit, Period Period)> Standing { get; } = [];

    /// <summary>The catalogue may be another one: what was said of units that have no node any more is to be looked at too.</summary>
    public bool Everything { get; set; }

    public bool IsEmpty => Nodes.Count == 0 && Standing.Count == 0;

    /// <summary>A row changed a node's month. A row that changes several is told month by month, the first one first.</summary>
    public void Add(int node, int indicator, Period period, long sequence) => Of(node, indicator, period.Year).Add(period.Month, sequence);

    /// <summary>To be said again because the catalogue or the calendar changed; no row is the cause.</summary>
    public Change Of(int node, int indicator, int year)
    {
        if (!Nodes.TryGetValue((node, indicator, year), out var change))
        {
            Nodes[(node, indicator, year)] = change = new Change();
        }

        return change;
    }

    internal sealed class Change
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
                Keep(month, sequence);
            }
        }

        public void Join(Change other)
        {
            FromMonth = Math.Min(FromMonth, other.FromMonth);
            for (var month = 1; month <= 12; month++)
            {
                other._causes[month - 1]?.ForEach(row => Keep(month, row));
            }
        }

        // Per month, so that a burst in December leaves room for the row that changed May.
        private void Keep(int month, long sequence)
        {
            var rows = _causes[month - 1] ??= [];
            if (rows.Count < MaxCauses && !rows.Contains(sequence))
            {
                rows.Add(sequence);
            }
        }
    }
}
