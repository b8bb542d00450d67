using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Storage;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>An aggregator: the product's lease, and its steps while it holds it.</summary>
internal sealed class AggregatorProcess : SimulatedProcess, IMeterFactory
{
    private const int MaxQueuedPacks = 256;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly List<Meter> _meters = [];
    private readonly StandbyLease _lease;
    private readonly AggregatorSteps _steps;
    private List<SubmissionsAccepted> _packs = [];
    private Task? _step;
    private TimeSpan _nextAt;

    public AggregatorProcess(SimulatedRun run, string name)
        : base(run, name)
    {
        var database = run.Stores.OpenCube(this);
        _lease = new StandbyLease(database, CubeLease.LeaseName, () => { }, NullLogger.Instance);
        var store = new CubeStore(database);
        Host = new CubeHost(store, run.Catalogues, Clock, NullLogger<CubeHost>.Instance);
        var progress = new AggregatorProgress(Host, this, Clock);
        var transport = new SimulatedTransport(run.Bus, this);
        var results = new ResultPublisher(store, transport.CreatePublisher(), run.Catalogues, new ResultFeed(), progress,
            NullLogger<ResultPublisher>.Instance);
        _steps = new AggregatorSteps(
            Host, store, results, (new QueueOpener(transport), [PartitionQueues.AcceptedOf(Partition.WholeTree)]), progress, Clock,
            NullLogger<AggregatorSteps>.Instance);
    }

    public CubeHost Host { get; }

    /// <summary>Whether it works on the cube, and nothing is left of what it was given.</summary>
    public bool HasFinished => _lease.IsHeld && Run.Lease.IsHeldBy(this) && _step is null && _packs.Count == 0 && Host.IsLoaded
        && _steps is { Sending: null, Fault: null } && Host.LedgerProgress is { Lag: 0, IsInDoubt: false, MissingRows: null };

    /// <summary>Why it has not finished.</summary>
    public string Describe() => !Run.Lease.IsHeldBy(this)
        ? "stands by"
        : $"is at {Host.LedgerProgress}, has {_packs.Count} packs, is {(_step is null ? "between steps" : "in a step")}, "
            + $"{(_steps.Sending is null ? "has sent all" : "is sending")}, {_steps.Fault?.Message ?? "no fault"}";

    /// <summary>Steps without packs since the last one with rows.</summary>
    public int IdleSteps { get; private set; }

    public override bool MayReceive(SimulatedQueue queue) => _packs.Count < MaxQueuedPacks;

    // As AcceptedConsumer: acknowledged once it is queued in memory.
    public override void Receive(SimulatedDelivery delivery) => Call(() =>
    {
        _packs.Add(MessageJson.Read<SubmissionsAccepted>(delivery.Message.Message.Body.Span));
        Run.Bus.Acknowledge(delivery);
    });

    public override void AddActions(ActionList actions)
    {
        var mayStep = _lease.IsHeld ? Run.Now >= _nextAt : Run.Lease.IsFree;
        if (_step is null ? mayStep : _step.IsCompleted)
        {
            // A step without packs comes once a second.
            var isIdle = _step is null && _lease.IsHeld && _packs.Count == 0 && _steps.Sending is null;
            actions.Add(isIdle ? 1 : 5, () => Call(Step));
        }
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public override void Dispose()
    {
        _meters.ForEach(meter => meter.Dispose());
        Host.Dispose();
        if (_lease.IsHeld)
        {
            _lease.Dispose();
        }
    }

    // As the loop of AggregatorService.
    private void Step()
    {
        if (_step is { } ended)
        {
            _step = null;
            End(ended);
            return;
        }

        if (!_lease.IsHeld)
        {
            if (_lease.TryAcquire())
            {
                Run.Log($"{Name} takes the cube over");
                Begin(_steps.StartAsync(CancellationToken.None));
            }

            return;
        }

        if (_steps.Sending is { IsCompleted: true } && Run.Random.Chance(0.5))
        {
            Begin(_steps.CompletePublishingAsync());
            return;
        }

        var packs = _packs;
        _packs = [];
        IdleSteps = packs.Count == 0 ? IdleSteps + 1 : packs.Exists(pack => pack.ToSequence >= pack.FromSequence) ? 0 : IdleSteps;
        if (packs.Count > 0)
        {
            Run.Log($"{Name} applies {string.Join(' ', packs.Select(pack => $"{pack.FromSequence}-{pack.ToSequence}"))}");
        }

        Begin(_steps.StepAsync(packs, CancellationToken.None));
        if (Run.ByHand == FaultByHand.MarkBeforeConfirm)
        {
            Run.Stores.MarkAllPublished();
        }
    }

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
        if (IsDead || step.IsCompletedSuccessfully)
        {
            return;
        }

        var failure = step.Exception!.InnerException!;
        Run.Log($"{Name}: {failure.GetType().Name}");
        if (failure is LeaseLostException || !Host.IsLoaded)
        {
            Run.End(this);
            return;
        }

        _steps.RecordFailure(failure);
        _nextAt = Run.Now + RetryDelay;
    }
}
