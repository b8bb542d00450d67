namespace XilinIngest.Messaging;

/// <summary>
/// For what can happen once with every message, so that a sender's mistake does not fill the log: of one kind a line a minute, which says
/// how many were left out before it.
/// </summary>
public sealed class LogThrottle
{
    private const int MaxKinds = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, long LeftOut)> _kinds = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    public LogThrottle()
        : this(TimeProvider.System)
    {
    }

    internal LogThrottle(TimeProvider clock) => _clock = clock;

    /// <param name="kind">What makes two lines alike, such as the sender or the fault.</param>
    /// <returns>How many of this kind were left out since the last line; null: this one is left out too.</returns>
    public long? TryEnter(string kind)
    {
        lock (_lock)
        {
            if (_kinds.TryGetValue(kind, out var known) && _clock.GetElapsedTime(known.At) < Interval)
            {
                _kinds[kind] = known with { LeftOut = known.LeftOut + 1 };
                return null;
            }

            if (_kinds.Count >= MaxKinds)
            {
                _kinds.Clear();
            }

            _kinds[kind] = (_clock.GetTimestamp(), 0);
            return known.LeftOut;
        }
    }

    /// <summary>As <see cref="TryEnter(string)"/>, of faults that say the same.</summary>
    public long? TryEnter(Exception fault) => TryEnter($"{fault.GetType().Name}: {fault.Message}");
}
