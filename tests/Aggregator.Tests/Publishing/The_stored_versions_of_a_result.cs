using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>Three versions of one result, with versions of two others between them.</summary>
public sealed class The_stored_versions_of_a_result : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-versions-").FullName;
    private readonly CubeStore _store;

    public The_stored_versions_of_a_result()
    {
        var database = new Database(Path.Combine(_folder, "cube.db"));
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        _store = new CubeStore(database);
        using var connection = _store.Open();
        foreach (var row in new (int Id, string Kind, string Unit, int Period, int Version, int? Previous)[]
        {
            (1, "total", "u1", 202201, 1, null), (2, "total", "u2", 202201, 1, null), (3, "total", "u1", 202201, 2, 1),
            (4, "alert", "u1", 2022, 1, null), (5, "total", "u1", 202201, 3, 3),
        })
        {
            var values = new { row.Id, row.Kind, row.Unit, row.Period, row.Version, row.Previous, Fingerprint = $"e{row.Id}" };
            connection.Execute(
                """
                INSERT INTO vintage (id, kind, unit, indicator, period, version, previous_id, event, payload, published_at)
                VALUES (@Id, @Kind, @Unit, 'i', @Period, @Version, @Previous, 'E', '{}', 't')
                """, values);
            connection.Execute(
                """
                INSERT OR REPLACE INTO published_result (kind, unit, indicator, period, version, vintage_id, fingerprint)
                VALUES (@Kind, @Unit, 'i', @Period, @Version, @Id, @Fingerprint)
                """, values);
        }
    }

    [Fact]
    public void Are_found_newest_first() =>
        Assert.Equal([(5, 3), (3, 2), (1, 1)], Versions(null, 10));

    [Fact]
    public void Are_limited_to_the_newest_where_few_are_requested() => Assert.Equal([(5, 3), (3, 2)], Versions(null, 2));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void Are_found_one_by_one(int version, long id) => Assert.Equal([(id, version)], Versions(version, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Do_not_include_a_version_that_was_never_published(int version) => Assert.Empty(Versions(version, 1));

    [Fact]
    public void End_in_the_published_result_and_its_newest_version()
    {
        using var connection = _store.Open();
        Assert.Equal(
            [("total", "u1", 3L, 5L, "e5"), ("total", "u2", 1L, 2L, "e2"), ("alert", "u1", 1L, 4L, "e4")],
            CubeStore.ReadPublishedResults(connection)
                .OrderBy(row => row.Kind == "alert")
                    .ThenBy(row => row.Unit).Select(row => (row.Kind, row.Unit, row.Version, row.VintageId, row.Fingerprint)));
        Assert.Equal([2L, 4L, 5L], CubeStore.ReadNewest(connection).Select(vintage => vintage.Id));
        Assert.Equal([4L], _store.ReadAlertEvents(null, null, 10).Select(vintage => vintage.Id));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<(long, long)> Versions(int? version, int limit) =>
        _store.ReadVersions(ResultKinds.Total, "u1", "i", 202201, version, limit).Select(vintage => (vintage.Id, vintage.Version));
}
