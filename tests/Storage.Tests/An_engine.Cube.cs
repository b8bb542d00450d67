using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;
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
        Assert.Throws<LeaseLostException>(() => Apply(first, 2));
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
    public void Keeps_a_row_that_is_its_key_alone_where_it_is_written_again(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "keys");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        using var connection = database.Open();
        using var transaction = Database.BeginWrite(connection);
        foreach (var ids in new long[][] { [1, 2], [2, 3] })
        {
            CubeStatements.NewestTable.Write(connection, transaction, WriteMode.Upsert, ids);
        }

        CubeStatements.NewestTable.Write(connection, transaction, WriteMode.Delete, [1]);
        Assert.Equal([2L, 3L], connection.Query<long>("SELECT id FROM newest_publication ORDER BY id", transaction: transaction));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_the_newest_of_what_other_partitions_have_sent(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "rollups");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        var (sent, changed) = (new SumsOfYear(), new SumsOfYear());
        sent[7] = new Sums { Reported = 3, Ytd = 12.340m, Stages = StageTally.Of(2, new DateOnly(2022, 7, 1)) };
        changed[8] = new Sums { Month = 1e-10m };
        changed.ApprovedIn(8) = 2;
        using (var connection = database.Open())
        {
            using var transaction = Database.BeginWrite(connection);
            CubeStore.WriteRollUps(connection, transaction, Sent(version: 1, ("AA", sent), ("BB", sent)));
            CubeStore.WriteRollUps(connection, transaction, Sent(version: 2, ("AA", changed), ("BB", new SumsOfYear()), ("CC", sent)));
            transaction.Commit();
        }

        using var reading = database.Open();
        var stored = CubeStore.ReadRollUps(reading);
        var sender = Assert.Single(stored.Senders);
        Assert.Equal(
            (new RollUpPosition(5, 2), true, 40L, 39L),
            (sender.Position, sender.HasWholes, sender.Through, sender.Includes["32.04.04.002"]));
        Assert.Equal([new ReportedMonthsOfYear(2022, 8, 7, 9, 8)], sender.Months);
        Assert.Equal(["AA", "CC"], stored.Sums.Select(each => each.Sums.Indicator.Value));
        Assert.Null(stored.Sums[0].Sums.Sums.FirstDifference(changed));
        Assert.Null(stored.Sums[1].Sums.Sums.FirstDifference(sent));

        static StoredRollUps Sent(long version, params (string Indicator, SumsOfYear Sums)[] sums) => new(
            [
                new("32.04.04.001", new(5, version), true, 40, [new(2022, 8, 7, 9, 8)],
                    new Dictionary<string, long> { ["32.04.04.002"] = 39 }),
            ],
            [.. sums.Select(each => (
                "32.04.04.001", new NodeSums(new UnitCode("320404001000"), new IndicatorCode(each.Indicator), 2022, each.Sums)))]);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Raises_the_epoch_of_the_holder_alone(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "epochs");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        var (former, holder) = (new CubeStore(database), new CubeStore(database));
        former.TakeOver();
        holder.TakeOver();
        Assert.Throws<LeaseLostException>(() => former.RenewEpoch());
        Assert.Equal(3, holder.RenewEpoch());
        Assert.Equal(4, holder.RenewEpoch());
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
                var (id, former) = (2 * version - 1, version == 1 ? (long?)null : 2 * version - 3);
                using var transaction = Database.BeginWrite(connection);
                CubeStore.WritePublications(connection, transaction, new(
                    [Totals(id, "u1", version, former), Totals(id + 1, "u2", version, former + 1)],
                    former is { } last ? [last, last + 1] : []));
                transaction.Commit();
            }
        }

        Assert.Equal(Enumerable.Range(50, 101).Reverse().Select(v => (long)v),
            store.ReadVersions(299, "i", null, 101).Select(version => version.Version));
        Assert.Equal(13, Assert.Single(store.ReadVersions(299, "i", 7, 1)).Publication.Id);
        using (var connection = store.Open())
        {
            Assert.Equal([299L, 300L], CubeStore.ReadNewest(connection).Select(publication => publication.Id));
        }

        Assert.Equal([299L, 300L], store.ReadPublicationsAfter(298, 10).Select(publication => publication.Id));
        Assert.Empty(store.ReadPublishedAfter(0, 10));
        Assert.Empty(store.ReadAlertEvents(null, null, 10));

        static Publication Totals(long id, string unit, int version, long? former) => new()
        {
            Id = id,
            Kind = "total",
            Unit = unit,
            Period = 202207,
            PreviousId = former,
            Event = "E",
            Payload = $$"""{"totals":[{"indicator":"i","名":1,"version":{{version}}}]}""",
            PublishedAt = "t",
        };
    }
}
