using System.Data.Common;
using Dapper;
using XilinIngest.CatalogueFiles;
using XilinIngest.CatalogueFiles.Reloading;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// What the ledger's figures were recorded as, kept over restarts: a catalogue edited while the service stood still is held
/// to the same as one edited while it runs.
/// </summary>
internal static class LedgerHistory
{
    /// <summary>Compares the catalogue at start with what is recorded, and records what is new in it.</summary>
    /// <exception cref="CatalogueFaultsException">The catalogue has lost, or made another thing of, what has figures.</exception>
    public static void Guard(LedgerStore store, CatalogueSource source)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        var catalogue = source.Current;
        var recorded = connection.Query<RecordedIndicator>("SELECT code, unit, kind FROM recorded_indicator ORDER BY code", transaction: transaction).AsList();
        var suspects = recorded.Where(indicator => HistoryGuard.Check([indicator], [], catalogue).Count > 0).ToList();
        if (suspects.Count > 0)
        {
            // What has no figures yet may be anything: an entry put right before its first report.
            var used = IndicatorsWithFigures(connection, transaction);
            connection.Execute("DELETE FROM recorded_indicator WHERE code = @Code", suspects.Where(indicator => !used.Contains(indicator.Code)), transaction);
            suspects.RemoveAll(indicator => !used.Contains(indicator.Code));
        }

        var faults = HistoryGuard.Check(suspects, UnitsWithFigures(connection, transaction), catalogue);
        if (faults.Count > 0)
        {
            throw new CatalogueFaultsException(source.Folder, faults);
        }

        Record(connection, transaction, catalogue);
        transaction.Commit();
    }

    /// <summary>Records the indicators that are new, before they have figures; a ledger from before this table takes the catalogue as it is.</summary>
    public static void Record(DbConnection connection, DbTransaction transaction, Catalogue catalogue) => connection.Execute(
        "INSERT INTO recorded_indicator (code, unit, kind) VALUES (@Code, @Unit, @Kind) ON CONFLICT (code) DO NOTHING",
        catalogue.Indicators.Select(RecordedIndicator.Of), transaction);

    // Reads the whole table, which takes its time: only where the catalogue is in doubt.
    private static HashSet<string> IndicatorsWithFigures(DbConnection connection, DbTransaction transaction)
    {
        var numbers = IndicatorNumbers.Load(connection, transaction, []);
        return [.. LedgerStore.ReadAllStanding(connection)
            .SelectMany(row => StandingCodec.Decode(row.Data, numbers).Values)
            .Select(value => value.Indicator.Value)];
    }

    // One seek in the primary key for each unit, not one for each of its months.
    private static IEnumerable<string> UnitsWithFigures(DbConnection connection, DbTransaction transaction) => connection.Query<string>(
        """
        WITH RECURSIVE units (unit) AS (
            SELECT MIN(unit) FROM ledger_standing
            UNION ALL
            SELECT (SELECT MIN(unit) FROM ledger_standing AS s WHERE s.unit > units.unit) FROM units WHERE units.unit IS NOT NULL
        )
        SELECT unit FROM units WHERE unit IS NOT NULL
        """,
        transaction: transaction);
}
