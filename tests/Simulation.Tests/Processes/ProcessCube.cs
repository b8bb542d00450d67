using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Storage;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>
/// The cube of one partition in an aggregator: the product's steps while it runs there, with the product's lease or, as on silos, without.
/// </summary>
internal sealed class ProcessCube : IDisposable
{
    private const int MaxQueued = 256;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(5);

    private readonly SimulatedRun _run;
    private readonly AggregatorProcess _process;
    private readonly PartitionStores _stores;
    private readonly StandbyLease _lease;
    private readonly CubeStore _store;
    private readonly Func<AggregatorSteps> _createSteps;
    private AggregatorSteps? _steps;
    private List<SubmissionsAccepted> _packs = [];
    private List<RollUpBody> _rollUps = [];
    private Task? _step;
    private bool _isStarting;
    private TimeSpan _nextAt;
    private TimeSpan _followAt;

    public ProcessCube(
        SimulatedRun run, AggregatorProcess process, PartitionStores stores, PublishedModel model,
        (MessagePublisher Publisher, QueueOpener Queues) bus, IMeterFactory meters)
    {
        (_run, _process, _stores, Name) = (run, process, stores, process.Name + stores.Suffix);
        var database = stores.OpenCube(process);
        _lease = new StandbyLease(database, CubeLease.LeaseName, () => { }, NullLogger.Instance);
        _store = new CubeStore(database);
        Host = new CubeHost(
            _store, run.Catalogues, process.Clock, NullLogger<CubeHost>.Instance, model, stores.Partition, isFollowed: !run.AreCubesLeased);
        var progress = new AggregatorProgress(Host, meters, process.Clock, stores.Partition);
        _createSteps = () => new AggregatorSteps(
            Host, _store,
            new ResultPublisher(_store, bus.Publisher, run.Catalogues, new ResultFeed(), progress, NullLogger<ResultPublisher>.Instance),
            (bus.Queues, PartitionQueues.AllOf(stores.Partition)), progress, process.Clock, NullLogger<AggregatorSteps>.Instance);
    }

    public string Name { get; }

    public string Path => _stores.Partition.Path;

    public CubeHost Host { get; }

    /// <summary>Whether its steps run here. Those of another process may run at the same time: the store decides.</summary>
    public bool IsRunning => _steps is not null;

    /// <summary>
    /// Whether it runs here, and has the lease where there is one. A freed lease of one among several stays free: who stands by waits for
    /// the first one, and the epoch decides until then.
    /// </summary>
    public bool IsActive =>
        IsRunning && (!_run.AreCubesLeased || _stores.Lease.IsHeldBy(_process) || (_run.IsSplit && _stores.Lease.IsFree));

    public bool MayLeave => IsRunning && _step is null;

    /// <summary>Whether it works on the cube, and nothing is left of what it was given.</summary>
    public bool HasFinished => IsActive && _step is null && _packs.TrueForAll(pack => pack.ToSequence < pack.FromSequence)
        && _rollUps.TrueForAll(body => body.IsBeat()) && Host.IsLoaded
        && _steps is { Sending: null or { IsCompletedSuccessfully: true }, Fault: null }
        && Host.LedgerProgress is { Lag: 0, IsInDoubt: false, MissingRows: null };

    /// <summary>Why it has not finished.</summary>
    public string Describe() => _steps is not { } steps
        ? "stands by"
        : $"is at {Host.LedgerProgress}, has {_packs.Count} packs and {_rollUps.Count} sums, "
            + $"lacks [{string.Join(' ', Host.MissingPartitions)}], is {(_step is null ? "between steps" : "in a step")}, "
            + $"{(steps.Sending is null ? "has sent all" : "is sending")}, "
            + (steps.Fault?.Message ?? "no fault");

    /// <summary>Steps without rows and sums since the last one with some.</summary>
    public int IdleSteps { get; private set; }

    public bool MayReceive => _packs.Count + _rollUps.Count < MaxQueued;

    // As AcceptedConsumer and RollUpConsumer: acknowledged once it is queued in memory.
    public void Receive(SimulatedDelivery delivery)
    {
        var message = delivery.Message.Message;
        if (message.Exchange == ServiceExchanges.RollUps)
        {
            _rollUps.Add(WithFault(RollUpBody.Read(message.Body.Span)));
        }
        else
        {
            _packs.Add(MessageJson.Read<SubmissionsAccepted>(message.Body.Span));
        }

        _run.Bus.Acknowledge(delivery);
    }

    /// <param name="actions">What the cube could do is added to them.</param>
    /// <param name="mayAcquire">Whether the process has the cubes before this one, which it takes in their order.</param>
    public void AddActions(ActionList actions, bool mayAcquire)
    {
        if (_step is not null)
        {
            if (_step.IsCompleted)
            {
                actions.Add(5, () => _process.Call(EndStep));
            }
        }
        else if (_steps is { } steps)
        {
            if (_run.Now >= _nextAt)
            {
                // A step without anything that arrived comes once a second.
                actions.Add(_packs.Count + _rollUps.Count == 0 && steps.Sending is null ? 1 : 5, () => _process.Call(Step));
            }
        }
        else if (_run.AreCubesLeased ? mayAcquire && _stores.Lease.IsFree : !RunsElsewhere())
        {
            actions.Add(5, () => _process.Call(Start));
        }
        else if (!_run.AreCubesLeased && _run.Now >= _followAt)
        {
            actions.Add(1, () => _process.Call(Follow));
        }
    }

