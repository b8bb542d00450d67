using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
    public static IEnumerable<IBusQueue> AggregatorQueues => [new BusQueue<AcceptedConsumer>("xilin.aggregator", Exchanges.Accepted, Concurrency: 8)];

    /// <summary>Adds the cube; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cubePath">The cube's SQLite file; made if missing.</param>
    public static IServiceCollection AddAggregator(this IServiceCollection services, string cubePath) => services
        .AddSingleton(provider =>
        {
            var database = new Database(cubePath);
            Migrator.Migrate(database, typeof(AggregatorRegistration).Assembly, ".Cube.Migrations.", provider.GetRequiredService<ILogger<CubeStore>>());
            return new CubeStore(database);
        })
        .AddSingleton<CubeHost>()
        .AddSingleton<ResultFeed>()
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
