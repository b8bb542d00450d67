using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The lease of a cube. One process works on a cube, because two would give the same version to different results.
/// </summary>
internal sealed class CubeLease(Database database, ILogger<CubeStore> logger) : StandbyLease(
    database, LeaseName,
    () => Migrator.MigrateOrCheck(database, typeof(CubeLease).Assembly, AggregatorRegistration.MigrationFolder, logger), logger)
{
    internal const string LeaseName = "cube";
    private readonly Database _database = database;
    private long? _holderHeartbeat;
    private long _holderHeartbeatSeenAt;

    /// <summary>The time since the last heartbeat of the process that works on the cube, as observed by this one.</summary>
    public TimeSpan HolderHeartbeatAge => LockFile is { } file
        ? File.Exists(file) ? TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) : TimeSpan.Zero
        : Volatile.Read(ref _holderHeartbeatSeenAt) == 0
            ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Volatile.Read(ref _holderHeartbeatSeenAt));

    private string? LockFile => _database.Provider == StorageProvider.Sqlite ? $"{_database.Name}.lock" : null;

    /// <summary>Writes a heartbeat for the standby. A failure is ignored, because the lock decides.</summary>
    public void WriteHeartbeat()
    {
        try
        {
            if (LockFile is { } file)
            {
                File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next step reports the fault of the folder.
        }
    }

    // Measured by the local time at which the number changed, because the clocks of two machines may differ.
    protected override void ObserveHolder()
    {
        if (LockFile is null && CubeStore.ReadHeartbeat(_database) is var sign && sign != _holderHeartbeat)
        {
            Volatile.Write(ref _holderHeartbeatSeenAt, TimeProvider.System.GetTimestamp());
            _holderHeartbeat = sign;
        }
    }
}
