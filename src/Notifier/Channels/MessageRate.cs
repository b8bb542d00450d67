namespace XilinIngest.Notifier.Channels;

/// <summary>Keeps to the most messages that a channel takes in a minute.</summary>
internal sealed class MessageRate(int? perMinute, TimeProvider clock)
{
    // A little more than a minute, for the receiver counts by its own clock.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(62);

    private readonly Queue<long> _sent = [];

    /// <summary>How long the next message has to wait.</summary>
    public TimeSpan WaitTime()
    {
        while (_sent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Window)
        {
            _sent.Dequeue();
        }

        return _sent.Count >= perMinute ? Window - clock.GetElapsedTime(_sent.Peek()) : TimeSpan.Zero;
    }

    public void Add()
    {
        if (perMinute is not null)
        {
            _sent.Enqueue(clock.GetTimestamp());
        }
    }
}
