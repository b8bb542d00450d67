using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The queues of one cube: the packs of its ledger, and the sums of other partitions. They are read by the process that works on the cube,
/// and are opened anew when the broker has ended the reading, or nothing comes.
/// </summary>
internal sealed class AggregatorQueues(
    (QueueOpener Opener, IReadOnlyList<IBusQueue> All) queues, CubeStore store, AggregatorProgress progress, TimeProvider clock,
    ILogger logger)
{
    private readonly NeighbourWatch _neighbours = new(clock);

    private bool AreOpen => queues.All.All(queues.Opener.IsOpen);

    // Who has no right to the cube any more needs no packs.
    public async Task OpenAsync(CancellationToken stoppingToken)
    {
        if (AreOpen)
        {
            return;
        }

        store.EnsureHeld();
        progress.Begin(AggregatorActivity.Opening);
        await Task.WhenAll(queues.All.Select(queue => queues.Opener.OpenAsync(queue, stoppingToken)));
    }

    /// <summary>Opens what the broker has ended.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> OpenEndedAsync(CancellationToken stoppingToken)
    {
        if (AreOpen)
        {
            return false;
        }

        logger.LogWarning("The broker ended the reading of a queue. It is opened again.");
        await OpenAsync(stoppingToken);
        return true;
    }

    /// <summary>
    /// Opens all anew: the broker may have ended the reading without a word.
    /// </summary>
    public async Task ReopenAsync(CancellationToken stoppingToken)
    {
        await CloseAsync();
        await OpenAsync(stoppingToken);
    }

    /// <summary>Takes no further packs and sums.</summary>
    public async Task CloseAsync()
    {
        foreach (var queue in queues.All)
        {
            await queues.Opener.CloseAsync(queue);
        }
    }

    /// <summary>Hears the neighbours. Where nothing comes from any of them, the queue of sums is opened anew, which binds it.</summary>
    /// <param name="neighbours">The paths of the other partitions that send to this one.</param>
    /// <param name="rollUps">What has come from them.</param>
    /// <param name="stoppingToken">Ends the wait for the broker.</param>
    public async Task LookAfterNeighboursAsync(
        IReadOnlyList<string> neighbours, IReadOnlyList<RollUpBody> rollUps, CancellationToken stoppingToken)
    {
        _neighbours.Hear(neighbours, rollUps);
        progress.SilentPartitions = _neighbours.Silent;
        if (_neighbours.MustReopen())
        {
            logger.LogWarning("No other partition was heard of for some time. The queue of their sums is opened anew.");
            await queues.Opener.CloseAsync(queues.All[^1]);
            await OpenAsync(stoppingToken);
        }
    }

    /// <summary>The silence of the neighbours counts anew.</summary>
    public void ForgetNeighbours() => _neighbours.Reset();
}
