using System.Data.Common;
using Dapper;
using XilinIngest.CatalogueFiles;
using XilinIngest.CatalogueFiles.Reloading;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Worker.Ledger.LedgerCatalogueGuard;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// One ledger in a transaction: the cells that its figures were recorded under, and the check of a catalogue against them.
/// </summary>
internal sealed class GuardedLedger(LedgerStore store, DbConnection connection, DbTransaction transaction) : IDisposable
{
    private const int MaxNamedUnits = 3;

    private readonly List<RecordedFact> _recorded = [.. connection
        .Query<(string File, string Code, string Field, string Value)>(AllFacts.For(connection), transaction: transaction)
        .Select(row => new RecordedFact(row.File, row.Code, row.Field, row.Value))];

    /// <summary>Whether a catalogue had been recorded before.</summary>
    public bool HasRecorded => _recorded.Count > 0;

    /// <summary>Opens a ledger and holds its write lock.</summary>
    public static GuardedLedger ForWriting(LedgerStore store)
    {
        var connection = store.Open();
        try
        {
            return new GuardedLedger(store, connection, Database.BeginWrite(connection));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The faults of a catalogue against the figures of the ledger.</summary>
    public IReadOnlyList<CatalogueFault> Check(Catalogue catalogue)
    {
        var years = new Lazy<ILookup<string, int>>(ReadYearsWithFigures);
        var units = connection.Query<string>(UnitsThatStand.For(connection), transaction: transaction).ToHashSet();
        var faults = HistoryGuard.Check(
            _recorded, new RecordedFigures(units, code => [.. years.Value[code]], ReadReportedMonths), catalogue,
            UnitsOf(catalogue, units));
        return FindForeignUnits(units, catalogue) is { } foreign ? [.. faults, foreign] : faults;
    }

    /// <summary>Adds what is new or was corrected before its first figure; deletes what was removed before its first figure.</summary>
    public void RecordChanges(Catalogue catalogue)
    {
        HashSet<RecordedFact> now = [.. HistoryGuard.FactsOf(catalogue, UnitsOf(catalogue, []))];
        var before = _recorded.ToHashSet();
        Facts.Write(connection, transaction, WriteMode.Delete, before.Where(fact => !now.Contains(fact)));
        Facts.Write(connection, transaction, WriteMode.Insert, now.Where(fact => !before.Contains(fact)));
    }

    public void Commit() => transaction.Commit();

    /// <summary>Records the cells of another catalogue after a commit, as far as the ledger can be written.</summary>
    public void TryRecordAgain(Catalogue catalogue)
    {
        try
        {
            using var again = ForWriting(store);
            again.RecordChanges(catalogue);
            again.Commit();
        }
        catch (DbException)
        {
            // The edit is tried again in any case, and records what is then in the files.
        }
    }

    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }

    // The units that may have rows here, and those above them, whose parents decide where the figures count. Null: all.
    private HashSet<Unit>? UnitsOf(Catalogue catalogue, IEnumerable<string> withFigures)
    {
        if (store.Partition.IsWholeTree)
        {
            return null;
        }

        var units = new HashSet<Unit>();
        var waiting = new Stack<Unit>(
        [
            .. catalogue.Units.All.Where(unit => catalogue.Partitions.HomeOf(unit) == store.Partition),
            .. withFigures.Select(code => catalogue.Units.TryFind(code, out var unit) ? unit : null).OfType<Unit>(),
        ]);
        while (waiting.TryPop(out var unit))
        {
            if (units.Add(unit))
            {
                foreach (var parent in unit.Spans.Select(span => span.Parent).OfType<UnitCode>())
                {
                    waiting.Push(catalogue.Units[parent]);
                }
            }
        }

        return units;
    }

    // Only partitions.csv, or the parent of a unit that has no figures yet, can make another partition the home of a unit with rows.
    private CatalogueFault? FindForeignUnits(IEnumerable<string> units, Catalogue catalogue)
    {
        if (!catalogue.Partitions.AreSeveral && store.Partition.IsWholeTree)
        {
            return null;
        }

        var foreign = units
            .Where(code => catalogue.Units.TryFind(code, out var unit) && catalogue.Partitions.HomeOf(unit) != store.Partition)
            .Order(StringComparer.Ordinal).ToList();
        var some = string.Join(", ", foreign.Take(MaxNamedUnits));
        return foreign.Count == 0 ? null : new(
            PartitionsFile, null, "path",
            new($"{foreign.Count} 个单位（{some}{(foreign.Count > MaxNamedUnits ? " 等" : "")}）的报表在台账 {store.Name} 中，而按目录它们属于别的分区",
                $"the reports of {foreign.Count} units ({some}{(foreign.Count > MaxNamedUnits ? " and others" : "")}) are in the ledger "
                + $"{store.Name}, and by the catalogue they are of other partitions"),
            new("请恢复原来的分区；要另行划分的，停止各服务后运行 xilin-admin partition",
                "put the partitions back as they were; to split the tree in another way, stop the services and run xilin-admin partition"));
    }

    // Reads the whole table, which is slow, so it is called only if an indicator changed.
    private ILookup<string, int> ReadYearsWithFigures()
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

    private List<(string Unit, Period Month)> ReadReportedMonths() =>
        [.. connection.Query<(string Unit, long Period)>(MonthsOfUnits.For(connection), transaction: transaction)
            .Select(row => (row.Unit, Period.FromNumber((int)row.Period)))];
}
