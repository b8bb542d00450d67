using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>Three versions of one total, in messages with versions of another total, and versions of other results between them.</summary>
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
        using var transaction = Database.BeginWrite(connection);
        CubeStore.WritePublications(connection, transaction, new(
        [
            Totals(1, "u1", null, ("A", 1), ("B", 1)), Totals(2, "u2", null, ("A", 1)), Totals(3, "u1", 1, ("A", 2)),
            Alert(4), Totals(5, "u1", 3, ("B", 2)), Totals(6, "u1", 5, ("B", 3), ("A", 3)),
        ], [1, 3]));
        CubeStore.WritePublications(connection, transaction, new([], [5]));
        transaction.Commit();
    }

    [Fact]
    public void Are_found_newest_first() => Assert.Equal([(6, 3), (3, 2), (1, 1)], Versions(null, 10));

    [Fact]
    public void Are_limited_to_the_newest_where_few_are_requested() => Assert.Equal([(6, 3), (3, 2)], Versions(null, 2));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 6)]
    public void Are_found_one_by_one(int version, long id) => Assert.Equal([(id, version)], Versions(version, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Do_not_include_a_version_that_was_never_published(int version) => Assert.Empty(Versions(version, 1));

    [Fact]
    public void Are_none_where_nothing_was_published() => Assert.Empty(_store.ReadVersions(null, "A", null, 10));

    [Fact]
    public void Are_given_as_messages_of_their_own() => Assert.Equal(
        """{"unit":"u1","period":"2022-01","totals":[{"indicator":"A","note":{"version":9},"version":3,"cause":[6]}]}""",
        Encoding.UTF8.GetString(PublicationReader.MessageOf(_store.ReadVersions(6, "A", null, 1)[0])));

    [Fact]
    public void End_in_the_newest_version_of_each()
    {
        using var connection = _store.Open();
        var newest = CubeStore.ReadNewest(connection).ToList();
        Assert.Equal([2L, 4L, 6L], newest.Select(publication => publication.Id));
        Assert.Equal(
            [("alert", "u1", "A", 1L), ("total", "u1", "A", 3L), ("total", "u1", "B", 3L), ("total", "u2", "A", 1L)],
            PublicationReader.NewestVersions(newest)
                .Select(version => (version.Id.Kind, version.Id.Unit, version.Id.Indicator, version.Version)).Order());
        Assert.Equal([4L], _store.ReadAlertEvents(null, null, 10).Select(publication => publication.Id));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"totals":{}}""")]
    [InlineData("""{"totals":[{"indicator":"A"}]}""")]
    [InlineData("""{"totals":[{"version":1}]}""")]
    [InlineData("""{"totals":[{"indicator":1,"version":1}]}""")]
    [InlineData("""{"totals":[{"indicator":"A","version":"1"}]}""")]
    [InlineData("""{"totals":[{"indicator":"A","version":1.5}]}""")]
    [InlineData("""{"totals":[1]}""")]
    [InlineData("""{"totals":[{"indicator":"A","version":1}""")]
    public void That_were_altered_are_named_with_the_remedy(string payload)
    {
        var fault = Assert.Throws<DamagedDataException>(
            () => PublicationReader.VersionsIn(Totals(7, "u1", null) with { Payload = payload, Json = Encoding.UTF8.GetBytes(payload) }));
        Assert.StartsWith("Publication 7 (TotalsPublished) was altered in the database.", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<(long, long)> Versions(int? version, int limit) =>
        _store.ReadVersions(6, "A", version, limit).Select(found => (found.Publication.Id, found.Version));

    private static Publication Totals(long id, string unit, long? previous, params (string Indicator, int Version)[] totals) => new()
    {
        Id = id,
        Kind = ResultKinds.Total,
        Unit = unit,
        Period = 202201,
        PreviousId = previous,
        Event = "TotalsPublished",
        Payload = $$"""{"unit":"{{unit}}","period":"2022-01","totals":["""
            + string.Join(',', totals.Select(total => Total(total.Indicator, total.Version, id))) + "]}",
        PublishedAt = "t",
    };

    private static string Total(string indicator, int version, long cause) =>
        $$$"""{"indicator":"{{{indicator}}}","note":{"version":9},"version":{{{version}}},"cause":[{{{cause}}}]}""";

    private static Publication Alert(long id) => new()
    {
        Id = id,
        Kind = ResultKinds.Alert,
        Unit = "u1",
        Indicator = "A",
        Period = 2022,
        Event = "AlertRaised",
        Payload = """{"unit":"u1","version":1}""",
        PublishedAt = "t",
    };
}
