using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Storage;
using XilinIngest.Storage.Dialects;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>The databases of one partition: with faults for the processes of the run, without for those who ask afterwards.</summary>
internal sealed class PartitionStores(SimulatedRun run, string folder, Partition partition)
{
    public Partition Partition => partition;

    /// <summary>What lines of the trace and broken promises add; nothing for the whole tree.</summary>
    public string Suffix { get; } = partition.IsWholeTree ? "" : $" of {partition.Path}";

    public Database Ledger { get; } = new Database(StoreTemplate.LedgerIn(folder)).ForPartition(partition.Path);

    public Database Cube { get; } = new Database(StoreTemplate.CubeIn(folder)).ForPartition(partition.Path);

    /// <summary>The lease of the cube.</summary>
    public SimulatedLease Lease { get; } = new();

    /// <summary>Whether the ledger's database fails, for all processes.</summary>
    public bool IsLedgerDown { get; set; }

    /// <summary>Whether the cube's database fails, for all processes.</summary>
    public bool IsCubeDown { get; set; }

    /// <summary>The positions of the cube that were stored.</summary>
    public StoredPositions Positions { get; } = new();

    public Database OpenLedger(SimulatedProcess process) => Open(Ledger.Name, process, () => IsLedgerDown);

    public Database OpenCube(SimulatedProcess process) => Open(Cube.Name, process, () => IsCubeDown);

    public long ReadLastRow()
    {
        using var connection = Ledger.Open();
        return LedgerStore.ReadLastSequence(connection);
    }

    /// <summary>A fault put in by hand: all stored results are marked as published, whether the bus has them or not.</summary>
    public void MarkAllPublished()
    {
        using var connection = Cube.Open();
        connection.Execute("UPDATE cube_state SET published_through = (SELECT COALESCE(MAX(id), 0) FROM publication)");
    }

    public void ClearPools()
    {
        foreach (var name in new[] { Ledger.Name, Cube.Name })
        {
            using var pooled = new SqliteConnection(ConnectionString(name));
            SqliteConnection.ClearPool(pooled);
        }
    }

    private static string ConnectionString(string path) => SqliteDialect.ConnectionString(path, readOnly: false);

    private Database Open(string path, SimulatedProcess process, Func<bool> isDown) =>
        new(new SimulatedDialect(run, process, Lease, isDown, Positions), ConnectionString(path), path, readOnly: false);
}
