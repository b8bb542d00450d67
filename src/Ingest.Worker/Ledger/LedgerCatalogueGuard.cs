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
    internal const string PartitionsFile = "partitions.csv";

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

    /// <summary>Checks the current catalogue, and every edit of it, against the figures of all ledgers.</summary>
    /// <exception cref="CatalogueFaultsException">The catalogue lost or changed a unit or indicator that has figures.</exception>
    public static void Attach(IReadOnlyList<LedgerStore> stores, CatalogueSource source)
    {
        // All processes lock them in the same order.
        List<LedgerStore> ordered = [.. stores.OrderBy(store => store.Partition.Path, StringComparer.Ordinal)];
        source.SetApproval((next, takeEffect) => TryAdmit(ordered, source.Current, next, takeEffect));
    }

    /// <summary>The same check of a ledger that is opened read-only.</summary>
    public static IReadOnlyList<CatalogueFault> Check(LedgerStore store, Catalogue catalogue)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginRead(connection);
        using var ledger = new GuardedLedger(store, connection, transaction);
        return ledger.Check(catalogue);
    }

    // The write locks are held from the check to the effect, so that no batch commits a figure in between.
    private static List<CatalogueFault> TryAdmit(List<LedgerStore> stores, Catalogue before, Catalogue next, Action takeEffect)
    {
        var ledgers = new List<GuardedLedger>();
        try
        {
            foreach (var store in stores)
            {
                ledgers.Add(GuardedLedger.ForWriting(store));
            }

            List<CatalogueFault> faults = [.. ledgers.SelectMany(ledger => ledger.Check(next)).Distinct()];
            if (faults.Count > 0)
            {
                return faults;
            }

            ledgers.ForEach(ledger => ledger.RecordChanges(next));
            takeEffect();
            CommitAll(ledgers, before);
            return [];
        }
        finally
        {
            ledgers.ForEach(ledger => ledger.Dispose());
        }
    }

    // If one of several fails, the catalogue before stays in force, so those that were committed get its cells again.
    private static void CommitAll(List<GuardedLedger> ledgers, Catalogue before)
    {
        var committed = new List<GuardedLedger>();
        try
        {
            // New ones first: a crash in between leaves no ledger that names the partition of one that has recorded nothing.
            foreach (var ledger in ledgers.OrderBy(ledger => ledger.HasRecorded))
            {
                ledger.Commit();
                committed.Add(ledger);
            }
        }
        catch
        {
            committed.ForEach(ledger => ledger.TryRecordAgain(before));
            throw;
        }
    }
}
