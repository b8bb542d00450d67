using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using XilinIngest.Aggregator.Cluster.Partitions;
using XilinIngest.Aggregator.Cluster.Placement;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Hosting;

namespace XilinIngest.Aggregator.Cluster;

/// <summary>Makes a host a silo, which runs its share of the partitions. How fast a silo is given up is in docs/cluster.md.</summary>
internal static class ClusterRegistration
{
    private const string Invariant = "Npgsql";

    // The probes of two others miss twice, a second each. A silo that pauses for four seconds is given up; for two it is not.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;
    private const int Votes = 2;
    private static readonly TimeSpan TableInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Adds the silo. It starts before the bus.</summary>
    public static void AddSilo(this WebApplicationBuilder builder, MemberSettings member)
    {
        // A silo that does not answer is told of by the keeper, once, and not for every call and connection.
        builder.Logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Polly", LogLevel.Error);
        builder.UseOrleans(silo => silo
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, member.ConnectionString))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (member.Id, member.Id))
            .ConfigureEndpoints(member.EndPoint.Address, member.EndPoint.Port, gatewayPort: 0)
            .Configure<EndpointOptions>(options => options.SiloListeningEndpoint =
                new IPEndPoint(member.EndPoint.Address, member.EndPoint.Port))
            .Configure<ClusterMembershipOptions>(Tune)
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout)
            .AddPlacementDirector<RendezvousPlacement, RendezvousPlacementDirector>());
    }

    /// <summary>Adds what keeps the partitions running and follows those of other silos. It stops before the bus.</summary>
    public static void AddPartitionsOfSilo(this IServiceCollection services) => services
        .AddSingleton<PartitionKeys>()
        .AddSingleton(provider => new PartitionRunners(provider.GetRequiredService<ResultPartitions>().All.Select(partition =>
            new PartitionRunner(partition, provider.GetRequiredService<ResultFeed>(),
                provider.GetRequiredService<ILogger<PartitionRunner>>()))))
        .AddHostedService<PartitionFollower>()
        .AddHostedService<PartitionKeeper>();

    private static void Tune(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = options.MaxProbeTimeout = ProbeTimeout;
        options.NumMissedProbesLimit = MissedProbes;
        options.NumVotesForDeathDeclaration = Votes;
        options.TableRefreshTimeout = options.IAmAliveTablePublishTimeout = TableInterval;
    }
}
