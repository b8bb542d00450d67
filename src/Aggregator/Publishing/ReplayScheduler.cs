namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Decides when to request rows from the ledger, and which ones. It requests known missing rows. After some silence it requests the rows
/// after the newest one, because packs that were lost at the end leave no visible gap.
/// </summary>
internal sealed class ReplayScheduler(TimeProvider clock)
{
    /// <summary>The silence after which the ledger is asked for further rows.</summary>
    internal static readonly TimeSpan IdleThreshold = TimeSpan.FromSeconds(2);

    // A response takes milliseconds. Without one no worker runs, and the requests wait in its queue, so they become less frequent.
    private static readonly TimeSpan InitialRetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(1);

    private (long From, long? To)? _requested;
    private long _requestedAt;
    private TimeSpan _retryDelay = InitialRetryDelay;

    /// <summary>Whether the newest request was made again, because nothing had come.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Forgets the last request, so that everything missing is requested again.</summary>
    public void Reset() => _requested = null;

    /// <param name="followed">The position in the ledger.</param>
    /// <param name="silence">The time since the last message from the ledger.</param>
    /// <returns>The rows to request now, without an end up to the newest; null: none.</returns>
    public (long From, long? To)? Next(LedgerProgress followed, TimeSpan silence)
    {
        var wanted = followed.MissingRows ?? (silence >= IdleThreshold ? (followed.Through + 1, null) : ((long From, long? To)?)null);
        if (wanted is not { } rows)
        {
            _requested = null;
            return null;
        }

        var isNew = _requested is not { } asked || asked.To != rows.To || rows.From < asked.From;
        var hasCome = !isNew && rows.From > _requested!.Value.From;
        if (!isNew && !hasCome && clock.GetElapsedTime(_requestedAt) < _retryDelay)
        {
            return null;
        }

        IsRepeated = !isNew && !hasCome;
        _retryDelay = isNew || hasCome ? InitialRetryDelay : _retryDelay * 2 < MaxRetryDelay ? _retryDelay * 2 : MaxRetryDelay;
        (_requested, _requestedAt) = (rows, clock.GetTimestamp());

        // The requested rows arrive in order. They are not requested again while they do.
        return hasCome ? null : rows;
    }
}