    /// <summary>Takes the cube over, as PartitionLoop does; with a lease if that is free.</summary>
    public void Start()
    {
        if (_run.AreCubesLeased && !_lease.TryAcquire())
        {
            return;
        }

        _run.Log($"{Name} takes the cube over");
        (_steps, _isStarting, _nextAt) = (_createSteps(), true, TimeSpan.Zero);
        Begin(_steps.StartAsync(CancellationToken.None));
    }

    /// <summary>Ends the run between two steps, as PartitionLoop does when it is cancelled.</summary>
    public void Leave()
    {
        var steps = _steps!;
        _steps = null;
        if (!steps.CloseQueuesAsync().IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The queues do not close.");
        }

        if (steps.Sending is { IsCompletedSuccessfully: true })
        {
            // If the mark fails, the same versions are published again.
            _ = steps.CompletePublishingAsync();
        }
    }

    /// <summary>Applies what another process has stored, only to read it, as PartitionRunner does.</summary>
    public void Follow()
    {
        _followAt = _run.Now + FollowInterval;

        // A load reads the results on a second thread: what the others do meanwhile must not depend on how far that is.
        _process.MayStandStill = false;
        try
        {
            if (Host.Follow())
            {
                _run.Log($"{Name} follows at {Host.AppliedThrough}");
            }
        }
        catch (Exception exception) when (exception is not ProcessDiedException)
        {
            _run.Log($"{Name} cannot follow: {exception.GetType().Name}");
        }
        finally
        {
            _process.MayStandStill = true;
        }
    }

    public void Dispose()
    {
        Host.Dispose();
        if (_lease.IsHeld)
        {
            _lease.Dispose();
        }
    }

    // A silo that does not answer has lost its partitions, and may not know it.
    private bool RunsElsewhere() => _run.Running.OfType<AggregatorProcess>()
        .Any(other => other != _process && !other.IsFrozen && other.CubeOf(Path).IsRunning);

    private void EndStep()
    {
        var ended = _step!;
        _step = null;
        End(ended);
    }

    private void Step()
    {
        var steps = _steps!;
        if (steps.Sending is { IsCompleted: true } && _run.Random.Chance(0.5))
        {
            Begin(steps.CompletePublishingAsync());
            return;
        }

        var (packs, rollUps) = (_packs, _rollUps);
        (_packs, _rollUps) = ([], []);
        if (packs.Exists(pack => pack.ToSequence >= pack.FromSequence) || rollUps.Exists(body => !body.IsBeat()))
        {
            IdleSteps = 0;
        }
        else if (packs.Count == 0)
        {
            IdleSteps++;
        }

        if (packs.Count > 0)
        {
            _run.Log($"{Name} applies {string.Join(' ', packs.Select(pack => $"{pack.FromSequence}-{pack.ToSequence}"))}");
        }

        if (rollUps.Count > 0)
        {
            _run.Log($"{Name} takes {string.Join(' ', rollUps.Select(Describe))}");
        }

        Begin(steps.StepAsync(packs, rollUps, CancellationToken.None));
        if (_run.ByHand == FaultByHand.MarkBeforeConfirm)
        {
            _stores.MarkAllPublished();
        }
    }

    private static string Describe(RollUpBody body) =>
        $"{body.From}:{body.Position.Epoch}.{body.Position.Version}"
            + (body.AsksForAll ? "?" : "") + (body.Sums is null ? "" : body.Sums.IsComplete ? "=all" : "=sums");

    private void Begin(Task step)
    {
        _step = step.IsCompleted ? null : step;
        if (_step is null)
        {
            End(step);
        }
    }

    private void End(Task step)
    {
        var wasStarting = _isStarting;
        _isStarting = false;
        if (_process.IsDead || step.IsCompletedSuccessfully)
        {
            return;
        }

        var failure = step.Exception!.InnerException!;
        _run.Log($"{Name}: {failure.GetType().Name}");
        if (failure is not LeaseLostException && !wasStarting)
        {
            _steps!.RecordFailure(failure);
            _nextAt = _run.Now + RetryDelay;
        }
        else if (_run.AreCubesLeased)
        {
            _run.End(_process);
        }
        else
        {
            Leave();
        }
    }

    // The fault put in by hand: the epoch is taken for the one that is known.
    private RollUpBody WithFault(RollUpBody body) => _run.ByHand == FaultByHand.RollUpWithoutEpoch
        && Host.Others.FirstOrDefault(other => other.From == body.From) is { } known
            ? body with { Position = body.Position with { Epoch = known.Position.Epoch } } : body;
}
