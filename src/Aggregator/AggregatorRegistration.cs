using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Observability;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator;

/// <summary>Registers the aggregator in a host.</summary>
public static class AggregatorRegistration
{
    /// <summary>The queues that the aggregator reads. A consumer only enqueues a pack, so a small prefetch is enough.</summary>
    public static IEnumerable<IBusQueue> AggregatorQueues => QueuesOf([Partition.WholeTree]);

    /// <summary>The same where the unit tree is split.</summary>
    public static IEnumerable<IBusQueue> QueuesOf(IEnumerable<Partition> partitions) => partitions.SelectMany(PartitionQueues.AllOf);

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

    /// <summary>The scripts that a cube lacks. Changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version, or holds something else.</exception>
    public static IReadOnlyList<string> FindMissingScripts(Database cube) =>
        Migrator.FindMissing(cube, typeof(AggregatorRegistration).Assembly, MigrationFolder);

    /// <summary>Adds the cube; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cube">The cube's database; a SQLite file is created if missing. Where the unit tree is split, those of its partitions
    /// are beside it.</param>
    public static IServiceCollection AddAggregator(this IServiceCollection services, Database cube) =>
        services.AddAggregator(partition => partition.IsWholeTree ? cube : cube.ForPartition(partition.Path));

    /// <summary>The same with the database of each partition's cube.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cubeOf">The database of a partition's cube.</param>
    public static IServiceCollection AddAggregator(this IServiceCollection services, Func<Partition, Database> cubeOf) => services
        .AddPartitions(provider => AcquireLeases(CreatePartitions(provider, cubeOf, areFollowed: false)))
        .AddSingleton<AggregatorService>()
        .AddHostedService(provider => provider.GetRequiredService<AggregatorService>());

    /// <summary>The same without leases and loops: an engine places the partitions and runs them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cubeOf">The database of a partition's cube, on a server.</param>
    internal static IServiceCollection AddPlacedAggregator(this IServiceCollection services, Func<Partition, Database> cubeOf) =>
        services.AddPartitions(provider => CreatePartitions(provider, cubeOf, areFollowed: true));

    private static IServiceCollection AddPartitions(
        this IServiceCollection services, Func<IServiceProvider, ResultPartitions> create) => services
        .AddMetrics()
        .AddSingleton<PublishedModel>()
        .AddSingleton<ReleasedResults>()
        .AddSingleton<ResultFeed>()
        .AddSingleton<Announcements>()
        .AddSingleton<AcceptedConsumer>()
        .AddSingleton<RollUpConsumer>()
        .AddSingleton(_ => new MemoryCompaction(TimeProvider.System))
        .AddSingleton(create);

    private static ResultPartitions CreatePartitions(
        IServiceProvider provider, Func<Partition, Database> cubeOf, bool areFollowed)
    {
        var catalogues = provider.GetRequiredService<CatalogueSource>();
        AggregatorTelemetry.Observe(provider.GetRequiredService<PublishedModel>(), provider.GetRequiredService<IMeterFactory>());
        return new ResultPartitions(catalogues, [.. catalogues.Current.Partitions.All.Select(partition =>
            ActivatorUtilities.CreateInstance<PartitionResults>(provider, partition, cubeOf(partition), areFollowed))]);
    }

    private static ResultPartitions AcquireLeases(ResultPartitions partitions)
    {
        // Acquired during the start if they are free, so that an unusable cube fails the start; where one is not, the others wait for it.
        _ = partitions.All.All(each => each.Lease.TryAcquire());
        return partitions;
    }

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
