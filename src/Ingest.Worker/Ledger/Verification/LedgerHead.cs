using System.Data.Common;
using Polly;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>The head of a ledger, and the row up to which it is verified while others continue to write.</summary>
/// <param name="Frontier">The head; null: it is damaged.</param>
/// <param name="Damage">A description of the damage.</param>
/// <param name="Through">The last row and checkpoint that are verified.</param>
internal sealed record LedgerHead(MerkleFrontier? Frontier, string? Damage, long Through)
{
    // A batch may be committed between the two readings. If head and rows never agree, they were altered by hand, which is reported.
    private static readonly ResiliencePipeline<(MerkleFrontier Head, long Last)> RereadUntilEqual =
        RetryPolicies.RereadUntil<(MerkleFrontier Head, long Last)>(read => read.Head.Count == read.Last, maxAttempts: 50);

    public static LedgerHead Read(DbConnection connection, DbTransaction transaction, bool isOneState)
    {
        try
        {
            var head = LedgerStore.ReadFrontier(connection, transaction);
            if (isOneState)
            {
                return new(head, null, long.MaxValue);
            }

            (head, var last) = RereadUntilEqual.Execute(() =>
                (LedgerStore.ReadFrontier(connection, transaction), LedgerStore.ReadLastSequence(connection, transaction)));
            return new(head, null, Math.Max(head.Count, last));
        }
        catch (DamagedDataException exception)
        {
            return new(null, exception.Message, isOneState ? long.MaxValue : LedgerStore.ReadLastSequence(connection, transaction));
        }
    }
}
