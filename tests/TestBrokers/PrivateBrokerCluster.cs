using System.Globalization;
using System.Runtime.Versioning;

namespace XilinIngest.TestBrokers;

/// <summary>Private nodes that found each other: a quorum queue has a member on each.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateBrokerCluster : TestBroker
{
    private readonly IReadOnlyList<PrivateBrokerNode> _nodes;

    private PrivateBrokerCluster(IReadOnlyList<NodePorts> places)
    {
        var peers = string.Concat(
            places.Select(
                (place, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"cluster_formation.classic_config.nodes.{i + 1} = {place.Name}\n")));
        _nodes = [.. places.Select(place => new PrivateBrokerNode(place, PrivateBrokerNode.Configuration + """
            cluster_formation.peer_discovery_backend = classic_config
            cluster_formation.randomized_startup_delay_range.min = 0
            cluster_formation.randomized_startup_delay_range.max = 1

            """ + peers, "[]."))];
    }

    public override Uri Address => _nodes.First(node => node.IsRunning).Address;

    public override IReadOnlyList<Uri> Addresses => [.. _nodes.Select(node => node.Address)];

    public static async Task<TestBroker> StartNodesAsync(int nodes)
    {
        var cluster = new PrivateBrokerCluster(NodePorts.Allocate(nodes));
        try
        {
            await cluster.RestartAsync();
            await cluster._nodes[0].ControlAsync("await_online_nodes", nodes.ToString(CultureInfo.InvariantCulture));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public override async Task<Func<Task>> FindLeaderAsync(string queue)
    {
        // A process is named after its node; of a quorum queue it is the leader's.
        var queues = await _nodes.First(node => node.IsRunning).ControlAsync("--quiet", "list_queues", "name", "pid");
        var process = queues.Split('\n').Select(line => line.Split('\t')).Single(line => line[0] == queue)[1].Trim();
        return _nodes.Single(node => process.StartsWith($"<{node.Name}.", StringComparison.Ordinal)).KillAsync;
    }

    public override Task ImportAsync(string definitions) => _nodes[0].ImportAsync(definitions);

    public override Task<string> ExportAsync() => _nodes[0].ExportAsync();

    public override Task KillAsync() => Task.WhenAll(_nodes.Where(node => node.IsRunning).Select(node => node.KillAsync()));

    /// <summary>Starts those that do not run.</summary>
    public override Task RestartAsync() => Task.WhenAll(_nodes.Where(node => !node.IsRunning).Select(node => node.RestartAsync()));

    public override Task<string> ControlAsync(params string[] arguments) => _nodes.First(node => node.IsRunning).ControlAsync(arguments);

    // The first brought the name server.
    public override async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Reverse())
        {
            await node.DisposeAsync();
        }
    }
}
