using System.Data;
using System.Data.Common;
using Dapper;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// One writer at a time on a server: a transaction begins by raising the number in the one row of <c>write_lock</c>, and holds that
/// row until it ends. So groups follow one another without a gap, and nothing they touch after it can deadlock.
/// </summary>
internal static class WriteLock
{
    private static readonly SqlStatement AcquireStatement = new("UPDATE write_lock SET generation = generation + 1 WHERE id = 1");

    public static DbTransaction BeginTransaction(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            return connection.Execute(AcquireStatement.For(connection), transaction: transaction) == 1
                ? transaction
                : throw new DamagedDataException(
                    "The table write_lock has lost its row: INSERT INTO write_lock (id, generation) VALUES (1, 0), or restore a backup.");
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }
}
