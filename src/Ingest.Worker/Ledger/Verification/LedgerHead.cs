using System.Data.Common;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>How far a ledger is verified while others go on writing, and its head at that moment.</summary>
/// <param name="Frontier">The head; null: it is damaged.</param>
/// <param name="Damage">How it is damaged.</param>
/// <param name="Through">Up to which row and checkpoint; what comes after is not looked at.</param>
internal sealed record LedgerHead(MerkleFrontier? Frontier, string? Damage, long Through)
{
    // A group may be committed between the two readings. A head and rows that never agree were altered by hand, which is then told.
    private const int MaxAttempts = 50;

    public static LedgerHead Read(DbConnection connection, DbTransaction transaction, bool isOneState)
    {
        try
        {
            var head = LedgerStore.ReadFrontier(connection, transaction);
            if (isOneState)
            {
                return new(head, null, long.MaxValue);
            }

            var last = LedgerStore.ReadLastSequence(connection, transaction);
            for (var i = 1; i < MaxAttempts && head.Count != last; i++)
            {
                head = LedgerStore.ReadFrontier(connection, transaction);
                last = LedgerStore.ReadLastSequence(connection, transaction);
            }

            return new(head, null, Math.Max(head.Count, last));
        }
        catch (DamagedDataException exception)
        {
            return new(null, exception.Message, isOneState ? long.MaxValue : LedgerStore.ReadLastSequence(connection, transaction));
        }
    }
}
