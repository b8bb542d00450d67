using Microsoft.Extensions.Logging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// One process works on a cube: two would give the same versions to different results. Another one that is started stands by,
/// without reading or writing it, and takes over when the first is gone.
/// </summary>
internal sealed class CubeClaim(Database database, ILogger<CubeStore> logger) : IDisposable
{
    // A file's lock costs nothing to ask for, a server's a connection.
    private TimeSpan Again => database.Provider == StorageProvider.Sqlite ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);

    internal const string Name = "cube";
    private IDisposable? _claim;
    private long? _sign;
    private long _signMovedAt;

    /// <summary>Why it cannot be seen whether the cube is free; null: it can.</summary>
    public Exception? Fault { get; private set; }

    public bool IsTaken => Volatile.Read(ref _claim) is not null;

    /// <summary>For how long the process that works on the cube has shown no sign of life, as far as this one has watched it.</summary>
    public TimeSpan HolderSilence => LockFile is { } file
        ? File.Exists(file) ? TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) : TimeSpan.Zero
        : Volatile.Read(ref _signMovedAt) == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Volatile.Read(ref _signMovedAt));

    private string? LockFile => database.Provider == StorageProvider.Sqlite ? $"{database.Name}.lock" : null;

    /// <summary>Leaves a sign for whoever stands by. One that is missing is no fault: the lock is what counts.</summary>
    public void ShowLife()
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
    public bool TryTake()
    {
        if (!IsTaken && database.TryClaim(Name) is { } taken)
        {
            try
            {
                Migrator.MigrateOrCheck(database, typeof(CubeClaim).Assembly, AggregatorRegistration.Scripts, logger);
                database.Pin();
                Volatile.Write(ref _claim, taken);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }

        return IsTaken;
    }

    /// <summary>Stands by until the cube is free.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (TryTake())
        {
            return;
        }

        logger.LogInformation("Another process works on {Path}; standing by.", database.Name);
        while (!TryTakeOver())
        {
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }

        logger.LogInformation("{Path} is free; taking over.", database.Name);
    }

    // A database that goes away while another process works on the cube comes back for this one as well; one that is damaged ends it, as
    // it does at a start that need not stand by.
    private bool TryTakeOver()
    {
        try
        {
            var isTaken = TryTake();
            if (!isTaken && LockFile is null)
            {
                WatchHolder();
            }

            Fault = null;
            return isTaken;
        }
        catch (Exception exception) when (!StorageFault.IsDamage(exception) && StorageFault.OfLook(exception, database.Name) is not null)
        {
            if (Fault is null)
            {
                logger.LogWarning("{Path} cannot be reached while standing by: {Reason} It is tried again.", database.Name, exception.Message);
            }

            Fault = exception;
            return false;
        }
    }

    // By the time at which the number was seen to move: the clocks of two machines need not agree.
    private void WatchHolder()
    {
        var sign = CubeStore.ReadSign(database);
        if (sign != _sign)
        {
            Volatile.Write(ref _signMovedAt, TimeProvider.System.GetTimestamp());
            _sign = sign;
        }
    }

    public void Dispose() => _claim?.Dispose();
}
