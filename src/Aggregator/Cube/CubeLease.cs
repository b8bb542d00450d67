using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The lease of a cube. One process works on a cube, because two would give the same version to different results. Another one stands by
/// without reading or writing it, and takes over when the first has ended.
/// </summary>
internal sealed class CubeLease(Database database, ILogger<CubeStore> logger) : IDisposable
{
    // Trying a file lock is cheap; trying the lock of a server needs a connection.
    private TimeSpan RetryDelay => database.Provider == StorageProvider.Sqlite ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);

    internal const string LeaseName = "cube";
    private IDisposable? _lease;
    private long? _holderHeartbeat;
    private long _holderHeartbeatSeenAt;

    /// <summary>Why it is unknown whether the cube is free; null: it is known.</summary>
    public Exception? Fault { get; private set; }

    public bool IsHeld => Volatile.Read(ref _lease) is not null;

    /// <summary>The time since the last heartbeat of the process that works on the cube, as observed by this one.</summary>
    public TimeSpan HolderHeartbeatAge => LockFile is { } file
        ? File.Exists(file) ? TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) : TimeSpan.Zero
        : Volatile.Read(ref _holderHeartbeatSeenAt) == 0
            ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Volatile.Read(ref _holderHeartbeatSeenAt));

    private string? LockFile => database.Provider == StorageProvider.Sqlite ? $"{database.Name}.lock" : null;

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

    /// <summary>Acquires the cube if it is free, and updates its schema if that is this process's task.</summary>
    /// <exception cref="InvalidOperationException">The schema is of a newer version, or of an older one on a server.</exception>
    public bool TryAcquire()
    {
        if (!IsHeld && database.TryAcquireLease(LeaseName) is { } taken)
        {
            try
            {
                Migrator.MigrateOrCheck(database, typeof(CubeLease).Assembly, AggregatorRegistration.MigrationFolder, logger);
                database.PinFile();
                Volatile.Write(ref _lease, taken);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }

        return IsHeld;
    }

    /// <summary>Stands by until the cube is free.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        if (TryAcquire())
        {
            return;
        }

        logger.LogInformation("Another process works on {Path}; standing by.", database.Name);
        while (!TryAcquireOnStandby())
        {
            await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
        }

        logger.LogInformation("{Path} is free; taking over.", database.Name);
    }

    // A database that is unavailable while another process works on the cube may recover, so it is tried again. A damaged database ends the
    // standby, as it would end a start.
    private bool TryAcquireOnStandby()
    {
        try
        {
            var isTaken = TryAcquire();
            if (!isTaken && LockFile is null)
            {
                ReadHolderHeartbeat();
            }

            Fault = null;
            return isTaken;
        }
        catch (Exception exception)
        when (!StorageFault.IsDamage(exception) && StorageFault.FromProbeException(exception, database.Name) is not null)
        {
            if (Fault is null)
            {
                logger.LogWarning("{Path} cannot be reached while standing by: {Reason} It is tried again.", database.Name,
                    exception.Message);
            }

            Fault = exception;
            return false;
        }
    }

    // Measured by the local time at which the number changed, because the clocks of two machines may differ.
    private void ReadHolderHeartbeat()
    {
        var sign = CubeStore.ReadHeartbeat(database);
        if (sign != _holderHeartbeat)
        {
            Volatile.Write(ref _holderHeartbeatSeenAt, TimeProvider.System.GetTimestamp());
            _holderHeartbeat = sign;
        }
    }

    public void Dispose() => _lease?.Dispose();
}
