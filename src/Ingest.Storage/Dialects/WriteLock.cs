using System.Data;
using System.Data.Common;
using Dapper;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// The lock of the single writer on a server. A transaction first increments the number in the only row of <c>write_lock</c>, and holds
/// that row until it ends. Batches therefore run one after the other, and their later statements cannot deadlock.
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
                    "The table write_lock has no row. Run INSERT INTO write_lock (id, generation) VALUES (1, 0), or restore a backup.");
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }
}
