using System.Data.Common;
using Dapper;
using XilinIngest.CatalogueFiles;
using XilinIngest.CatalogueFiles.Reloading;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Stores the catalogue's cells under which figures were recorded, so that an edit made while the service is stopped is checked like one
/// made while it runs. <see cref="HistoryGuard"/> has the rules.
/// </summary>
internal static class LedgerCatalogueGuard
{
    internal static readonly BulkTable<RecordedFact> Facts = new(
        "recorded_fact", 3,
        new("source_file", ColumnType.Code, fact => fact.File),
        new("code", ColumnType.Text, fact => fact.Code),
        new("field", ColumnType.Code, fact => fact.Column),
        new("value", ColumnType.Text, fact => fact.Value));

    internal static readonly SqlStatement
        AllFacts = new("SELECT source_file AS FileName, code, field, value FROM recorded_fact ORDER BY source_file, code, field"),

        MonthsOfUnits = new("SELECT unit, period FROM ledger_effective_month"),

        // One seek in an index for each unit instead of each month. A unit has an effective month if it has an accepted row. SQL Server
        // does not allow this form of recursion.
        UnitsThatStand = new(
            """
            WITH RECURSIVE units (unit) AS (
                SELECT MIN(unit) FROM ledger_entry
                UNION ALL
                SELECT (SELECT MIN(unit) FROM ledger_entry AS e WHERE e.unit > units.unit) FROM units WHERE units.unit IS NOT NULL
            )
            SELECT unit FROM units
            WHERE EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.unit = units.unit AND e.verdict = 'accepted' AND e.revision > 0)
            """)
        {
            PostgreSql =
            """
            WITH RECURSIVE units (unit) AS (
                SELECT MIN(unit) FROM ledger_effective_month
                UNION ALL
                SELECT (SELECT MIN(unit) FROM ledger_effective_month AS s WHERE s.unit > units.unit) FROM units WHERE units.unit IS NOT NULL
            )
            SELECT unit FROM units WHERE unit IS NOT NULL
            """,
            SqlServer = "SELECT DISTINCT unit FROM ledger_effective_month",
        };

    /// <summary>Checks the current catalogue, and every edit of it, against the figures of the ledger.</summary>
    /// <exception cref="CatalogueFaultsException">The catalogue lost or changed a unit or indicator that has figures.</exception>
    public static void Attach(LedgerStore store, CatalogueSource source) =>
        source.SetApproval((next, takeEffect) => TryAdmit(store, next, takeEffect));

    /// <summary>The same check of a ledger that is opened read-only.</summary>
    public static IReadOnlyList<CatalogueFault> Check(LedgerStore store, Catalogue catalogue)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginRead(connection);
        return Check(connection, transaction, ReadFacts(connection, transaction), catalogue);
    }

    // The write lock is held from the check to the effect, so that no batch commits a figure in between.
    private static IReadOnlyList<CatalogueFault> TryAdmit(LedgerStore store, Catalogue next, Action takeEffect)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        var recorded = ReadFacts(connection, transaction);
        var faults = Check(connection, transaction, recorded, next);
        if (faults.Count > 0)
        {
            return faults;
        }

        RecordChanges(connection, transaction, recorded, [.. HistoryGuard.FactsOf(next)]);
        takeEffect();
        transaction.Commit();
        return [];
    }

    private static IReadOnlyList<CatalogueFault> Check(
        DbConnection connection, DbTransaction transaction, List<RecordedFact> recorded, Catalogue catalogue)
    {
        var years = new Lazy<ILookup<string, int>>(() => ReadYearsWithFigures(connection, transaction));
        return HistoryGuard.Check(recorded,
            new RecordedFigures(ReadUnitsWithFigures(connection, transaction), code => [.. years.Value[code]],
                () => ReadReportedMonths(connection, transaction)), catalogue);
    }

    // Adds what is new or was corrected before its first figure; deletes what was removed before its first figure.
    private static void RecordChanges(
        DbConnection connection, DbTransaction transaction, List<RecordedFact> recorded, HashSet<RecordedFact> now)
    {
        var before = recorded.ToHashSet();
        Facts.Write(connection, transaction, WriteMode.Delete, before.Where(fact => !now.Contains(fact)));
        Facts.Write(connection, transaction, WriteMode.Insert, now.Where(fact => !before.Contains(fact)));
    }

    private static List<RecordedFact> ReadFacts(DbConnection connection, DbTransaction transaction) => connection
        .Query<(string File, string Code, string Field, string Value)>(AllFacts.For(connection), transaction: transaction)
        .Select(row => new RecordedFact(row.File, row.Code, row.Field, row.Value)).ToList();

    // Reads the whole table, which is slow, so it is called only if an indicator changed.
    private static ILookup<string, int> ReadYearsWithFigures(DbConnection connection, DbTransaction transaction)
    {
        // The numbers are read last. Without snapshot reads they then include every indicator of the rows.
        var rows = LedgerStore.ReadAllEffectiveMonths(connection, transaction).ToList();
        var numbers = IndicatorNumbers.Load(connection, transaction, []);
        return rows
            .SelectMany(row =>
                EffectiveMonthCodec.Decode(row.Data, numbers).Values.Select(value => (Code: value.Indicator.Value, row.Period.Year)))
            .Distinct()
            .ToLookup(figure => figure.Code, figure => figure.Year);
    }

    private static List<(string Unit, Period Month)> ReadReportedMonths(DbConnection connection, DbTransaction transaction) =>
        [.. connection.Query<(string Unit, long Period)>(MonthsOfUnits.For(connection), transaction: transaction)
            .Select(row => (row.Unit, Period.FromNumber((int)row.Period)))];

    private static HashSet<string> ReadUnitsWithFigures(DbConnection connection, DbTransaction transaction) =>
        connection.Query<string>(UnitsThatStand.For(connection), transaction: transaction).ToHashSet();
}
