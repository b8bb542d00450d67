using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.TestEngines;
using Xunit.Abstractions;

namespace XilinIngest.Storage.Tests;

/// <summary>PostgreSQL killed under load, and a connection that breaks when the commit has been made and not yet answered.</summary>
public sealed class A_server_that_dies(ITestOutputHelper output)
{
    [Theory, OnPostgreSql]
    public async Task Loses_nothing_that_was_acknowledged(StorageProvider engine)
    {
        using var server = new PrivatePostgreSql();
        var text = server.NewDatabase("ledger");
        using var ledger = new LedgerFixture(database: _ => Database.TryParse(engine, text)!);
        var (given, acknowledged, faults, batches) = (0, 0, 0, 0);
        var enough = false;
        var working = Task.Run(() =>
        {
            // Works until every kill was noticed, however fast the machine is.
            while (!Volatile.Read(ref enough))
            {
                var batch = Enumerable.Range(given + 1, 5)
                    .Select(i => ledger.Prepare(ValidSubmission().Set("revision", i).Bytes())).ToList();
                given += batch.Count;
                while (true)
                {
                    try
                    {
                        acknowledged += ledger.Committer.Commit(batch).Receipts.Count;
                        break;
                    }
                    catch (Exception exception) when (StorageFault.FromException(exception, ledger.Database.Name) is not null)
                    {
                        // As the broker redelivers it.
                        Interlocked.Increment(ref faults);
                        Thread.Sleep(20);
                    }
                }

                Interlocked.Increment(ref batches);
            }
        });
        for (var kill = 1; kill <= 3; kill++)
        {
            var (before, noticed) = (Volatile.Read(ref batches), Volatile.Read(ref faults));
            await Until(() => Volatile.Read(ref batches) >= before + 10 || working.IsCompleted);
            server.Kill();
            server.Start();
            await Until(() => Volatile.Read(ref faults) > noticed || working.IsCompleted);
        }

        Volatile.Write(ref enough, true);
        await working;
        output.WriteLine($"{faults} batches of {batches} failed and were given again");
        Assert.True(faults >= 3, "the kills were not noticed");
        Assert.Equal(given, acknowledged);
        Assert.Equal(Enumerable.Range(1, given).Select(i => (long)i), ledger.Rows().Select(row => row.Sequence));
        Assert.Empty(ledger.Verify().Faults);
    }

    /// <summary>Questions of people, background work and steps have connections of their own, and each of them an idle one.</summary>
    [Theory, OnPostgreSql]
    public void Costs_one_failure_and_not_one_for_each_kind_of_connection(StorageProvider engine)
    {
        using var server = new PrivatePostgreSql();
        var database = Database.TryParse(engine, server.NewDatabase("ledger"))!;
        Func<DbConnection>[] kinds =
            [() => database.Open(), database.OpenInteractive, () => database.WithIdleTransactionLimit(TimeSpan.FromSeconds(2)).Open()];
        foreach (var open in kinds)
        {
            Ask(open);
        }

        server.Kill();
        server.Start();

        // None where another test's server died just now: all idle connections of the process are forgotten then.
        Assert.InRange(kinds.Count(Fails), 0, 1);
    }

    [Theory, OnPostgreSql]
    public void Has_what_it_committed_though_the_answer_was_lost_and_gives_it_once(StorageProvider engine)
    {
        var direct = TestDatabases.NewConnectionString(engine, "", "ledger");
        using var line = new BreakingProxy(new NpgsqlConnectionStringBuilder(direct).Port);
        using var ledger =
            new LedgerFixture(
                database: _ => Database.TryParse(engine, new NpgsqlConnectionStringBuilder(direct) { Port = line.Port }.ConnectionString)!);
        var group = Enumerable.Range(1, 5).Select(i => ValidSubmission().Set("revision", i).Bytes()).Select(ledger.Prepare).ToList();
        line.BreakAtCommit = true;
        var committed = RetryPolicies.RetryTransient(NullLogger.Instance).Execute(() => ledger.Committer.Commit(group));
        Assert.True(line.HasBroken);
        Assert.Equal(Enumerable.Range(1, 5).Select(i => (long)i), committed.Receipts.Select(receipt => receipt.Receipt.Sequence));

        // Found again: each goes out once more, in a pack that carries no place in the log of its own.
        Assert.Equal(5, committed.AcceptedPacks.Sum(pack => pack.Submissions.Count));
        Assert.Equal(5, ledger.Rows().Count);
        Assert.Empty(ledger.Verify().Faults);
    }

    private static bool Fails(Func<DbConnection> open)
    {
        try
        {
            Ask(open);
            return false;
        }
        catch (DbException)
        {
            return true;
        }
    }

    private static void Ask(Func<DbConnection> open)
    {
        using var connection = open();
        connection.Execute("SELECT 1");
    }

    private static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 3000 && !so(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(so());
    }

    /// <summary>A line to a server that, told to, hands the next COMMIT over and breaks before the answer.</summary>
    private sealed class BreakingProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly int _server;

        public BreakingProxy(int server)
        {
            _server = server;
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public volatile bool BreakAtCommit;

        public volatile bool HasBroken;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await _listener.AcceptTcpClientAsync();
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    return;
                }

                _ = ServeAsync(client);
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(IPAddress.Loopback, _server);
                var back = server.GetStream().CopyToAsync(client.GetStream());
                var buffer = new byte[64 * 1024];
                try
                {
                    for (int read; (read = await client.GetStream().ReadAsync(buffer)) > 0;)
                    {
                        var breaks = BreakAtCommit
                            && Encoding.ASCII.GetString(buffer, 0, read).Contains("COMMIT", StringComparison.Ordinal);
                        if (breaks)
                        {
                            // The answer goes nowhere: this end is closed for good before the commit is handed over.
                            (BreakAtCommit, HasBroken) = (false, true);
                            client.Client.Shutdown(SocketShutdown.Send);
                        }

                        await server.GetStream().WriteAsync(buffer.AsMemory(0, read));
                        if (breaks)
                        {
                            await Task.Delay(200);
                            return;
                        }
                    }
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    // One end is gone; so is the line.
                }
                finally
                {
                    server.Close();
                    await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }
}
