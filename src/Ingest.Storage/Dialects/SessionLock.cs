using System.Data.Common;

namespace XilinIngest.Storage.Dialects;

/// <summary>What is held as long as a connection lives: closing it gives it back, as does the death of the process.</summary>
internal sealed class SessionLock : IDisposable
{
    private readonly DbConnection _connection;

    private SessionLock(DbConnection connection) => _connection = connection;

    /// <summary>Asks for it; null, and the connection closed: another one has it.</summary>
    /// <param name="connection">An open one of its own, not of a pool.</param>
    /// <param name="acquire">Whether it was given.</param>
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
