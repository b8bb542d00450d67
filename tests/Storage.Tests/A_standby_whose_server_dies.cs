using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>
/// The process that works on the cube has its own way of waiting; the one that stands by must be there when it is needed.
/// </summary>
public sealed class A_standby_whose_server_dies
{
    [Theory, OnPostgreSql]
    public async Task Goes_on_standing_by_says_why_meanwhile_and_takes_over(StorageProvider engine)
    {
        using var server = new PrivatePostgreSql();
        var cube = Database.TryParse(engine, server.NewDatabase("cube"))!;
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        using var working = cube.TryAcquireLease(CubeLease.LeaseName);
        Assert.NotNull(working);
        using var lease = new CubeLease(cube, NullLogger<CubeStore>.Instance);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var effective = lease.AcquireAsync(timeout.Token);

        // The age counts from the first time that the lease was asked for and found taken.
        while (lease.HolderHeartbeatAge == TimeSpan.Zero && !effective.IsCompleted)
        {
            await Task.Delay(20, timeout.Token);
        }

        Assert.False(effective.IsCompleted || lease.Fault is not null);

        server.Kill();
        while (lease.Fault is null && !effective.IsCompleted)
        {
            await Task.Delay(20, timeout.Token);
        }

        Assert.NotNull(StorageFault.FromException(lease.Fault, cube.Name));
        Assert.False(effective.IsCompleted);

        server.Start();
        await effective;
        Assert.True(lease.IsHeld);
        Assert.Null(lease.Fault);
    }
}
