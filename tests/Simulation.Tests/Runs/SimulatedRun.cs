using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Stores;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>
/// One run of offices, workers, ledgers and aggregators on one thread. All that happens is drawn from the seed: which process does its
/// next step, what the bus delivers, what fails. Then the faults end, what is on its way arrives, and the promises are asked.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int MaxActionsWithinFreeze = 40;
    private const int SeedsPerSplit = 4;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly StoreTemplate _template;
    private readonly FaultEvents _events;
    private bool _isWithinFreeze;

    public SimulatedRun(StoreTemplate template, int seed, FaultByHand byHand = FaultByHand.None)
    {
        (_template, Random, ByHand, IsSplit) = (template, new SeededRandom(seed), byHand, SplitsTree(seed));
        Catalogues = Random.Pick(IsSplit ? template.SplitCatalogues : template.Catalogues);
        var partitions = Catalogues.Current.Partitions.All;
        Stores = new RunStores(this, template.Copy(partitions), partitions);
        Faults = FaultPlan.Draw(Random, IsSplit);
        AreCubesLeased = !IsSplit || Random.Chance(0.3);
        (Bus, _events) = (new SimulatedBus(this, partitions), new FaultEvents(this));
        Offices = new SimulatedOffices(this, Random.Between(5, 14));
        Slots =
        [
            .. Enumerable.Range(1, Random.Between(1, 2)).Select(i => new ProcessSlot($"worker {i}", name => new WorkerProcess(this, name))),
            .. Enumerable.Range(1, 2).Select(i => new ProcessSlot($"aggregator {i}", name => new AggregatorProcess(this, name))),
        ];
        foreach (var slot in Slots)
        {
            slot.Start();
        }
    }

    public static DateTimeOffset Start => TestSubmissions.Now;

    /// <summary>Whether the tree is split into partitions.</summary>
    public bool IsSplit { get; }

    /// <summary>Whether an aggregator needs the lease of a cube, or the epoch in its store alone decides.</summary>
    public bool AreCubesLeased { get; }

    /// <summary>The time since the start. Each process has its own clock, which stands still with it.</summary>
    public TimeSpan Now { get; private set; }

    public SeededRandom Random { get; }

    public Trace Trace { get; } = new();

    public FaultByHand ByHand { get; }

    public FaultPlan Faults { get; private set; }

    public SimulatedBus Bus { get; }

    public SimulatedOffices Offices { get; }

    public RunStores Stores { get; }

    public CatalogueSource Catalogues { get; }

    public CheckpointSigner SignerOf(Partition partition) => _template.SignerOf(partition);

    /// <summary>False on the second thread on which a cube is loaded.</summary>
    public bool IsOnItsThread => Environment.CurrentManagedThreadId == _thread;

    public IReadOnlyList<ProcessSlot> Slots { get; }

    public IEnumerable<SimulatedProcess> Running => Slots.Select(slot => slot.Process).OfType<SimulatedProcess>();

    public void Log(string line) => Trace.Add(Now, line);

    public void LogFault(string kind, string where)
    {
        Trace.Count(kind);
        Log($"FAULT {kind}: {where}");
    }

    /// <summary>Whether the run of a seed has several partitions.</summary>
    public static bool SplitsTree(int seed) => seed % SeedsPerSplit == 0;

    /// <returns>The promises that were broken; empty: none was.</returns>
    public IReadOnlyList<string> Run()
    {
        for (var actions = Random.Between(90, 200) * (IsSplit ? 2 : 1); actions > 0 || !Offices.HaveSentAll; actions--)
        {
            DoOne();
        }

        Log("the faults end");
        Faults = FaultPlan.None;
        _events.EndAll();
        var unrest = new Drain(this).Run();
        var broken = Promises.FindBroken(this);
        return unrest is null || broken.Count > 0 ? broken : [$"The system does not come to rest: {unrest}"];
    }

    /// <summary>A process dies. Another one is started in its place after a while.</summary>
    public void Kill(SimulatedProcess process)
    {
        LogFault("dies", process.Name);
        End(process);
    }

    /// <summary>A process has ended. Another one is started in its place after a while.</summary>
    public void End(SimulatedProcess process)
    {
        process.Die();
        Stores.FreeLeases(process);
        Bus.Disconnect(process);
        Slots.First(slot => slot.Process == process).End(Now + Random.Milliseconds(50, 6_000));
    }

    /// <summary>A process stands still in the middle of its code, while the others work.</summary>
    public void StandStill(SimulatedProcess process)
    {
        if (_isWithinFreeze || process.IsFrozen || !process.MayStandStill)
        {
            return;
        }

        var until = Now + Random.Milliseconds(200, 20_000);
        LogFault("stands still at a statement", process.Name);
        (_isWithinFreeze, process.IsFrozen) = (true, true);
        InlineContext.Leave(() =>
        {
            for (var actions = 0; actions < MaxActionsWithinFreeze && Now < until && !process.IsDead; actions++)
            {
                DoOne();
            }
        });

        _isWithinFreeze = false;
        Log($"{process.Name} goes on");

        // Its timers are of other code: within a context, what they complete would continue on another thread.
        InlineContext.Leave(process.Thaw);
    }

    public void StartAgain(ProcessSlot slot)
    {
        Log($"{slot.Name} starts");
        slot.Start();
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var process in Running.ToList())
        {
            process.Advance(time);
        }

        _events.EndPast();
    }

    public void Dispose()
    {
        foreach (var process in Running)
        {
            process.Dispose();
        }

        Stores.Delete();
    }

    private void DoOne()
    {
        var actions = new ActionList();
        Offices.AddActions(actions);
        foreach (var process in Running.Where(process => !process.IsFrozen))
        {
            process.AddActions(actions);
        }

        foreach (var queue in Bus.Deliverable())
        {
            actions.Add(6, () => Bus.DeliverOne(queue));
        }

        if (Bus.CanConfirm)
        {
            actions.Add(6, Bus.ConfirmOne);
        }

        foreach (var slot in Slots.Where(slot => slot.Process is null && Now >= slot.StartsAt))
        {
            actions.Add(3, () => StartAgain(slot));
        }

        actions.Add(4, () => Pass(Random.Chance(0.1) ? Random.Milliseconds(1_000, 7_000) : Random.Milliseconds(1, 400)));
        _events.AddActions(actions);
        actions.Draw(Random)();
    }
}
