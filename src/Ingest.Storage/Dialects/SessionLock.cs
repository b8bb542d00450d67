using System.Data;
using System.Data.Common;

namespace XilinIngest.Storage.Dialects;

/// <summary>A lock that lasts as long as its connection. It is released when the connection closes or the process dies.</summary>
internal sealed class SessionLock : IDisposable
{
    /// <summary>How long a release waits for a server that does not answer.</summary>
    internal const int ReleaseTimeoutSeconds = 2;

    private readonly DbConnection _connection;
    private readonly Action<DbConnection>? _release;

    private SessionLock(DbConnection connection, Action<DbConnection>? release) => (_connection, _release) = (connection, release);

    /// <summary>Tries to acquire the lock. Returns null and closes the connection if another session holds it.</summary>
    /// <param name="connection">An open connection that is not from a pool.</param>
    /// <param name="acquire">Requests the lock; returns whether it was granted.</param>
    /// <param name="release">Releases the lock at once; null: it is released when the server sees that the connection
    /// is closed, which may be after the next process asks for it.</param>
    public static SessionLock? TryAcquire(DbConnection connection, Func<DbConnection, bool> acquire, Action<DbConnection>? release = null)
    {
        var taken = false;
        try
        {
            taken = acquire(connection);
            return taken ? new SessionLock(connection, release) : null;
        }
        finally
        {
            if (!taken)
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        try
        {
            if (_release is not null && _connection.State == ConnectionState.Open)
            {
                _release(_connection);
            }
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            // The server does not answer. It releases the lock when it sees that the connection is closed.
        }
        finally
        {
            _connection.Dispose();
        }
    }
}
