namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// When the ledger is asked, and for which rows. It is asked for what is known to be missing, and, where nothing has come for a while, for
/// whatever follows on the newest row: packs that were lost behind that row leave no gap that could be seen.
/// </summary>
internal sealed class ReplayScheduler(TimeProvider clock)
{
    /// <summary>How long nothing comes before the ledger is asked whether it has more.</summary>
    internal static readonly TimeSpan IdleThreshold = TimeSpan.FromSeconds(2);

    // An answer takes milliseconds. Where there is none, no worker runs, and the requests wait in its queue: so they become rarer.
    private static readonly TimeSpan InitialRetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(1);

    private (long From, long? To)? _requested;
    private long _requestedAt;
    private TimeSpan _retryDelay = InitialRetryDelay;

    /// <summary>Forgets what was asked, so that all that is missing is asked for again.</summary>
    public void Reset() => _requested = null;

    /// <param name="followed">How far the ledger has been followed.</param>
    /// <param name="silence">For how long nothing has come from the ledger.</param>
    /// <returns>The rows to ask for now, to the end where that is null; null: none.</returns>
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

        _retryDelay = isNew || hasCome ? InitialRetryDelay : _retryDelay * 2 < MaxRetryDelay ? _retryDelay * 2 : MaxRetryDelay;
        (_requested, _requestedAt) = (rows, clock.GetTimestamp());

        // What was asked for comes from the front: it is not asked for again while it does.
        return hasCome ? null : rows;
    }
}
