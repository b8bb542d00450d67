using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>The cube on each engine.</summary>
public sealed partial class An_engine
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Refuses_the_write_of_a_process_that_has_lost_the_cube(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "cube");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        var (first, second) = (new CubeStore(database), new CubeStore(database));
        first.TakeOver();
        Apply(first, 1);
        second.TakeOver();
        Assert.Throws<CubeLeaseLostException>(() => Apply(first, 2));
        Apply(second, 3);
        using var connection = database.Open();
        Assert.Equal(3, CubeStore.ReadPosition(connection).AppliedThrough);

        static void Apply(CubeStore store, long row)
        {
            using var connection = store.Open();
            using var transaction = Database.BeginWrite(connection);
            store.WriteApplied(connection, transaction, row, null);
            transaction.Commit();
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Finds_the_versions_of_a_result(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "versions");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        var store = new CubeStore(database);
        using (var connection = database.Open())
        {
            for (var version = 1; version <= 150; version++)
            {
                using var transaction = Database.BeginWrite(connection);
                CubeStore.WriteVintages(connection, transaction,
                    [Vintage(2 * version - 1, "u1", version), Vintage(2 * version, "u2", version)]);
                transaction.Commit();
            }
        }

        Assert.Equal(Enumerable.Range(101, 50).Reverse().Select(v => (long)v),
            store.ReadVersions("total", "u1", "i", 202207, null, 50).Select(vintage => vintage.Version));
        Assert.Equal(13, Assert.Single(store.ReadVersions("total", "u1", "i", 202207, 7, 1)).Id);
        using (var connection = store.Open())
        {
            Assert.Equal([299L, 300L], CubeStore.ReadNewest(connection).Select(vintage => vintage.Id).Order());
        }

        Assert.Equal([299L, 300L], store.ReadVintagesAfter(298, 10).Select(vintage => vintage.Id));
        Assert.Empty(store.ReadPublishedAfter(0, 10));
        Assert.Empty(store.ReadAlertEvents(null, null, 10));

        static Vintage Vintage(long id, string unit, int version) => new()
        {
            Id = id,
            Kind = "total",
            Unit = unit,
            Indicator = "i",
            Period = 202207,
            Version = version,
            PreviousId = version == 1
                ? null : id - 2,
            Event = "E",
            Payload = "{\"值\":1}",
            PublishedAt = "t",
            Fingerprint = $"e{version}",
        };
    }
}
