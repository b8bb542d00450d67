using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// One process works on a cube: two would give the same versions to different results. Another one that is started stands by,
/// without reading or writing it, and takes over when the first is gone.
/// </summary>
internal sealed class CubeLease(Database database, ILogger<CubeStore> logger) : IDisposable
{
    // A file's lock costs nothing to ask for, a server's a connection.
    private TimeSpan RetryDelay => database.Provider == StorageProvider.Sqlite ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);

    internal const string LeaseName = "cube";
    private IDisposable? _lease;
    private long? _holderHeartbeat;
    private long _holderHeartbeatSeenAt;

    /// <summary>Why it cannot be seen whether the cube is free; null: it can.</summary>
    public Exception? Fault { get; private set; }

    public bool IsHeld => Volatile.Read(ref _lease) is not null;

    /// <summary>For how long the process that works on the cube has shown no sign of life, as far as this one has watched it.</summary>
    public TimeSpan HolderHeartbeatAge => LockFile is { } file
        ? File.Exists(file) ? TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) : TimeSpan.Zero
        : Volatile.Read(ref _holderHeartbeatSeenAt) == 0
            ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Volatile.Read(ref _holderHeartbeatSeenAt));

    private string? LockFile => database.Provider == StorageProvider.Sqlite ? $"{database.Name}.lock" : null;

    /// <summary>Leaves a sign for whoever stands by. One that is missing is no fault: the lock is what counts.</summary>
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
            // The step that follows finds out what is wrong with the folder.
        }
    }

    /// <summary>Takes the cube where it is free, and brings its schema up to date where that is this process's to do.</summary>
    /// <exception cref="InvalidOperationException">It was written by a newer version, or by an older one on a server.</exception>
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

    // A database that goes away while another process works on the cube comes back for this one as well; one that is damaged ends it, as
    // it does at a start that need not stand by.
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

    // By the time at which the number was seen to move: the clocks of two machines need not agree.
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
