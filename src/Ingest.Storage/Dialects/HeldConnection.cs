using System.Data.Common;

namespace XilinIngest.Storage.Dialects;

/// <summary>What is held as long as a connection lives: closing it gives it back, as does the death of the process.</summary>
internal sealed class HeldConnection : IDisposable
{
    private readonly DbConnection _connection;

    private HeldConnection(DbConnection connection) => _connection = connection;

    /// <summary>Asks for it; null, and the connection closed: another one has it.</summary>
    /// <param name="connection">An open one of its own, not of a pool.</param>
    /// <param name="take">Whether it was given.</param>
    public static HeldConnection? TryTake(DbConnection connection, Func<DbConnection, bool> take)
    {
        var taken = false;
        try
        {
            taken = take(connection);
            return taken ? new HeldConnection(connection) : null;
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
