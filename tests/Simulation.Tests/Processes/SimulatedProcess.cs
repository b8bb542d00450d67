using Microsoft.Extensions.Time.Testing;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Simulation.Tests.Stores;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A process: its memory and its clock. Dead is dead; a new one with the same name starts from the store.</summary>
internal abstract class SimulatedProcess : IDisposable
{
    private TimeSpan _missed;

    protected SimulatedProcess(SimulatedRun run, string name)
    {
        (Run, Name, Clock) = (run, name, new FakeTimeProvider(SimulatedRun.Start + run.Now));
        Faults = new StatementFaults(run, this);
    }

    public string Name { get; }

    /// <summary>Stands still with the process.</summary>
    public FakeTimeProvider Clock { get; }

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; set; }

    /// <summary>Whether it may stand still at a statement.</summary>
    public bool MayStandStill { get; set; } = true;

    /// <summary>Whether the network between the process and the bus is split.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether the network between the process and its database is split: each statement fails.</summary>
    public bool IsCutOffFromStore { get; set; }

    /// <summary>How many of its calls are on the stack: the process may stand still within one.</summary>
    public int CallDepth { get; private set; }

    public bool IsReachable => this is { IsDead: false, IsFrozen: false, IsCutOff: false };

    protected SimulatedRun Run { get; }

    public StatementFaults Faults { get; }

    /// <summary>The actions that the process could do now, each with its weight.</summary>
    public abstract void AddActions(ActionList actions);

    public abstract void Receive(SimulatedDelivery delivery);

    public abstract bool MayReceive(SimulatedQueue queue);

    /// <summary>Runs code of the process, which may be killed within it.</summary>
    public void Call(Action code)
    {
        CallDepth++;
        try
        {
            code();
        }
        catch (ProcessDiedException) when (IsDead)
        {
            // The kill ends it.
        }
        finally
        {
            CallDepth--;
            if (IsDead && CallDepth == 0)
            {
                Dispose();
            }
        }
    }

    public void Die()
    {
        IsDead = true;
        if (CallDepth == 0)
        {
            Dispose();
        }
    }

    public void Advance(TimeSpan by)
    {
        if (IsFrozen)
        {
            _missed += by;
        }
        else if (!IsDead)
        {
            Call(() => Clock.Advance(by));
        }
    }

    public void Thaw()
    {
        IsFrozen = false;
        var missed = _missed;
        _missed = TimeSpan.Zero;
        if (!IsDead && missed > TimeSpan.Zero)
        {
            Call(() => Clock.Advance(missed));
        }
    }

    public abstract void Dispose();
}
