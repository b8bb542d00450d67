namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// When the partitions around this one were last heard of. Each tells its position every second, so one that is silent has no aggregator,
/// or what it sends does not arrive: that a queue is no longer bound, or an exchange was deleted, is told to nobody.
/// </summary>
internal sealed class NeighbourWatch(TimeProvider clock)
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, long> _heardAt = [];
    private long? _reopenedAt;

    /// <summary>Notes from whom messages have come.</summary>
    public void Hear(IEnumerable<RollUpBody> bodies)
    {
        foreach (var body in bodies)
        {
            _heardAt[body.From] = clock.GetTimestamp();
        }
    }

    /// <summary>The neighbours that have been silent for too long. One that was never heard of counts from the first question on.</summary>
    public IReadOnlyList<string> FindSilent(IReadOnlyList<string> neighbours)
    {
        foreach (var each in neighbours)
        {
            _heardAt.TryAdd(each, clock.GetTimestamp());
        }

        return [.. neighbours.Where(each => clock.GetElapsedTime(_heardAt[each]) > MaxSilence)];
    }

    /// <summary>
    /// Whether the queue of their messages should be opened anew: none of them was heard of, and it was not tried just now.
    /// </summary>
    public bool MustReopen(IReadOnlyList<string> neighbours)
    {
        if (neighbours.Count == 0 || FindSilent(neighbours).Count < neighbours.Count
            || (_reopenedAt is { } last && clock.GetElapsedTime(last) < MaxSilence))
        {
            return false;
        }

        _reopenedAt = clock.GetTimestamp();
        return true;
    }

    /// <summary>Silence counts anew.</summary>
    public void Reset() => _heardAt.Clear();
}
