using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.TestEngines;
using XilinIngest.Worker.Ledger;
using Xunit.Abstractions;

namespace XilinIngest.Storage.Tests;

/// <summary>
/// Appended in groups, paged through, read again from the first to the last, loaded: every time the figures that were sent. The
/// normal suite runs a short form; <c>dotnet test tests/Storage.Tests -c Release --filter suite=long</c> the full one.
/// </summary>
public sealed class Half_a_million_rows(ITestOutputHelper output)
{
    private const int Group = 500;
    private const int Page = 500;
    private static readonly IndicatorCode Petitions = new("PETITIONS");
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer, Trait("suite", "long")]
    public void Come_to_the_figures_that_were_sent(StorageProvider engine) => Run(engine, 500_000);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Come_to_the_figures_that_were_sent_in_small(StorageProvider engine) => Run(engine, 20_000);

    private void Run(StorageProvider engine, int rows)
    {
        using var sent = new ManyUnitsWorkload(rows);
        using var ledger = new LedgerFixture(sent.Folder, folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        var effective = sent.EffectiveValues();
        Note($"a catalogue of {sent.Villages.Count} villages");
        foreach (var group in Enumerable.Range(0, sent.Rows).Chunk(Group))
        {
            Assert.Empty(
                ledger.Receipts(group.Select(sent.Body))
                .Where(receipt => receipt.Verdict != Verdict.Accepted)
                .SelectMany(receipt => receipt.Findings).Select(finding => finding.MessageEn).Distinct());
        }

        Note($"{sent.Rows} rows appended");
        Assert.Equal(Enumerable.Range(1, sent.Rows).Select(i => (long)i).Reverse(), Pages(new LedgerQueries(ledger.Store)));
        Note("paged through");
        Assert.Equal(effective, Replayed(ledger, sent.Rows));
        Note("read again");
        Assert.Empty(ledger.Verify().Faults);
        Note("verified");
        IsLoaded(engine, sent, ledger.Catalogue);
    }

    private static IEnumerable<long> Pages(LedgerQueries queries)
    {
        long? before = null;
        for (IReadOnlyList<long> page; (page =
            [.. queries.List(null, null, null, null, before, Page).Select(row => row.Sequence)]).Count > 0; before = page[^1])
        {
            foreach (var sequence in page)
            {
                yield return sequence;
            }
        }
    }

    private static Dictionary<(string Unit, Period Period), decimal> Replayed(LedgerFixture ledger, long last)
    {
        var effective = new Dictionary<(string, Period), decimal>();
        foreach (var submission in AcceptedPackFactory.ReadUpTo(ledger.Store, last, ledger.Catalogue))
        {
            effective[(submission.Unit, Period.Parse(submission.Period))] = submission.Values.Single().Value!.Value;
        }

        return effective;
    }

    // A month of its own for each row, put into the cube's store as an aggregator leaves it, and loaded as one loads it at its start.
    private void IsLoaded(StorageProvider engine, ManyUnitsWorkload sent, Catalogue catalogue)
    {
        var folder = Directory.CreateTempSubdirectory("xilin-large-").FullName;
        try
        {
            var database = TestDatabases.NewDatabase(engine, folder, "cube");
            AggregatorRegistration.Migrate(database, NullLogger.Instance);
            var cells = Enumerable.Range(0, sent.Rows)
                .Select(row =>
                    (sent[row].Unit, Period: new Period(2021, 1).AddMonths(row / sent.Villages.Count), sent[row].Value, Row: row + 1))
                    .ToList();
            using var connection = database.Open();
            using (var transaction = Database.BeginWrite(connection))
            {
                var numbers = IndicatorNumbers.Load(connection, transaction, [Petitions]);
                CubeStore.WriteEffective(connection, transaction, cells.Select(cell => (cell.Unit, cell.Period, EffectiveMonthCodec.Encode(
                    new EffectiveMonth(
                        [new(Petitions, new Figures(cell.Value),
                            new FieldProvenance(new Provenance(new OrderKey(1, 0, Guid.Empty), cell.Row), FigureFields.Value))]),
                            numbers))));
                transaction.Commit();
            }

            Note($"{cells.Count} months of units stored");
            IndicatorCube cube;
            using (var snapshot = Database.BeginRead(connection))
            {
                cube = CubeLoader.Load(connection, catalogue, IndicatorNumbers.Load(connection, snapshot, []), snapshot);
            }

            Note("loaded");
            Assert.True(catalogue.TryFind(Petitions, out var petitions));
            var district = cube.Nodes.NodeOf(catalogue.Units[new UnitCode("320404000000")]);
            Assert.All(cells.GroupBy(cell => cell.Period), month =>
                Assert.Equal(month.Sum(cell => cell.Value), cube.TotalOf(district, petitions, month.Key, TestSubmissions.Now)!.Month));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Note(string what) => output.WriteLine($"{_clock.Elapsed.TotalSeconds:F1} s: {what}");
}
