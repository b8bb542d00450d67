using System.Collections.Concurrent;

namespace XilinIngest.Messaging;

/// <summary>Starts and ends the reading of queues that are <see cref="IBusQueue.IsOpenedOnDemand"/>.</summary>
public sealed class QueueOpener(IBusTransport transport)
{
    private readonly ConcurrentDictionary<IBusQueue, QueueOpening> _openings = new();

    /// <summary>Whether the queue is being read, or its opening waits for the broker.</summary>
    public bool IsOpen(IBusQueue queue) => _openings.TryGetValue(queue, out var opening) && !opening.HasEnded;

    /// <summary>
    /// Completes when the queue is being read. Waits for the broker. While it is read, further calls do nothing; after the broker has ended
    /// the reading they open it anew.
    /// </summary>
    public Task OpenAsync(IBusQueue queue, CancellationToken cancellationToken) => _openings
        .AddOrUpdate(queue, Create, (each, before) => before.HasEnded ? Create(each) : before).StartAsync(cancellationToken);

    /// <summary>Takes no further messages, and gives up an opening that waits for the broker. Does nothing where it is not open.</summary>
    public Task CloseAsync(IBusQueue queue) =>
        _openings.TryRemove(queue, out var opening) ? opening.DisposeAsync().AsTask() : Task.CompletedTask;

    private QueueOpening Create(IBusQueue queue) => new(transport, queue);

    private sealed class QueueOpening : IAsyncDisposable
    {
        private readonly CancellationTokenSource _closing = new();
        private readonly Lazy<Task<IQueueReading>> _reading;

        public QueueOpening(IBusTransport transport, IBusQueue queue) => _reading = new(() => transport.OpenAsync(queue, _closing.Token));

        public bool HasEnded => _reading is { IsValueCreated: true, Value: { IsCompleted: true } reading }
            && (!reading.IsCompletedSuccessfully || reading.Result.HasEnded);

        public Task<IQueueReading> StartAsync(CancellationToken cancellationToken) => _reading.Value.WaitAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _closing.CancelAsync();
            await ((Task)_reading.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_reading.Value.IsCompletedSuccessfully)
            {
                await _reading.Value.Result.CloseAsync();
            }

            _closing.Dispose();
        }
    }
}
