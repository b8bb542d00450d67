using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Simulation.Tests.Runs;
using XilinIngest.Storage;
using XilinIngest.Storage.Dialects;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>The databases of a run: with faults for its processes, without for those who ask afterwards.</summary>
internal sealed class RunStores(SimulatedRun run, string folder)
{
    public Database Ledger { get; } = new(StoreTemplate.LedgerIn(folder));

    public Database Cube { get; } = new(StoreTemplate.CubeIn(folder));

    public Database OpenLedger(SimulatedProcess process) => Open(Ledger.Name, process);

    public Database OpenCube(SimulatedProcess process) => Open(Cube.Name, process);

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

    public void Delete()
    {
        foreach (var name in new[] { Ledger.Name, Cube.Name })
        {
            using var pooled = new SqliteConnection(ConnectionString(name));
            SqliteConnection.ClearPool(pooled);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string ConnectionString(string path) => SqliteDialect.ConnectionString(path, readOnly: false);

    private Database Open(string path, SimulatedProcess process) =>
        new(new SimulatedDialect(run, process), ConnectionString(path), path, readOnly: false);
}
