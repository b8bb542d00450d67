using System.Data.Common;
using System.Text.Json;
using Dapper;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>What the cubes of other partitions have sent.</summary>
internal sealed partial class CubeStore
{
    /// <summary>Raises the epoch of the holder: the messages of a cube that is loaded again count from 1.</summary>
    /// <param name="above">The new epoch is greater than this one.</param>
    /// <returns>The epoch.</returns>
    /// <exception cref="LeaseLostException">Another process has taken the cube over.</exception>
    public long RenewEpoch(long above = 0)
    {
        var renewed = Math.Max(_epoch, above) + 1;
        using var connection = Open();
        using var transaction = Database.BeginWrite(connection);
        if (connection.Execute(RaiseOwnEpoch.For(connection), new { Epoch = _epoch, Renewed = renewed }, transaction) == 0)
        {
            throw LeaseLost();
        }

        transaction.Commit();
        return _epoch = renewed;
    }

    /// <exception cref="DamagedDataException">A row was altered.</exception>
    public static StoredRollUps ReadRollUps(DbConnection connection, DbTransaction? transaction = null) => new(
        [.. connection.Query<RollUpRow>(AllRollUpSenders.For(connection), transaction: transaction).Select(row => row.ToSender())],
        [
            .. connection.Query<RollUpRow>(AllRollUps.For(connection), transaction: transaction)
                .Select(row => (row.Sender, Sums: row.ToSums())).Where(row => !row.Sums.Sums.IsEmpty),
        ]);

    /// <summary>Deletes all, before they are written anew.</summary>
    public static void ClearRollUps(DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(DeleteRollUps.For(connection), transaction: transaction);
        connection.Execute(DeleteRollUpSenders.For(connection), transaction: transaction);
    }

    // Sums that are empty now stay as a row, so that those who follow see that they are gone.
    public static void WriteRollUps(
        DbConnection connection, DbTransaction transaction, StoredRollUps changes, long revision = CubeRevision.OfNone)
    {
        RollUpSenderTable.Write(connection, transaction, WriteMode.Upsert, changes.Senders.Select(sender => (sender, revision)));
        RollUpTable.Write(connection, transaction, WriteMode.Upsert, changes.Sums.Select(each => (each.From, each.Sums, revision)));
    }

    private sealed class RollUpRow
    {
        public string Sender { get; init; } = "";
        public string Unit { get; init; } = "";
        public string Indicator { get; init; } = "";
        public long Year { get; init; }
        public byte[] Data { get; init; } = [];

        public NodeSums ToSums() => new(
            new UnitCode(Unit), new IndicatorCode(Indicator), (int)Year,
            MonthSumsBody.ToSums(Read(() => JsonSerializer.Deserialize(Data, RollUpJson.Default.IReadOnlyListMonthSumsBody))));

        public RollUpSender ToSender() => Read(() => JsonSerializer.Deserialize(Data, RollUpJson.Default.RollUpSender));

        private T Read<T>(Func<T?> read)
        {
            try
            {
                return read() ?? throw new JsonException("It is null.");
            }
            catch (JsonException)
            {
                throw new DamagedDataException(
                    $"The cube's table cube_roll_up or cube_roll_up_sender has a damaged row of {Sender}. Delete both tables' rows: the "
                    + "partitions send all again.");
            }
        }
    }
}
