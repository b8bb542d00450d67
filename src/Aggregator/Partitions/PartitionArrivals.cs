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

    private readonly Channel<(SubmissionsAccepted? Pack, RollUpBody? RollUp)> _queued =
        Channel.CreateBounded<(SubmissionsAccepted? Pack, RollUpBody? RollUp)>(
            new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    /// <summary>Queues a pack; waits while the queue is full.</summary>
    public ValueTask AddAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) =>
        _queued.Writer.WriteAsync((pack, null), cancellationToken);

    /// <summary>Queues sums; waits while the queue is full.</summary>
    public ValueTask AddAsync(RollUpBody body, CancellationToken cancellationToken) =>
        _queued.Writer.WriteAsync((null, body), cancellationToken);

    /// <summary>Completes when something is queued.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _queued.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what is queued.</summary>
    public (List<SubmissionsAccepted> Packs, List<RollUpBody> RollUps) Take()
    {
        var (packs, rollUps) = (new List<SubmissionsAccepted>(), new List<RollUpBody>());
        while (packs.Count + rollUps.Count < MaxQueued && _queued.Reader.TryRead(out var next))
        {
            if (next.Pack is { } pack)
            {
                packs.Add(pack);
            }
            else
            {
                rollUps.Add(next.RollUp!);
            }
        }

        return (packs, rollUps);
    }
}
