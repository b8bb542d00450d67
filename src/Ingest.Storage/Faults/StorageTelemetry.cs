using System.Diagnostics.Metrics;

namespace XilinIngest.Storage;

/// <summary>What is measured of databases: their faults, of any of them in a process.</summary>
public static class StorageTelemetry
{
    private static readonly Meter Meter = new("XilinIngest.Storage");

    private static readonly Counter<long> Faults = Meter.CreateCounter<long>(
        "xilin.storage.faults", "{attempt}", "Attempts that failed because of a database or its disk, by store: ledger, cube or notices.");

    /// <summary>Records an attempt that failed.</summary>
    /// <param name="store">What the database holds.</param>
    public static void RecordFault(string store) => Faults.Add(1, new KeyValuePair<string, object?>("store", store));
}
