using XilinIngest.Contracts;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Publishes the receipts of one user: one message at a time. What comes while a message waits for its confirm goes out together in the
/// next one. So a receipt that is alone is sent at once and alone, and a thousand take a few messages.
/// </summary>
internal sealed class ReceiptBatcher(Func<object, CancellationToken, Task> publish)
{
    // Of the receipts of several messages in one: some 350 without findings, or 25 of revisions of twenty values. A user waits for one
    // confirm after the other, so that a smaller message would slow down who sends thousands; messages of megabytes are what the collector
    // has most work with.
    private const int MaxBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private List<WaitingReceipts> _waiting = [];
    private bool _isPublishing;

    /// <summary>Completes when the broker has confirmed the message with these receipts, and fails as its publication fails.</summary>
    /// <param name="receipts">The receipts of one message.</param>
    /// <param name="isPack">Whether they are sent as a pack even where there is one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PublishAsync(IReadOnlyList<SubmissionReceipt> receipts, bool isPack, CancellationToken cancellationToken)
    {
        var item = new WaitingReceipts(receipts, isPack, cancellationToken);
        lock (_lock)
        {
            _waiting.Add(item);
            if (_isPublishing)
            {
                return item.Published.Task;
            }

            _isPublishing = true;
        }

        _ = PublishWaitingAsync();
        return item.Published.Task;
    }

    /// <summary>The messages of receipts: one receipt alone, or packs that the broker accepts.</summary>
    public static IEnumerable<object> MessagesOf(IReadOnlyList<SubmissionReceipt> receipts, bool isPack) =>
        receipts.Count == 1 && !isPack ? [receipts[0]] : ReceiptPackSplitter.Split(receipts);

    private async Task PublishWaitingAsync()
    {
        while (TakeWaiting() is { Count: > 0 } items)
        {
            try
            {
                IReadOnlyList<SubmissionReceipt> receipts =
                    items.Count == 1 ? items[0].Receipts : [.. items.SelectMany(item => item.Receipts)];
                foreach (var message in MessagesOf(receipts, items[0].IsPack))
                {
                    await publish(message, items[0].CancellationToken);
                }

                items.ForEach(item => item.Published.TrySetResult());
            }
            catch (Exception exception)
            {
                // Each consumer lets its message return to the queue, from where it comes again.
                items.ForEach(item => item.Published.TrySetException(exception));
            }
        }
    }

    private List<WaitingReceipts> TakeWaiting()
    {
        lock (_lock)
        {
            var (count, bytes) = (0, 0);
            while (count < _waiting.Count && (count == 0 || bytes + _waiting[count].Bytes <= MaxBytes))
            {
                bytes += _waiting[count++].Bytes;
            }

            var taken = _waiting[..count];
            _waiting = _waiting[count..];
            _isPublishing = count > 0;
            return taken;
        }
    }

    private sealed record WaitingReceipts(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack, CancellationToken CancellationToken)
    {
        public int Bytes { get; } = Receipts.Sum(ReceiptJson.LengthOf);

        public TaskCompletionSource Published { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
