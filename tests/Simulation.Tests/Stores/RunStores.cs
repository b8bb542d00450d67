using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Runs;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>The databases of a run, a ledger and a cube for each partition.</summary>
internal sealed class RunStores(SimulatedRun run, string folder, IReadOnlyList<Partition> partitions)
{
    /// <summary>In the order of the catalogue.</summary>
    public IReadOnlyList<PartitionStores> All { get; } =
        [.. partitions.Select(partition => new PartitionStores(run, folder, partition))];

    /// <summary>Frees all leases of a process.</summary>
    public void FreeLeases(object process)
    {
        foreach (var each in All)
        {
            each.Lease.Free(process);
        }
    }

    public void Delete()
    {
        foreach (var each in All)
        {
            each.ClearPools();
        }

        Directory.Delete(folder, recursive: true);
    }
}
