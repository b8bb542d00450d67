namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// When the partitions around this one were last heard of. Each tells its position every second, so one that is silent has no aggregator,
/// or what it sends does not arrive: that a queue is no longer bound, or an exchange was deleted, is told to nobody.
/// </summary>
internal sealed class NeighbourWatch(TimeProvider clock)
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, long> _heardAt = [];
    private bool _areAllSilent;
    private long? _reopenedAt;

    /// <summary>The neighbours that have been silent for too long.</summary>
    public IReadOnlyList<string> Silent { get; private set; } = [];

    /// <summary>Notes from whom messages have come. A neighbour that was never heard of counts from the first call on.</summary>
    /// <param name="neighbours">The paths of all neighbours.</param>
    /// <param name="bodies">What has come since the last call.</param>
    public void Hear(IReadOnlyList<string> neighbours, IEnumerable<RollUpBody> bodies)
    {
        foreach (var body in bodies)
        {
            _heardAt[body.From] = clock.GetTimestamp();
        }

        foreach (var each in neighbours)
        {
            _heardAt.TryAdd(each, clock.GetTimestamp());
        }

        Silent = [.. neighbours.Where(each => clock.GetElapsedTime(_heardAt[each]) > MaxSilence)];
        _areAllSilent = Silent.Count > 0 && Silent.Count == neighbours.Count;
    }

    /// <summary>Whether the queue of their messages should be opened anew: none is heard of, and it was not tried just now.</summary>
    public bool MustReopen()
    {
        if (!_areAllSilent || (_reopenedAt is { } last && clock.GetElapsedTime(last) < MaxSilence))
        {
            return false;
        }

        _reopenedAt = clock.GetTimestamp();
        return true;
    }

    /// <summary>Silence counts anew.</summary>
    public void Reset() => _heardAt.Clear();
}
