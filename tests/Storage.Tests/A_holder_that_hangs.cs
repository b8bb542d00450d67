using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>
/// Its session lives and keeps the lock, and nothing of its work goes on. The one that stands by sees it in the cube's own database.
/// </summary>
public sealed class A_holder_that_hangs
{
    [Theory, OnPostgreSql, OnSqlServer]
    public async Task Is_seen_by_the_one_that_stands_by_within_ten_seconds_and_one_that_works_is_not(StorageProvider engine)
    {
        var cube = TestDatabases.NewDatabase(engine, "", "cube");
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        using var lease = new CubeLease(cube, NullLogger<CubeStore>.Instance);
        Assert.True(lease.TryAcquire());
        var store = new CubeStore(cube);
        store.TakeOver();
        using var standby = new CubeLease(cube, NullLogger<CubeStore>.Instance);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var effective = standby.AcquireAsync(limit.Token);

        // As often as an aggregator looks whether the cube is still its own.
        for (var second = 0; second < 10; second++)
        {
            store.EnsureHeld();
            await Task.Delay(1000);
            Assert.True(standby.HolderHeartbeatAge < TimeSpan.FromSeconds(5), $"{standby.HolderHeartbeatAge}");
        }

        for (var since = Stopwatch.StartNew(); standby.HolderHeartbeatAge <= TimeSpan.FromSeconds(6); await Task.Delay(50))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"{standby.HolderHeartbeatAge}");
        }

        Assert.Null(standby.Fault);
        Assert.False(effective.IsCompleted);
        lease.Dispose();
        await effective;
    }
}
