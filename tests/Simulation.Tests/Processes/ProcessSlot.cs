namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A process and, once it has died, its successor.</summary>
/// <param name="Name">The name of both.</param>
/// <param name="Create">Creates a process of this name, which knows nothing of the one before.</param>
internal sealed record ProcessSlot(string Name, Func<string, SimulatedProcess> Create)
{
    /// <summary>Null: it is dead, and the next one is not started.</summary>
    public SimulatedProcess? Process { get; private set; }

    public TimeSpan StartsAt { get; private set; }

    public void Start() => Process = Create(Name);

    public void End(TimeSpan startsAt) => (Process, StartsAt) = (null, startsAt);
}
