using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>Four hands write, another verifies the whole again and again; on SQL Server whatever the database is set to.</summary>
public sealed class A_ledger_that_is_read_while_it_is_written
{
    private const int Hands = 4;
    private const int Rows = 240;

    [Theory]
    [OnSqlite(true)]
    [OnPostgreSql(true)]
    [OnSqlServer(true, "READ_COMMITTED_SNAPSHOT ON")]
    [OnSqlServer(false, "READ_COMMITTED_SNAPSHOT OFF")]
    public async Task Has_one_sequence_without_a_gap_and_always_holds(StorageProvider engine, bool snapshots, params string[] settings)
    {
        using var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger", settings));
        Assert.Equal(snapshots, !ledger.Database.ReadersBlockWriters());
        var bodies = Enumerable.Range(1, Rows).Select(i => ValidSubmission().Set("revision", i).Bytes()).Select(ledger.Prepare).ToList();
        var (faults, readings) = (0, 0);
        var writing = Task.WhenAll(Enumerable.Range(0, Hands).Select(worker => Task.Run(() =>
        {
            var committer = ledger.NewCommitter();
            foreach (var group in bodies.Where((_, i) => i % Hands == worker).Chunk(7))
            {
                Again(() => committer.Commit(group));
            }
        })));
        while (!writing.IsCompleted)
        {
            Assert.Empty(Again(ledger.Verify).Faults);
            readings++;
        }

        await writing;
        Assert.True(readings > 1, "nothing was read meanwhile");

        // With snapshots no one is in another's way; without them they may be, and what failed is done again as a whole.
        Assert.True(faults == 0 || !snapshots, $"{faults} transactions failed");
        Assert.Equal(Enumerable.Range(1, Rows).Select(i => (long)i), ledger.Rows().Select(row => row.Sequence));
        Assert.Empty(ledger.Verify().Faults);

        T Again<T>(Func<T> work)
        {
            while (true)
            {
                try
                {
                    return snapshots ? work() : RetryPolicies.RetryTransient(NullLogger.Instance).Execute(work);
                }
                catch (Exception exception) when (StorageFault.IsTransient(exception))
                {
                    Interlocked.Increment(ref faults);
                }
            }
        }
    }

    /// <summary>
    /// What SQL Server gives, on a server that can be had here: the head, the rows and what stands are read one after the other, and differ
    /// by what came between.
    /// </summary>
    [Theory, OnPostgreSql]
    public async Task Holds_at_read_committed_too_and_an_altered_figure_is_still_found(StorageProvider engine)
    {
        using var ledger = new LedgerFixture(database: folder => TestDatabases.NewDatabase(engine, folder, "ledger"));
        var bodies = Enumerable.Range(1, Rows).Select(i => ValidSubmission().Set("revision", i).Bytes()).Select(ledger.Prepare).ToList();
        var writing = Task.Run(() =>
        {
            foreach (var group in bodies.Chunk(3))
            {
                ledger.Committer.Commit(group);
            }
        });
        var last = 0L;
        for (var growing = 0; !writing.IsCompleted || growing == 0;)
        {
            var read = ledger.VerifyAtReadCommitted();
            Assert.Empty(read.Faults);
            growing += read.Rows > last ? 1 : 0;
            last = read.Rows;
        }

        await writing;
        Assert.Equal(Rows, ledger.VerifyAtReadCommitted().Rows);
        ledger.ExecuteSql("UPDATE ledger_entry SET sender = 'another' WHERE sequence = 7");
        Assert.Contains("row 7 ", Assert.Single(ledger.VerifyAtReadCommitted().Faults), StringComparison.Ordinal);
    }
}
