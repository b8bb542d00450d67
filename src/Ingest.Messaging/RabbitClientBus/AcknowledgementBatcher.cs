using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>
/// Acknowledges the messages of a channel. The broker numbers them from 1 on; one acknowledgement covers all up to the first that is not
/// done. What is done behind a message that takes long is acknowledged by itself after a moment.
/// </summary>
internal sealed class AcknowledgementBatcher(IChannel channel, Action<string> fail)
{
    private static readonly TimeSpan GapTimeout = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _done = [];

    // Acknowledged by themselves, or returned, behind the first that is not done.
    private readonly HashSet<ulong> _settled = [];
    private readonly Queue<ulong> _returned = new();
    private ulong _next = 1;
    private Task _flushing = Task.CompletedTask;
    private bool _isFlushing;

    public void Acknowledge(ulong tag) => Add(tag, isDone: true);

    /// <summary>Returns a message to its queue.</summary>
    public void Return(ulong tag) => Add(tag, isDone: false);

    /// <summary>Completes when everything so far was sent to the broker.</summary>
    public Task FlushedAsync()
    {
        lock (_lock)
        {
            return _flushing;
        }
    }

    private void Add(ulong tag, bool isDone)
    {
        lock (_lock)
        {
            if (isDone)
            {
                _done.Add(tag);
            }
            else
            {
                _returned.Enqueue(tag);
            }

            if (!_isFlushing)
            {
                _isFlushing = true;
                _flushing = Task.Run(FlushAsync);
            }
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            while (await FlushOnceAsync())
            {
                // Others were done meanwhile.
            }
        }
        catch (Exception exception)
        {
            fail(exception.Message);
        }
    }

    /// <returns>False: nothing is left.</returns>
    private async Task<bool> FlushOnceAsync()
    {
        if (TakeUnbroken() is { } last)
        {
            await channel.BasicAckAsync(last, multiple: true);
        }

        foreach (var tag in TakeReturned())
        {
            await channel.BasicNackAsync(tag, multiple: false, requeue: true);
        }

        bool hasGap;
        lock (_lock)
        {
            hasGap = _done.Count > 0 && !_done.Contains(_next);
            _isFlushing = _done.Count > 0 || _returned.Count > 0;
            if (!_isFlushing)
            {
                return false;
            }
        }

        if (hasGap)
        {
            await Task.Delay(GapTimeout, TimeProvider.System);
            if (TakeUnbroken() is { } then)
            {
                await channel.BasicAckAsync(then, multiple: true);
            }

            foreach (var tag in TakeBehindGap())
            {
                await channel.BasicAckAsync(tag, multiple: false);
            }
        }

        return true;
    }

    /// <summary>The last of the done messages that follow each other; null: the first one is not done.</summary>
    private ulong? TakeUnbroken()
    {
        ulong? last = null;
        lock (_lock)
        {
            while (true)
            {
                if (_done.Remove(_next))
                {
                    last = _next++;
                }
                else if (_settled.Remove(_next))
                {
                    _next++;
                }
                else
                {
                    return last;
                }
            }
        }
    }

    private List<ulong> TakeReturned()
    {
        lock (_lock)
        {
            List<ulong> returned = [.. _returned];
            _returned.Clear();
            _settled.UnionWith(returned);
            return returned;
        }
    }

    private List<ulong> TakeBehindGap()
    {
        lock (_lock)
        {
            List<ulong> behind = [.. _done];
            _done.Clear();
            _settled.UnionWith(behind);
            return behind;
        }
    }
}
