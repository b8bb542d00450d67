using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;
using Xunit.Abstractions;

namespace XilinIngest.Storage.Tests;

/// <summary>The line from the process that works on a cube to its server carries nothing any more, and no one has closed it.</summary>
public sealed class A_holder_that_falls_silent(ITestOutputHelper output)
{
    [Theory, OnPostgreSql, Trait("suite", "long")]
    public async Task Loses_its_lock_within_half_a_minute_to_the_one_that_stands_by_and_can_write_no_more(StorageProvider engine)
    {
        var direct = TestDatabases.NewConnectionString(engine, "", "cube");
        var cube = Database.TryParse(engine, direct)!;
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        await using var proxy = TcpProxy.InFrontOf(new Uri($"tcp://127.0.0.1:{new NpgsqlConnectionStringBuilder(direct).Port}"));
        var through = Database.TryParse(engine,
                new NpgsqlConnectionStringBuilder(direct) { Port = proxy.Port, Timeout = 60, CommandTimeout = 60 }.ConnectionString)!;
        using var lease = new CubeLease(through, NullLogger<CubeStore>.Instance);
        Assert.True(lease.TryAcquire());
        var store = new CubeStore(through);
        store.TakeOver();

        // Longer than a session may be silent: a holder that only waits keeps its lock.
        using var standby = new CubeLease(cube, NullLogger<CubeStore>.Instance);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(32); await Task.Delay(1000))
        {
            Assert.False(standby.TryAcquire());
        }

        store.EnsureHeld();
        proxy.Stall();
        var since = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await standby.AcquireAsync(limit.Token);
        output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s  taken over");
        var next = new CubeStore(cube);
        next.TakeOver();

        // Thawed, it does not know that it has lost the cube until it writes.
        proxy.Resume();
        Assert.True(lease.IsHeld);
        using var connection = store.Open();
        using (var transaction = Database.BeginWrite(connection))
        {
            Assert.Throws<LeaseLostException>(() => store.WriteApplied(connection, transaction, 7, null));
        }

        Assert.Throws<LeaseLostException>(store.EnsureHeld);
        next.EnsureHeld();
    }
}
