using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>The product's SQL on SQLite, with a process behind each statement that may fail, stand still or die there.</summary>
internal sealed class SimulatedDialect(
    SimulatedRun run, SimulatedProcess process, SimulatedLease lease, Func<bool> isDown, StoredPositions positions) : SqliteDialect
{
    internal override IDisposable? TryAcquireLease(string connectionString, string name, string what) =>
        process.IsCutOffFromStore || isDown() ? null : lease.TryAcquire(process);

    protected override StrictConnection Connect(string connectionString) =>
        new SimulatedConnection(connectionString, process.Faults, run.ByHand, isDown, positions);
}
