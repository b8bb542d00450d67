using System.Data.Common;

namespace XilinIngest.Storage.Dialects;

/// <summary>A lock that lasts as long as its connection. It is released when the connection closes or the process dies.</summary>
internal sealed class SessionLock : IDisposable
{
    private readonly DbConnection _connection;

    private SessionLock(DbConnection connection) => _connection = connection;

    /// <summary>Tries to acquire the lock. Returns null and closes the connection if another session holds it.</summary>
    /// <param name="connection">An open connection that is not from a pool.</param>
    /// <param name="acquire">Requests the lock; returns whether it was granted.</param>
    public static SessionLock? TryAcquire(DbConnection connection, Func<DbConnection, bool> acquire)
    {
        var taken = false;
        try
        {
            taken = acquire(connection);
            return taken ? new SessionLock(connection) : null;
        }
        finally
        {
            if (!taken)
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose() => _connection.Dispose();
}
