namespace XilinIngest.Messaging;

/// <summary>
/// Limits log lines of one kind to one a minute, so that a sender's mistake does not fill the log. Each line states how many were
/// suppressed before it.
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

    /// <param name="kind">The kind of the line, such as the sender or the fault.</param>
    /// <returns>The number of lines of this kind suppressed since the last one; null: this line is suppressed too.</returns>
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

    /// <summary>As <see cref="TryEnter(string)"/>, with the exception's message as the kind.</summary>
    public long? TryEnter(Exception fault) => TryEnter($"{fault.GetType().Name}: {fault.Message}");
}
