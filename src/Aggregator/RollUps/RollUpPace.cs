using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>When the next step sends sums, and positions, to other partitions.</summary>
internal sealed class RollUpPace(TimeProvider clock)
{
    // The positions are told to other partitions, so that a loss at the end is seen, and what is missing is asked for.
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);

    // Sums replace each other: under load those of some steps go out as one message. The first after a pause goes at once.
    private static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(200);

    private long? _lastBeat;
    private long? _lastSent;
    private bool _areSumsWaiting;

    /// <summary>How long the sums that wait have to; null: none do.</summary>
    public TimeSpan? Wait => !_areSumsWaiting ? null
        : _lastSent is { } last && clock.GetElapsedTime(last) is var since && since < SendInterval ? SendInterval - since : TimeSpan.Zero;

    /// <summary>What the next step sends. Positions that are due count as sent.</summary>
    public RollUpSending Next()
    {
        if (_lastBeat is not { } last || clock.GetElapsedTime(last) >= BeatInterval)
        {
            _lastBeat = clock.GetTimestamp();
            return RollUpSending.SumsAndPositions;
        }

        return _lastSent is { } sent && clock.GetElapsedTime(sent) < SendInterval ? RollUpSending.Nothing : RollUpSending.Sums;
    }

    /// <summary>Notes what a step sent.</summary>
    /// <param name="hasSums">Whether there were sums in it.</param>
    /// <param name="areSumsWaiting">Whether others wait for a later step.</param>
    public void Record(bool hasSums, bool areSumsWaiting)
    {
        _areSumsWaiting = areSumsWaiting;
        _lastSent = hasSums ? clock.GetTimestamp() : _lastSent;
    }

    /// <summary>The positions are due.</summary>
    public void Reset() => _lastBeat = null;
}
