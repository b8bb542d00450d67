using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator;

/// <summary>The aggregator as a part of a host.</summary>
public static class AggregatorRegistration
{
    /// <summary>The queues the aggregator reads. A pack is only put in line, so a few at once are enough.</summary>
    public static IEnumerable<IBusQueue> AggregatorQueues => [AcceptedQueue];

    /// <summary>
    /// Read from the moment that this process works on the cube: what a standby took would be lost to the one that works.
    /// </summary>
    internal static IBusQueue AcceptedQueue { get; } =
        new BusQueue<AcceptedConsumer>("xilin.aggregator", Exchanges.Accepted, Concurrency: 8)
        {
            Prefetch = 64,
            SingleActiveConsumer = true,
            IsOpenedOnDemand = true,
        };

    internal const string MigrationFolder = ".Cube.Migrations.";

    /// <summary>Brings a cube's tables up to date, which takes the right to make them; no aggregator may work on it meanwhile.</summary>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, or the cube was written by a newer version, or it is none.</exception>
    public static IReadOnlyList<string> Migrate(Database cube, ILogger logger)
    {
        // An aggregator holds the cube for as long as it runs: asked again with nothing to do, migrate must not wait for it.
        if (Migrator.IsUpToDate(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder))
        {
            return [];
        }

        using var alone = cube.AcquireLease(CubeLease.LeaseName);
        return Migrator.Migrate(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder, logger);
    }

    /// <summary>Sees that the tables of a cube on a server are those of this program.</summary>
    /// <exception cref="InvalidOperationException">They are of another version, or it is no cube.</exception>
    public static void CheckSchema(Database cube) =>
        Migrator.MigrateOrCheck(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder, NullLogger.Instance);

    /// <summary>Adds the cube; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cube">Where the cube is kept; a SQLite file is made if missing.</param>
    public static IServiceCollection AddAggregator(this IServiceCollection services, Database cube) => services
        .AddMetrics()
        .AddSingleton(provider => new CubeLease(cube, provider.GetRequiredService<ILogger<CubeStore>>()))
        .AddSingleton(provider =>
        {
            // At once where it is free, so that a cube that cannot be used stops the start.
            provider.GetRequiredService<CubeLease>().TryAcquire();
            return new CubeStore(cube);
        })
        .AddSingleton<CubeHost>()
        .AddSingleton(provider => provider.GetRequiredService<CubeHost>().Model)
        .AddSingleton(
            provider => new AggregatorProgress(provider.GetRequiredService<CubeHost>(), provider.GetRequiredService<IMeterFactory>()))
        .AddSingleton<ResultFeed>()
        .AddSingleton<ResultPublisher>()
        .AddSingleton<AggregatorService>()
        .AddHostedService(provider => provider.GetRequiredService<AggregatorService>());

    /// <summary>Shows in health when the cube is loading, behind or failing.</summary>
    public static IHealthChecksBuilder AddAggregatorCheck(this IHealthChecksBuilder checks) => checks.AddCheck<CubeHealth>("cube");

    /// <summary>Maps the results and the catalogue under <c>/api</c>.</summary>
    public static IEndpointRouteBuilder MapAggregator(this IEndpointRouteBuilder routes)
    {
        routes.MapResults();
        routes.MapCatalogue();
        return routes;
    }
}
