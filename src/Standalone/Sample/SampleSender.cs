using System.Collections.Concurrent;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;

namespace XilinIngest.Standalone;

/// <summary>Sends the samples over the bus like offices do: many at once, none before its time.</summary>
internal sealed class SampleSender(
    MessagePublisher publisher, Catalogue catalogue, SampleClock clock, ReceiptCounter receipts, SampleReminders reminders)
{
    private const int MaxInFlight = 128;

    public async Task SendAsync(IReadOnlyList<SampleSubmission> submissions, Action<int> progress, CancellationToken cancellationToken)
    {
        var bounds = catalogue.Calendar.SelectMany(window => new[] { window.Opens, window.Closes, window.Locks }).Order().ToList();
        var sent = 0;
        foreach (var submission in submissions)
        {
            // Submissions in flight must be judged before the clock passes the opening, closing or locking of a window.
            var crosses = bounds.Exists(bound => bound > clock.GetUtcNow() && bound <= submission.SubmittedAt);
            await WaitUntilReceivedAsync(crosses ? sent : sent - MaxInFlight + 1, progress, cancellationToken);
            if (reminders.At is { } at && clock.GetUtcNow() < at && at <= submission.SubmittedAt)
            {
                await WaitUntilReceivedAsync(sent, progress, cancellationToken);
                clock.Set(at);
                await reminders.SendAsync(receipts.LastSequences, cancellationToken);
            }

            clock.Set(submission.SubmittedAt);
            cancellationToken.ThrowIfCancellationRequested();
            await publisher.PublishAsync(new IntakeMessage(submission.Body), routingKey: null, CancellationToken.None);
            sent++;
        }

        await WaitUntilReceivedAsync(sent, progress, cancellationToken);
    }

    private async Task WaitUntilReceivedAsync(int count, Action<int> progress, CancellationToken cancellationToken)
    {
        while (receipts.Count < count)
        {
            await Task.Delay(1, cancellationToken);
            progress(receipts.Count);
        }

        progress(receipts.Count);
    }
}

/// <summary>Counts the receipts that arrived.</summary>
internal sealed class ReceiptCounter
{
    private readonly ConcurrentDictionary<string, long> _lastSequences = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The last row of each partition's ledger.</summary>
    public IReadOnlyDictionary<string, long> LastSequences => _lastSequences;

    /// <summary>The rows of all ledgers.</summary>
    public long Rows => _lastSequences.Values.Sum();

    public ConcurrentQueue<SubmissionReceipt> Refused { get; } = [];

    public ConcurrentQueue<SubmissionReceipt> Explained { get; } = [];

    public void Add(SubmissionReceipt receipt)
    {
        if (receipt.Verdict == Verdict.Refused)
        {
            Refused.Enqueue(receipt);
        }
        else if (receipt.Findings.Any(finding => finding.Severity == FindingSeverity.Explained))
        {
            Explained.Enqueue(receipt);
        }

        _lastSequences.AddOrUpdate(receipt.Partition ?? "", receipt.Sequence, (_, seen) => Math.Max(seen, receipt.Sequence));
        Interlocked.Increment(ref _count);
    }
}

/// <summary>Counts the receipts of a message, which is a receipt or a pack of them. The bus does not change the body.</summary>
internal sealed class ReceiptConsumer(ReceiptCounter receipts) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        foreach (var receipt in SubmissionReceiptPack.Parse(message.Body))
        {
            receipts.Add(receipt);
        }

        return Task.CompletedTask;
    }
}
