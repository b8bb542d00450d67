using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>Old versions on each engine.</summary>
public sealed partial class An_engine
{
    private static readonly FakeTimeProvider PruningClock = new(PrunableCube.Now);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Prunes_old_versions_that_were_replaced_and_sent_and_that_no_release_names(StorageProvider engine)
    {
        var database = NewPrunable(engine);
        var before = Texts(database);
        Assert.Equal([(2020, false, 5L), (2020, true, 1L)],
            CubePruning.Count(database, PrunableCube.ThreeYearsAgo).Select(each => (each.Year, each.IsRanking, each.Messages)));

        Assert.Equal([(1, 1), (2, 0), (2, 0)], Prune(database, limit: 2));

        var after = Texts(database);
        Assert.Equal([1L, 2, 3, 6, 7, 9], after.Where(row => row.Value != before[row.Key]).Select(row => row.Key).Order());
        using var connection = database.Open();
        var run = Assert.Single(CubePruning.ReadRuns(connection));
        Assert.Equal((5, 1, "clerk@host", "2023-11-30T10:00:00.000Z", "2026-11-30T10:00:00.000Z"),
            (run.Totals, run.Rankings, run.MadeBy, run.OlderThan, run.EndedAt));
        Assert.Equal(before.Values.Sum(text => text.Payload.Length) - after.Values.Sum(text => text.Payload.Length), run.Bytes);
        Assert.Equal(0, CubePruning.ReadUnrecorded(connection));

        // And nothing the next time, which is no run.
        Assert.Empty(Prune(database, limit: 100));
        Assert.Single(CubePruning.ReadRuns(connection));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_of_a_pruned_version_its_number_its_cause_and_its_place_among_the_others(StorageProvider engine)
    {
        var database = NewPrunable(engine);
        Prune(database, limit: 100);

        var store = new CubeStore(database);
        var versions = store.ReadVersions(15, "B", null, 10);
        Assert.Equal(
            [(15L, 7L, false), (14, 6, false), (9, 5, true), (7, 4, true), (5, 3, false), (3, 2, true), (1, 1, true)],
            versions.Select(each => (each.Publication.Id, each.Version, PrunedPublication.IsPruned(each.Publication))));
        var pruned = JsonSerializer.Deserialize<TotalsPublished>(PublicationReader.MessageOf(versions[3]), WireFormat.Options)!;
        Assert.Equal((PrunableCube.Now, "u1", "2020-07"), (pruned.PrunedAt, pruned.Unit, pruned.Period));
        var total = Assert.Single(pruned.Totals);
        Assert.Equal(("B", 4, 2, 3, null, null),
            (total.Indicator, total.Version, total.Reported, total.Expected, total.Month, total.YearToDate));
        Assert.Equal([14L, 24], total.Cause);
        var ranking = JsonSerializer.Deserialize<RankingPublished>(
            PublicationReader.MessageOf(store.ReadVersions(4, "A", 1, 1)[0]), WireFormat.Options)!;
        Assert.Equal((PrunableCube.Now, 1, 0), (ranking.PrunedAt, ranking.Version, ranking.Units.Count));

        // What caused the changes after a release is told from versions without figures too.
        Assert.Equal([27L, 26, 25, 24], store.ReadTotalsSince(15, after: 5).Where(each => each.Indicator == "A")
            .Select(each => PublicationReader.ParseTotal(each).Cause[^1]));
        Assert.Equal(Enumerable.Range(1, 13).Select(id => (long)id), store.ReadPublishedAfter(0, 100).Select(each => each.Id));
        using var connection = store.Open();
        Assert.Equal([4L, 10, 12, 15], CubeStore.ReadNewest(connection).Select(each => each.Id));
        Assert.Equal(2, store.ReadReleased(CubeStore.ReadReleases(connection).All.Single()).Count);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Says_that_a_needed_version_was_pruned_by_hand(StorageProvider engine)
    {
        var database = NewPrunable(engine);
        Prune(database, limit: 100);
        var store = new CubeStore(database);
        using var connection = store.Open();
        connection.Execute("UPDATE publication SET event = 'TotalsPruned' WHERE id = 5");
        Assert.Equal(1, CubePruning.ReadUnrecorded(connection));
        var fault = Assert.Throws<DamagedDataException>(() => store.ReadReleased(CubeStore.ReadReleases(connection).All.Single()));
        Assert.Contains("Publication 5 was pruned", fault.Message, StringComparison.Ordinal);

        connection.Execute("UPDATE publication SET event = 'TotalsPruned' WHERE id = 15");
        Assert.Throws<DamagedDataException>(() => CubeStore.ReadNewest(connection).ToList());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Has_a_run_at_its_end_that_was_broken_off_when_all_was_pruned(StorageProvider engine)
    {
        var database = NewPrunable(engine);
        using (var pruning = new CubePruning(database, PrunableCube.ThreeYearsAgo, "clerk@host", PruningClock))
        {
            Assert.NotNull(pruning.PruneNext(100));
        }

        using var connection = database.Open();
        Assert.Null(Assert.Single(CubePruning.ReadRuns(connection)).EndedAt);
        Assert.Empty(Prune(database, limit: 100));
        Assert.NotNull(Assert.Single(CubePruning.ReadRuns(connection)).EndedAt);
    }

    private static Dictionary<long, (string Event, string Payload)> Texts(Database database)
    {
        using var connection = database.Open();
        return connection.Query<(long Id, string Event, string Payload)>("SELECT id, event, payload FROM publication")
            .ToDictionary(row => row.Id, row => (row.Event, row.Payload));
    }

    private static List<(long Totals, long Rankings)> Prune(Database database, int limit)
    {
        using var pruning = new CubePruning(database, PrunableCube.ThreeYearsAgo, "clerk@host", PruningClock);
        var batches = new List<(long, long)>();
        while (pruning.PruneNext(limit) is { } batch)
        {
            batches.Add((batch.Totals, batch.Rankings));
        }

        return batches;
    }

    private Database NewPrunable(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "pruning");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        PrunableCube.Fill(database);
        return database;
    }
}
