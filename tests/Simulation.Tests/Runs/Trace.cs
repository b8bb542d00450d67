using System.Globalization;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>What happened in a run, line by line, and a hash of it: two runs of one seed have the same.</summary>
internal sealed class Trace
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly List<string> _lines = [];
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);

    public ulong Hash { get; private set; } = Offset;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>How often each kind of fault happened.</summary>
    public IReadOnlyDictionary<string, int> Faults => _faults;

    public void Count(string fault) => _faults[fault] = _faults.GetValueOrDefault(fault) + 1;

    public void Add(TimeSpan at, string line)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,9:0.000} {line}");
        _lines.Add(text);
        foreach (var character in text)
        {
            Hash = (Hash ^ character) * Prime;
        }
    }
}
