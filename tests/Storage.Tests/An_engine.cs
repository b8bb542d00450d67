using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Indicators;
using XilinIngest.TestEngines;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Storage.Tests;

/// <summary>The same on every engine.</summary>
public sealed partial class An_engine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-engine-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Is_brought_up_to_date_once_though_several_begin_at_once(StorageProvider engine)
    {
        var text = TestDatabases.NewConnectionString(engine, _folder, "ledger");
        var run = new IReadOnlyList<string>[4];
        Parallel.For(0, run.Length, new ParallelOptions { MaxDegreeOfParallelism = run.Length }, i => run[i] =
            WorkerRegistration.Migrate(Database.TryParse(engine, text)!, NullLogger.Instance));
        Assert.Single(run, scripts => scripts.Count > 0);
        Migrator.MigrateOrCheck(Database.TryParse(engine, text)!, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.",
            NullLogger.Instance);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void That_holds_the_ledger_is_not_taken_for_the_cube(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "both");
        WorkerRegistration.Migrate(database, NullLogger.Instance);
        var refused = Assert.Throws<InvalidOperationException>(() => AggregatorRegistration.Migrate(database, NullLogger.Instance));
        Assert.Contains("Ledger and cube each need a database of their own", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public void On_a_server_that_lacks_tables_is_refused_with_the_remedy(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "empty");
        var refused =
            Assert.Throws<InvalidOperationException>(
                () => Migrator.MigrateOrCheck(database, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.", NullLogger.Instance));
        Assert.Contains("xilin-admin migrate", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void That_a_newer_program_wrote_is_refused(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "newer");
        WorkerRegistration.Migrate(database, NullLogger.Instance);
        using (var connection = database.Open())
        {
            connection.Execute(
                $"INSERT INTO {(engine == StorageProvider.PostgreSql ? "schemaversions" : "SchemaVersions")} (ScriptName, Applied) VALUES "
                + "('XilinIngest.Worker.Ledger.Migrations.9999-later.sql', @Now)",
                new { Now = new DateTime(2026, 1, 1) });
        }

        var refused =
            Assert.Throws<InvalidOperationException>(
                () => Migrator.MigrateOrCheck(database, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.", NullLogger.Instance));
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// SQL Server's client does so by itself, SQLite's in our hands: a reader that forgets its transaction fails wherever tests run.
    /// PostgreSQL's takes it for granted.
    /// </summary>
    [Theory, OnSqlite, OnSqlServer]
    public void Refuses_a_command_that_lacks_the_open_transaction(StorageProvider engine)
    {
        using var connection = TestDatabases.NewDatabase(engine, _folder, "strict").Open();
        using var transaction = Database.BeginRead(connection);
        Assert.Throws<InvalidOperationException>(() => connection.QuerySingle<long>("SELECT 1"));
        Assert.Equal(1, connection.QuerySingle<long>("SELECT 1", transaction: transaction));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Gives_a_claim_to_one_and_then_to_the_next(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "claimed");
        using (var first = database.TryAcquireLease("cube"))
        {
            Assert.NotNull(first);
            Assert.Null(database.TryAcquireLease("cube"));
        }

        using var second = database.TryAcquireLease("cube");
        Assert.NotNull(second);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Gives_back_text_bytes_and_numbers_as_they_were(StorageProvider engine)
    {
        using var ledger = On(engine);
        var digits = "1234567890123456789012345678.901234567890";
        var entry = new LedgerEntry
        {
            Sequence = 1,
            SubmissionId = new Guid("0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01"),
            Unit = "西林街道𠮷\t\"'",
            Period = "２０２２年７月",
            Revision = 9999,
            Verdict = "refused",
            Findings = System.Text.Encoding.UTF8.GetBytes($$"""[{"值":"{{digits}}","引号":"\"\\\u0000","四字节":"𠮷😀"}]"""),
            Body = (byte[])[0, 1, 0xff, 0x7f, .. System.Text.Encoding.UTF8.GetBytes(digits)],
            ReceivedAt = "2022-08-05T00:00:00.000001Z",
            Sender = "320404007202",
            LeafHash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        };
        using var connection = ledger.Store.Open();
        using (var transaction = Database.BeginWrite(connection))
        {
            LedgerStore.WriteEntries(connection, transaction,
                [entry, entry with { Sequence = 2, SubmissionId = Guid.NewGuid(), Findings = default, Body = default }]);
            transaction.Commit();
        }

        var read = LedgerStore.ReadFrom(connection, 1, 2).ToList();
        Assert.Equal(
            entry with { Findings = default, Body = default, LeafHash = [] },
            read[0] with { Findings = default, Body = default, LeafHash = [] });
        Assert.Equal(entry.Findings.ToArray(), read[0].Findings.ToArray());
        Assert.Equal(entry.Body.ToArray(), read[0].Body.ToArray());
        Assert.Equal(entry.LeafHash, read[0].LeafHash);
        Assert.True(read[1].Findings.IsEmpty);
        Assert.True(read[1].Body.IsEmpty);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_each_rows_own_text_where_rows_share_some(StorageProvider engine)
    {
        using var ledger = On(engine);
        byte[] same = [.. "same"u8];
        byte[][] findings = [same, same, [], same, [.. "also 数"u8], [], System.Text.Encoding.UTF8.GetBytes(new string('数', 300)), same];
        var body = new byte[] { 1, 2, 3, 4 };
        var entries = findings.Select((text, i) => new LedgerEntry
        {
            Sequence = i + 1,
            SubmissionId = Guid.NewGuid(),
            Unit = i % 2 == 0 ? "UNIT" : "",
            Period = "2022-07",
            Revision = 1,
            Verdict = "refused",
            Findings = text,
            Body = body.AsMemory(i % 3, 2),
            ReceivedAt = "2022-08-05T00:00:00.000001Z",
            Sender = "320404007202",
            LeafHash = [(byte)i],
        }).ToList();
        using var connection = ledger.Store.Open();
        using (var transaction = Database.BeginWrite(connection))
        {
            LedgerStore.WriteEntries(connection, transaction, entries);
            transaction.Commit();
        }

        var read = LedgerStore.ReadFrom(connection, 1, entries.Count).ToList();
        Assert.Equal(findings, read.Select(row => row.Findings.ToArray()));
        Assert.Equal(entries.Select(row => row.Unit), read.Select(row => row.Unit));
        Assert.Equal(entries.Select(row => row.SubmissionId), read.Select(row => row.SubmissionId));
        Assert.Equal(entries.Select(row => row.Body.ToArray()), read.Select(row => row.Body.ToArray()));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_codes_apart_that_differ_in_case_alone(StorageProvider engine)
    {
        using var ledger = On(engine);
        using var connection = ledger.Store.Open();
        using var transaction = Database.BeginWrite(connection);
        var period = new Period(2022, 7);
        LedgerStatements.EffectiveMonths.Write(connection, transaction, WriteMode.Upsert,
            [("unit-a", period, [1]), ("UNIT-A", period, [2]), ("unit-a", new Period(2022, 8), [3])]);
        LedgerStatements.EffectiveMonths.Write(connection, transaction, WriteMode.Upsert, [("UNIT-A", period, [4])]);
        transaction.Commit();
        Assert.Equal(
            [("UNIT-A", 202207, 4), ("unit-a", 202207, 1), ("unit-a", 202208, 3)],
            LedgerStore.ReadAllEffectiveMonths(connection)
                .Select(row => (row.Unit, row.Period.Number, (int)row.Data.Single()))
                    .OrderBy(row => row.Unit, StringComparer.Ordinal).ThenBy(row => row.Number));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Gives_two_workers_one_sequence_without_a_gap_and_a_log_that_holds(StorageProvider engine)
    {
        using var ledger = On(engine);
        var bodies = Enumerable.Range(1, 240).Select(i => ValidSubmission().Set("revision", i).Bytes()).Select(ledger.Prepare).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var committer = ledger.NewCommitter();
            foreach (var group in bodies.Where((_, i) => i % 4 == worker).Chunk(7))
            {
                committer.Commit(group);
            }
        })));
        Assert.Equal(Enumerable.Range(1, 240).Select(i => (long)i), ledger.Rows().Select(row => row.Sequence));
        Assert.Empty(ledger.Verify().Faults);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Takes_a_submission_whose_unit_and_month_are_no_text_it_can_keep(StorageProvider engine)
    {
        using var ledger = On(engine);
        var receipt = ledger.Receipt(ValidSubmission().Set("unit", "\0").Set("period", "2022\0").Bytes());
        Assert.Equal(Contracts.Verdict.Refused, receipt.Verdict);
        Assert.Equal(("", ""), (ledger.Rows().Single().Unit, ledger.Rows().Single().Period));
        Assert.Empty(ledger.Verify().Faults);
    }

    private static LedgerFixture On(StorageProvider engine) => new(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
}
