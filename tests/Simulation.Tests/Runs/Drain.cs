using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Stores;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>After the last fault everything that can happen happens, until nothing is left to be done.</summary>
internal sealed class Drain(SimulatedRun run)
{
    private const int MaxRounds = 250;
    private const int MinIdleSteps = 3;

    // A request for a replay that was never answered is repeated after up to a minute.
    private const int ShortRounds = 40;
    private static readonly TimeSpan ShortRound = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongRound = TimeSpan.FromSeconds(1);

    /// <returns>What is left; null: nothing.</returns>
    public string? Run()
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            foreach (var slot in run.Slots.Where(slot => slot.Process is null))
            {
                run.StartAgain(slot);
            }

            // A process has several cubes and ledgers to care for.
            for (var turn = 0; turn < run.Stores.All.Count; turn++)
            {
                ActOnce();
            }

            run.Pass(round < ShortRounds ? ShortRound : LongRound);
            if (IsAtRest())
            {
                return null;
            }
        }

        return string.Join("; ",
            [
                $"the bus is {(run.Bus.IsIdle ? "idle" : "busy")}",
                $"{run.Offices.Unanswered.Count()} submissions are without a receipt",
                .. run.Running.OfType<AggregatorProcess>().SelectMany(process => process.Cubes)
                    .Select(cube => $"{cube.Name} {cube.Describe()}"),
            ]);
    }

    private void ActOnce()
    {
        while (run.Bus.CanConfirm)
        {
            run.Bus.ConfirmOne();
        }

        while (run.Bus.Deliverable() is [var queue, ..])
        {
            run.Bus.DeliverOne(queue);
        }

        foreach (var process in run.Running.ToList())
        {
            var actions = new ActionList();
            process.AddActions(actions);
            if (actions.Count > 0)
            {
                actions.Draw(run.Random)();
            }
        }
    }

    private bool IsAtRest() => run.Bus.IsIdle && !run.Offices.Unanswered.Any() && run.Stores.All.All(HasOneThatRests) && AreSettled();

    private bool HasOneThatRests(PartitionStores stores) =>
        CubesOf(stores).Where(cube => cube.IsActive).ToList() is [{ HasFinished: true, IdleSteps: >= MinIdleSteps } cube]
        && (!run.IsSplit || CubesOf(stores).Count(each => each.IsRunning) == 1)
        && cube.Host.AppliedThrough == stores.ReadLastRow();

    private bool AreSettled()
    {
        if (!run.IsSplit)
        {
            return true;
        }

        var last = run.Stores.All.ToDictionary(stores => stores.Partition.Path, stores => stores.ReadLastRow());
        return run.Stores.All.SelectMany(CubesOf).Where(cube => cube.IsActive).All(cube =>
            cube.Host.MissingPartitions.Count == 0 && cube.Host.IsSettled(path => last[path]));
    }

    private IEnumerable<ProcessCube> CubesOf(PartitionStores stores) =>
        run.Running.OfType<AggregatorProcess>().Select(process => process.CubeOf(stores.Partition.Path));
}
