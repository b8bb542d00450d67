using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Engines;
using XilinIngest.Storage;

namespace XilinIngest.Storage.Tests;

/// <summary>The process that works on the cube has its own way of waiting; the one that stands by must be there when it is needed.</summary>
public sealed class A_standby_whose_server_dies
{
    [Theory, OnPostgreSql]
    public async Task Goes_on_standing_by_says_why_meanwhile_and_takes_over(StorageProvider engine)
    {
        using var server = new PrivatePostgres();
        var cube = Database.TryParse(engine, server.NewDatabase("cube"))!;
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        using var working = cube.TryClaim(CubeClaim.Name);
        Assert.NotNull(working);
        using var claim = new CubeClaim(cube, NullLogger<CubeStore>.Instance);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var standing = claim.TakeAsync(patience.Token);
        await Task.Delay(500);
        Assert.False(standing.IsCompleted || claim.Fault is not null);

        server.Kill();
        while (claim.Fault is null && !standing.IsCompleted)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.NotNull(StorageFault.Of(claim.Fault, cube.Name));
        Assert.False(standing.IsCompleted);

        server.Start();
        await standing;
        Assert.True(claim.IsTaken);
        Assert.Null(claim.Fault);
    }
}
