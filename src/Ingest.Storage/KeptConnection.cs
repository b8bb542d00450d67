using System.Data.Common;

namespace XilinIngest.Storage;

/// <summary>
/// The connection of one writer. To a file it stays open between transactions, with its prepared statements; the clients of servers keep
/// their connections themselves. For one thread at a time.
/// </summary>
public sealed class KeptConnection(Database database) : IDisposable
{
    private DbConnection? _connection;

    /// <summary>Runs work on the connection. After a failure the next work has a new one.</summary>
    /// <exception cref="DatabaseFileReplacedException">The file is not the one that was pinned.</exception>
    public T Use<T>(Func<DbConnection, T> work)
    {
        if (_connection is null)
        {
            _connection = database.Open();
        }
        else
        {
            database.EnsureSameFile();
        }

        var succeeded = false;
        try
        {
            var result = work(_connection);
            succeeded = true;
            return result;
        }
        finally
        {
            if (!succeeded || database.Provider != StorageProvider.Sqlite)
            {
                Dispose();
            }
        }
    }

    /// <inheritdoc cref="Use{T}"/>
    public void Use(Action<DbConnection> work) => Use(connection =>
    {
        work(connection);
        return true;
    });

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
