using Dapper;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.TestEngines;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Storage.Tests;

/// <summary>A fault of the ledger stops the intake, shows in health, and costs no submission its place.</summary>
public sealed class A_ledger_that_fails
{
    private const string Head = "SELECT frontier FROM ledger_head";

    [Theory]
    [OnSqlite("UPDATE ledger_head SET frontier = x''")]
    [OnPostgreSql("UPDATE ledger_head SET frontier = x''")]
    [OnSqlite("DELETE FROM ledger_head")]
    [OnPostgreSql("DELETE FROM ledger_head")]
    [OnPostgreSql("DELETE FROM write_lock")]
    public async Task Takes_nothing_while_its_head_or_lock_is_damaged_and_goes_on_once_it_is_restored(StorageProvider engine, string harm)
    {
        using var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        await using var running = await RunningWriter.StartAsync(ledger);
        Assert.Equal(1, (await running.SendAsync(1)).Sequence);
        byte[] head;
        using (var connection = ledger.Store.Open())
        {
            head = connection.QuerySingle<byte[]>(Head);
        }

        ledger.ExecuteSql(harm);
        for (var revision = 2; revision < 6; revision++)
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => running.SendAsync(revision));
        }

        await RunningWriter.UntilAsync(() => running.Ledger.Availability.WriteFault is not null);
        Assert.Contains("damaged", running.Ledger.Availability.WriteFault!.ReasonEn, StringComparison.Ordinal);
        using (var connection = ledger.Store.Open())
        {
            connection.Execute("DELETE FROM ledger_head");
            connection.Execute("INSERT INTO ledger_head (id, frontier) VALUES (1, @Head)", new { Head = head });
            if (engine != StorageProvider.Sqlite && connection.QuerySingle<long>("SELECT COUNT(*) FROM write_lock") == 0)
            {
                connection.Execute("INSERT INTO write_lock (id, generation) VALUES (1, 0)");
            }
        }

        await RunningWriter.UntilAsync(() => running.Ledger.Availability.WriteFault is null);
        Assert.Equal(2, (await running.SendAsync(2)).Sequence);
        Assert.Empty(ledger.Verify().Faults);
    }

    /// <summary>The error is one that nothing here has ever heard of, as a server's next version may have.</summary>
    [Theory]
    [OnPostgreSql("F0001", false)]
    [OnPostgreSql("HV00B", false)]
    [OnPostgreSql("23514", true)]
    public async Task Is_a_fault_of_the_storage_unless_the_error_is_listed_as_the_statements(
        StorageProvider engine, string state, bool isOfStatement)
    {
        using var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        await using var running = await RunningWriter.StartAsync(ledger);
        using (var connection = ledger.Store.Open())
        {
            connection.Execute(
                "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of the ordinary' USING ERRCODE "
                + $"= '{state}'; END $$");
            connection.Execute("CREATE TRIGGER fail BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION fail()");
        }

        var failed = await Record.ExceptionAsync(() => running.SendAsync(1));

        Assert.Equal(!isOfStatement, failed is LedgerUnavailableException);
        using (var connection = ledger.Store.Open())
        {
            connection.Execute("DROP TRIGGER fail ON ledger_entry");
        }

        await RunningWriter.UntilAsync(() => running.Ledger.Availability.WriteFault is null);
        Assert.Equal(1, (await running.SendAsync(1)).Sequence);
    }

    /// <summary>
    /// While no one sends, the look alone finds it: a table that is gone is an error of a statement, and yet the storage's.
    /// </summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Is_seen_while_no_one_sends_and_does_not_end_the_worker(StorageProvider engine)
    {
        using var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        await using var running = await RunningWriter.StartAsync(ledger);
        Rename("ledger_head", "ledger_head_away");
        await RunningWriter.UntilAsync(() => running.Ledger.Availability.WriteFault is not null);
        Assert.False(running.Ledger.ExecuteTask!.IsCompleted);
        Rename("ledger_head_away", "ledger_head");
        await RunningWriter.UntilAsync(() => running.Ledger.Availability.WriteFault is null);
        Assert.Equal(1, (await running.SendAsync(1)).Sequence);

        void Rename(string from, string to)
        {
            using var connection = ledger.Store.Open();
            connection.Execute($"ALTER TABLE {from} RENAME TO {to}");
        }
    }

    private sealed class RunningWriter(LedgerFixture folder, ServiceProvider services, LedgerWriter ledger) : IAsyncDisposable
    {
        private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

        public LedgerWriter Ledger => ledger;

        public static async Task<RunningWriter> StartAsync(LedgerFixture folder)
        {
            var services = new ServiceCollection().AddLogging().AddInMemoryBus().BuildServiceProvider();
            await services.GetRequiredService<IBusControl>().StartAsync();
            var ledger = new LedgerWriter(folder.Committer, folder.Store, services.GetRequiredService<MessagePublisher>(),
                folder.Catalogues, NullLogger<LedgerWriter>.Instance);
            await ledger.StartAsync(CancellationToken.None);
            return new RunningWriter(folder, services, ledger);
        }

        public async Task<SubmissionReceipt> SendAsync(int revision) =>
            Assert.Single(
                await ledger.AppendAsync(
                    [folder.Prepare(ValidSubmission().Set("revision", revision).Bytes())], CancellationToken.None).WaitAsync(Long));

        public static async Task UntilAsync(Func<bool> so)
        {
            for (var i = 0; i < 1500 && !so(); i++)
            {
                await Task.Delay(20);
            }

            Assert.True(so());
        }

        public async ValueTask DisposeAsync()
        {
            await ledger.StopAsync(CancellationToken.None);
            ledger.Dispose();
            await services.DisposeAsync();
        }
    }
}
