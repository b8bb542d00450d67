using System.Data.Common;
using Dapper;
using XilinIngest.Storage;
using static XilinIngest.Notifier.Notices.NoticeStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>Which process works on the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    private long? _epoch;

    /// <summary>
    /// Gives this process the sole right to make and send notices. A former holder that has lost it without noticing, such as one that was
    /// frozen, fails at its next step.
    /// </summary>
    public void TakeOver() => _epoch = Write((connection, transaction) =>
    {
        connection.Execute(RaiseEpoch.For(connection), transaction: transaction);
        return ReadEpoch(connection, transaction);
    });

    /// <summary>Checks that no other process has taken the notices over. To be called before a notice is sent.</summary>
    /// <exception cref="LeaseLostException">Another process has taken the notices over.</exception>
    public void EnsureHeld() => Read(connection => EnsureHeld(connection, transaction: null));

    // A command of the administrator, which has taken nothing over, writes beside the notifier.
    private bool EnsureHeld(DbConnection connection, DbTransaction? transaction) =>
        _epoch is not { } epoch || ReadEpoch(connection, transaction) == epoch
            ? true
            : throw new LeaseLostException(
                $"Another notifier has taken {Name} over; this one stops, so that no notice is sent twice. Started again, it stands by.");

    private static long ReadEpoch(DbConnection connection, DbTransaction? transaction) =>
        connection.QuerySingle<long>(Epoch.For(connection), transaction: transaction);
}
