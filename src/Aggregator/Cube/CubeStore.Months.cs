using System.Data.Common;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The closings and reopenings of months that the cube has applied.</summary>
internal sealed partial class CubeStore
{
    public static MonthStates ReadMonths(DbConnection connection, DbTransaction? transaction = null)
    {
        var months = new MonthStates();
        foreach (var row in connection.Query<MonthChangeRow>(AllMonthChanges.For(connection), transaction: transaction))
        {
            months.Apply(row.ToChange());
        }

        return months;
    }

    // A step may have received a row in two packs; PostgreSQL refuses a statement that writes a row twice.
    public static void WriteMonths(
        DbConnection connection, DbTransaction transaction, IEnumerable<MonthStateChange> changes, long revision = 0) =>
        MonthChangeTable.Write(connection, transaction, WriteMode.Upsert,
            changes.DistinctBy(change => change.Sequence).Select(change => (change, revision)));

    private sealed class MonthChangeRow
    {
        public long Sequence { get; init; }
        public long Period { get; init; }
        public string Transition { get; init; } = "";
        public string TakenAt { get; init; } = "";
        public string? OpenUntil { get; init; }
        public string Sender { get; init; } = "";
        public string? Reason { get; init; }

        /// <exception cref="DamagedDataException">The row was altered.</exception>
        public MonthStateChange ToChange() => new(Sequence, Indicators.Period.FromNumber((int)Period),
            WireNames.Parse<MonthAction>(Transition) ?? throw Damaged(), ParseTime(TakenAt) ?? throw Damaged(),
            OpenUntil is { } until ? ParseTime(until) ?? throw Damaged() : null, Sender, Reason);

        private DamagedDataException Damaged() => new(
            $"The cube's table cube_month_change has a damaged row {Sequence}. Delete the cube, or restore a backup: it is rebuilt from "
            + "the ledger.");
    }
}
