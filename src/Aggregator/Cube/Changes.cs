using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>What changed since the last publication: which nodes' years, from which month on, and because of which ledger rows.</summary>
internal sealed class Changes
{
    private const int MaxCauses = 64;

    public Dictionary<(int Node, int Indicator, int Year), Change> Nodes { get; } = [];

    /// <summary>Units and months whose standing values are to be stored.</summary>
    public HashSet<(int Unit, Period Period)> Standing { get; } = [];

    public bool IsEmpty => Nodes.Count == 0 && Standing.Count == 0;

    public void Add(int node, int indicator, Period period, Period cause, long sequence)
    {
        var change = Of(node, indicator, period.Year);
        change.FromMonth = Math.Min(change.FromMonth, period.Month);

        // The same submission moves many months: the first month it moves is where its effect begins.
        if (change.Causes.Count < MaxCauses && (change.Causes.Count == 0 || change.Causes[^1].Sequence != sequence))
        {
            change.Causes.Add((cause.Year < period.Year ? 1 : cause.Month, sequence));
        }
    }

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
        public int FromMonth { get; set; } = 12;

        public List<(int Month, long Sequence)> Causes { get; } = [];

        /// <summary>The rows that can have changed a month: at most twenty, oldest first.</summary>
        public IReadOnlyList<long> CausesOf(int month) =>
            [.. Causes.Where(cause => cause.Month <= month).Select(cause => cause.Sequence).Order().Distinct().Take(20)];
    }
}
