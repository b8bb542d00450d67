using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator;

/// <summary>Registers the aggregator in a host.</summary>
public static class AggregatorRegistration
{
    /// <summary>The queues that the aggregator reads. A consumer only enqueues a pack, so a small prefetch is enough.</summary>
    public static IEnumerable<IBusQueue> AggregatorQueues => [AcceptedQueue];

    /// <summary>Opened when this process works on the cube. A standby would take packs away from the working process.</summary>
    internal static IBusQueue AcceptedQueue { get; } =
        new BusQueue<AcceptedConsumer>("xilin.aggregator", Exchanges.Accepted, Concurrency: 8)
        {
            Prefetch = 64,
            SingleActiveConsumer = true,
            IsOpenedOnDemand = true,
            IsTakenOver = true,
        };

    internal const string MigrationFolder = ".Cube.Migrations.";

    /// <summary>
    /// Brings a cube's tables up to date. Needs the right to create tables; no aggregator may work on the cube meanwhile.
    /// </summary>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, the cube was written by a newer version, or the database holds no
    /// cube.</exception>
    public static IReadOnlyList<string> Migrate(Database cube, ILogger logger)
    {
        // An aggregator holds the cube while it runs. A migration without missing scripts must not wait for it.
        if (Migrator.IsUpToDate(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder))
        {
            return [];
        }

        using var alone = cube.AcquireLease(CubeLease.LeaseName);
        return Migrator.Migrate(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder, logger);
    }

    /// <summary>Checks that the tables of a cube on a server have the schema of this program.</summary>
    /// <exception cref="InvalidOperationException">The schema is of another version, or the database holds no cube.</exception>
    public static void CheckSchema(Database cube) =>
        Migrator.MigrateOrCheck(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder, NullLogger.Instance);

    /// <summary>Adds the cube; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cube">The cube's database; a SQLite file is created if missing.</param>
    public static IServiceCollection AddAggregator(this IServiceCollection services, Database cube) => services
        .AddMetrics()
        .AddSingleton(provider => new CubeLease(cube, provider.GetRequiredService<ILogger<CubeStore>>()))
        .AddSingleton(provider =>
        {
            // Acquired during the start if it is free, so that an unusable cube fails the start.
            provider.GetRequiredService<CubeLease>().TryAcquire();
            return new CubeStore(cube);
        })
        .AddSingleton<CubeHost>()
        .AddSingleton(provider => provider.GetRequiredService<CubeHost>().Model)
        .AddSingleton(
            provider => new AggregatorProgress(
                provider.GetRequiredService<CubeHost>(), provider.GetRequiredService<IMeterFactory>(), TimeProvider.System))
        .AddSingleton<ReleasedResults>()
        .AddSingleton<ResultFeed>()
        .AddSingleton<Announcements>()
        .AddSingleton<ResultPublisher>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<AggregatorSteps>(provider, TimeProvider.System))
        .AddSingleton<AggregatorService>()
        .AddHostedService(provider => provider.GetRequiredService<AggregatorService>());

    /// <summary>Adds the health check of the cube.</summary>
    public static IHealthChecksBuilder AddAggregatorCheck(this IHealthChecksBuilder checks) => checks.AddCheck<CubeHealth>("cube");

    /// <summary>Maps the results and the catalogue under <c>/api</c>.</summary>
    public static IEndpointRouteBuilder MapAggregator(this IEndpointRouteBuilder routes)
    {
        routes.MapResults();
        routes.MapCatalogue();
        routes.MapContacts();
        routes.MapOutlines();
        routes.MapDefinitions();
        return routes;
    }
}
