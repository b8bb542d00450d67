using XilinIngest.Simulation.Tests.Processes;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>The faults of processes, network and bus: when they begin, and when they end.</summary>
internal sealed class FaultEvents(SimulatedRun run)
{
    private const int ShortestMilliseconds = 200;
    private const int LongestMilliseconds = 20_000;

    // How probable it is that a server and the bus give a process up that stands still, each time that the time passes.
    private const double IsGivenUp = 0.3;

    private readonly List<(TimeSpan At, Action End)> _ends = [];

    public void AddActions(ActionList actions)
    {
        var faults = run.Faults;
        actions.AddFault(faults.Dies, () => WithAny(run.Kill));
        actions.AddFault(faults.Freezes, () => WithAny(Freeze));
        actions.AddFault(faults.Splits, () => WithAny(CutOff));
        actions.AddFault(faults.Disconnects, () => WithAny(Disconnect));
        actions.AddFault(faults.LosesLease, LoseLease);
        actions.AddFault(faults.LosesStore, () => WithAny(LoseStore));
        actions.AddFault(faults.Blocks, Block);
        actions.AddFault(faults.Purges, Purge);
        actions.AddFault(faults.LosesDatabase, LoseDatabase);
        actions.AddFault(faults.Leaves, () => WithAny(Leave));
        actions.AddFault(faults.RunsTwice, () => WithAny(RunTwice));
    }

    /// <summary>Ends the faults whose time has passed. A server gives up a holder of which it has heard nothing for a while.</summary>
    public void EndPast()
    {
        foreach (var ended in _ends.FindAll(end => end.At <= run.Now))
        {
            _ends.Remove(ended);
            ended.End();
        }

        foreach (var process in run.Running.Where(process => process.IsFrozen && run.Random.Chance(IsGivenUp)).ToList())
        {
            run.LogFault("given up", process.Name);
            run.Stores.FreeLeases(process);
            run.Bus.Disconnect(process);
        }
    }

    public void EndAll()
    {
        _ends.ForEach(end => end.End());
        _ends.Clear();
    }

    private void WithAny(Action<SimulatedProcess> act)
    {
        if (run.Running.ToList() is { Count: > 0 } running)
        {
            act(run.Random.Pick(running));
        }
    }

    private void Freeze(SimulatedProcess process)
    {
        if (!process.IsFrozen)
        {
            run.LogFault("stands still", process.Name);
            process.IsFrozen = true;
            EndLater(process.Thaw);
        }
    }

    private void CutOff(SimulatedProcess process)
    {
        run.LogFault("cut off from the bus", process.Name);
        process.IsCutOff = true;
        run.Bus.Disconnect(process);
        EndLater(() => process.IsCutOff = false);
    }

    private void Disconnect(SimulatedProcess process)
    {
        run.LogFault("connection lost", process.Name);
        run.Bus.Disconnect(process);
    }

    private void LoseLease()
    {
        var held = run.Stores.All.Where(stores => !stores.Lease.IsFree).ToList();
        if (held.Count > 0 && PickOf(held).Lease is var lease && run.Running.FirstOrDefault(lease.IsHeldBy) is { } holder)
        {
            run.LogFault("lease freed", holder.Name);
            lease.Free(holder);
        }
    }

    // The server of the database frees the locks of a session that it has lost.
    private void LoseStore(SimulatedProcess process)
    {
        run.LogFault("cut off from its database", process.Name);
        process.IsCutOffFromStore = true;
        run.Stores.FreeLeases(process);
        EndLater(() => process.IsCutOffFromStore = false);
    }

    private void Block()
    {
        run.LogFault("bus blocked", "");
        run.Bus.IsBlocked = true;
        EndLater(() => run.Bus.IsBlocked = false);
    }

    private void Purge()
    {
        var queue = PickOf(run.Bus.OfCubes);
        run.LogFault("queue of the aggregator lost", $"{queue.Messages.Count} messages");
        queue.Messages.Clear();
    }

    private void LoseDatabase()
    {
        var stores = run.Random.Pick(run.Stores.All);
        if (run.Random.Chance(0.5))
        {
            run.LogFault("one database fails", $"ledger{stores.Suffix}");
            stores.IsLedgerDown = true;
            EndLater(() => stores.IsLedgerDown = false);
        }
        else
        {
            run.LogFault("one database fails", $"cube{stores.Suffix}");
            stores.IsCubeDown = true;
            foreach (var holder in run.Running.Where(stores.Lease.IsHeldBy).ToList())
            {
                stores.Lease.Free(holder);
            }

            EndLater(() => stores.IsCubeDown = false);
        }
    }

    private void Leave(SimulatedProcess process)
    {
        if (process is AggregatorProcess { IsFrozen: false } aggregator && !run.AreCubesLeased
            && aggregator.Cubes.Where(cube => cube.MayLeave).ToList() is { Count: > 0 } leaving)
        {
            run.LogFault("leaves", process.Name);
            var cube = run.Random.Pick(leaving);
            process.Call(cube.Leave);
        }
    }

    // An engine that has lost a member starts its partitions elsewhere, while it may work on.
    private void RunTwice(SimulatedProcess process)
    {
        if (process is AggregatorProcess { IsFrozen: false } aggregator && !run.AreCubesLeased
            && aggregator.Cubes.Where(cube => !cube.IsRunning).ToList() is { Count: > 0 } resting)
        {
            run.LogFault("runs twice", process.Name);
            var cube = run.Random.Pick(resting);
            process.Call(cube.Start);
        }
    }

    // Nothing is drawn where there is no choice.
    private T PickOf<T>(IReadOnlyList<T> items) => items.Count == 1 ? items[0] : run.Random.Pick(items);

    private void EndLater(Action end) => _ends.Add((run.Now + run.Random.Milliseconds(ShortestMilliseconds, LongestMilliseconds), end));
}
