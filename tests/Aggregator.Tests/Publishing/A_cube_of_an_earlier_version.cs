using System.Reflection;
using Dapper;
using DbUp;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>What an earlier schema holds is found again after the migrations that came since.</summary>
public sealed class A_cube_of_an_earlier_version : IDisposable
{
    private static readonly Assembly Scripts = typeof(CubeStore).Assembly;
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-earlier-").FullName;
    private readonly CubeStore _store;

    public A_cube_of_an_earlier_version()
    {
        var database = new Database(Path.Combine(_folder, "cube.db"));
        _store = new CubeStore(database);
        var before = DeployChanges.To.SqliteDatabase($"Data Source={database.Name}")
            .WithScriptsEmbeddedInAssembly(Scripts, name => name.Contains(".Cube.Migrations.0001", StringComparison.Ordinal) || name.Contains(".Cube.Migrations.0002", StringComparison.Ordinal))
            .LogToNowhere().Build().PerformUpgrade();
        Assert.True(before.Successful);
        using (var connection = _store.Open())
        {
            foreach (var (id, kind, unit, period, version) in new[]
            {
                (1, "total", "u1", 202201, 1), (2, "total", "u2", 202201, 1), (3, "total", "u1", 202201, 2), (4, "alert", "u1", 2022, 1), (5, "total", "u1", 202201, 3),
            })
            {
                connection.Execute(
                    "INSERT INTO vintage (id, kind, unit, indicator, period, version, event, payload, published_at) VALUES (@id, @kind, @unit, 'i', @period, @version, 'E', '{}', 't')",
                    new { id, kind, unit, period, version });
                connection.Execute(
                    "INSERT OR REPLACE INTO said (kind, unit, indicator, period, version, fingerprint) VALUES (@kind, @unit, 'i', @period, @version, @fingerprint)",
                    new { kind, unit, period, version, fingerprint = $"e{id}" });
            }
        }

        Migrator.Migrate(database, Scripts, ".Cube.Migrations.", NullLogger.Instance);
    }

    [Fact]
    public void All_versions_of_a_result_are_found_newest_first() =>
        Assert.Equal([(5, 3), (3, 2), (1, 1)], Versions(null, 10));

    [Fact]
    public void The_newest_are_found_where_few_are_asked_for() => Assert.Equal([(5, 3), (3, 2)], Versions(null, 2));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void One_version_is_found(int version, long id) => Assert.Equal([(id, version)], Versions(version, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_version_that_never_was_is_not_found(int version) => Assert.Empty(Versions(version, 1));

    [Fact]
    public void What_was_last_said_is_known()
    {
        using var connection = _store.Open();
        Assert.Equal(
            [("total", "u1", 3L, 5L, "e5"), ("total", "u2", 1L, 2L, "e2"), ("alert", "u1", 1L, 4L, "e4")],
            CubeStore.ReadPublishedResults(connection).OrderBy(row => row.Kind == "alert").ThenBy(row => row.Unit).Select(row => (row.Kind, row.Unit, row.Version, row.VintageId, row.Fingerprint)));
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
