using Microsoft.Extensions.Logging;

namespace XilinIngest.Storage;

/// <summary>
/// A lease on a database for as long as the process works on it. Another process stands by without reading or writing the database, and
/// takes over when the first has ended.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="name">The lease's name.</param>
/// <param name="prepare">Updates or checks the schema, once the lease is held.</param>
/// <param name="logger">Logs the standby and its end.</param>
public class StandbyLease(Database database, string name, Action prepare, ILogger logger) : IDisposable
{
    private IDisposable? _lease;

    /// <summary>Why it is unknown whether the database is free; null: it is known.</summary>
    public Exception? Fault { get; private set; }

    public bool IsHeld => Volatile.Read(ref _lease) is not null;

    // Trying a file lock is cheap; trying the lock of a server needs a connection.
    private TimeSpan RetryDelay => database.Provider == StorageProvider.Sqlite ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);

    /// <summary>Acquires the lease if it is free, and prepares the database.</summary>
    /// <exception cref="InvalidOperationException">The schema is of a newer version, or of an older one on a server.</exception>
    public bool TryAcquire()
    {
        if (!IsHeld && database.TryAcquireLease(name) is { } taken)
        {
            try
            {
                prepare();
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

    /// <summary>Stands by until the lease is free.</summary>
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

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _lease?.Dispose();

    /// <summary>Called after each attempt that found the lease taken.</summary>
    protected virtual void ObserveHolder()
    {
    }

    // A database that is unavailable while another process works on it may recover, so it is tried again. A damaged database ends the
    // standby, as it would end a start.
    private bool TryAcquireOnStandby()
    {
        try
        {
            var isTaken = TryAcquire();
            if (!isTaken)
            {
                ObserveHolder();
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
}

/// <summary>Another process has taken over what this one worked on. It must not be caught: the process ends.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
