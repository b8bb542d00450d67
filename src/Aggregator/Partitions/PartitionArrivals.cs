using System.Diagnostics;
using System.Threading.Channels;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>
/// What has arrived for a partition's cube and waits for its next step: packs of its ledger, and sums of other partitions.
/// </summary>
internal sealed class PartitionArrivals
{
    private const int MaxQueued = 256;

    private readonly Channel<(SubmissionsAccepted? Pack, RollUpBody? RollUp, ActivityContext Trace)> _queued =
        Channel.CreateBounded<(SubmissionsAccepted? Pack, RollUpBody? RollUp, ActivityContext Trace)>(
            new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    private static ActivityContext CurrentTrace => Activity.Current?.Context ?? default;

    /// <summary>Queues a pack; waits while the queue is full.</summary>
    public ValueTask AddAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) =>
        _queued.Writer.WriteAsync((pack, null, CurrentTrace), cancellationToken);

    /// <summary>Queues sums; waits while the queue is full.</summary>
    public ValueTask AddAsync(RollUpBody body, CancellationToken cancellationToken) =>
        _queued.Writer.WriteAsync((null, body, CurrentTrace), cancellationToken);

    /// <summary>Completes when something is queued.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _queued.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what is queued.</summary>
    /// <returns>The packs, the sums, and the spans in which they came.</returns>
    public (List<SubmissionsAccepted> Packs, List<RollUpBody> RollUps, List<ActivityContext> Traces) Take()
    {
        var (packs, rollUps, traces) = (new List<SubmissionsAccepted>(), new List<RollUpBody>(), new List<ActivityContext>());
        while (packs.Count + rollUps.Count < MaxQueued && _queued.Reader.TryRead(out var next))
        {
            if (next.Trace != default)
            {
                traces.Add(next.Trace);
            }

            if (next.Pack is { } pack)
            {
                packs.Add(pack);
            }
            else
            {
                rollUps.Add(next.RollUp!);
            }
        }

        return (packs, rollUps, traces);
    }
}
