using XilinIngest.Simulation.Tests.Processes;

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
                .. run.Running.OfType<AggregatorProcess>().Select(aggregator => $"{aggregator.Name} {aggregator.Describe()}"),
            ]);
    }

    private bool IsAtRest() => run.Bus.IsIdle && !run.Offices.Unanswered.Any()
        && run.Running.OfType<AggregatorProcess>().Any(aggregator => aggregator is { HasFinished: true, IdleSteps: >= MinIdleSteps }
            && aggregator.Host.AppliedThrough == run.Stores.ReadLastRow());
}
