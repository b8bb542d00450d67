using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions;
using XilinIngest.Worker.Submissions.Checking;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Takes submissions from any number of consumers and commits them in groups: one durable write for as many as came in
/// while the last one was made. Commit, then publish the accepted pack, then let the consumers answer and acknowledge: a
/// crash in between means redelivery, and the stored verdict is found and published again. The queue is the outbox.
/// </summary>
internal sealed class LedgerWriter(LedgerCommitter committer, IBus bus, ILogger<LedgerWriter> logger) : BackgroundService
{
    private const int MaxGroup = 500;
    private const int MaxGroupBytes = 8 * 1024 * 1024;

    // Bounded: when the disk is slow, the consumers wait, and with them the queue.
    private readonly Channel<Pending> _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });
    private readonly ResiliencePipeline _retry = Retries.Create(logger);

    /// <summary>The newest failure to commit, and null once a group went through again: what the health endpoint shows.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Records a submission and returns its receipt once it is on disk and published.</summary>
    public async Task<SubmissionReceipt> AppendAsync(Submission submission, string sender, CancellationToken cancellationToken)
    {
        var pending = new Pending(submission, sender);
        await _pending.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Receipt.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Group n is published while group n + 1 is committed; one publisher keeps the packs in order.
        var publishing = Task.CompletedTask;
        try
        {
            while (await _pending.Reader.WaitToReadAsync(stoppingToken))
            {
                var group = TakeGroup();
                var committed = await CommitAsync(group, stoppingToken);
                await publishing;
                publishing = PublishAsync(committed);
            }
        }
        finally
        {
            _pending.Writer.TryComplete();
            await publishing;
            while (_pending.Reader.TryRead(out var pending))
            {
                pending.Receipt.TrySetCanceled(stoppingToken);
            }
        }
    }

    private List<Pending> TakeGroup()
    {
        var group = new List<Pending>();
        for (var bytes = 0; group.Count < MaxGroup && bytes < MaxGroupBytes && _pending.Reader.TryRead(out var pending); bytes += pending.Submission.Body.Length)
        {
            group.Add(pending);
        }

        return group;
    }

    private async Task<IReadOnlyList<CommittedGroup>> CommitAsync(List<Pending> group, CancellationToken cancellationToken)
    {
        try
        {
            var committed = await Task.Run(() => _retry.Execute(() => committer.Commit(group)), cancellationToken);
            Fault = null;
            return [committed];
        }
        catch (Exception exception) when (exception is not OperationCanceledException && group.Count > 1)
        {
            // One submission may have failed them all: each gets its own try, so that the others are not held back.
            logger.LogError(exception, "A group of {Count} submissions could not be committed; trying them one by one.", group.Count);
            var all = new List<CommittedGroup>();
            foreach (var pending in group)
            {
                all.AddRange(await CommitAsync([pending], cancellationToken));
            }

            return all;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Fault = exception;
            logger.LogError(exception, "A submission of {Bytes} bytes could not be committed; nothing was acknowledged.", group[0].Submission.Body.Length);
            group[0].Receipt.TrySetException(exception);
            return [];
        }
    }

    private async Task PublishAsync(IReadOnlyList<CommittedGroup> groups)
    {
        foreach (var group in groups)
        {
            try
            {
                foreach (var pack in group.Packs)
                {
                    await bus.Publish(pack);
                }

                group.Answer();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "A committed group could not be published; its submissions are not acknowledged and will be found again.");
                group.Fail(exception);
            }
        }
    }
}

/// <summary>A submission waiting for its receipt.</summary>
internal sealed record Pending(Submission Submission, string Sender)
{
    public TaskCompletionSource<SubmissionReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Read again, with the same receipt to give, where the catalogue was edited since it came in.</summary>
    public Pending Under(Catalogue catalogue, DateTimeOffset now)
    {
        if (Submission.ReadUnder is not { } before || before == catalogue || Submission.HasErrors)
        {
            return this;
        }

        var again = SubmissionReader.Read(Submission.Body, catalogue).All[0];
        FormChecks.Check(again, catalogue, now);
        return this with { Submission = again };
    }
}

/// <summary>What a commit left to be said.</summary>
/// <param name="Packs">The new rows; then, one each, accepted ones that were sent again.</param>
/// <param name="Receipts">The answers, which may be given once the packs are published.</param>
internal sealed record CommittedGroup(IReadOnlyList<SubmissionsAccepted> Packs, IReadOnlyList<(Pending Pending, SubmissionReceipt Receipt)> Receipts)
{
    public void Answer()
    {
        foreach (var (pending, receipt) in Receipts)
        {
            pending.Receipt.TrySetResult(receipt);
        }
    }

    public void Fail(Exception exception)
    {
        foreach (var (pending, _) in Receipts)
        {
            pending.Receipt.TrySetException(exception);
        }
    }
}
