using System.Net;
using System.Net.Sockets;

namespace XilinIngest.TestBrokers;

/// <summary>Where a node listens, and how those of its cluster find it.</summary>
/// <param name="Port">For clients.</param>
/// <param name="DistributionPort">For other nodes.</param>
/// <param name="PortMapperPort">The name server's.</param>
/// <param name="Cookie">The secret that the nodes of a cluster share.</param>
/// <param name="StartsPortMapper">Whether this node brings the name server; one of a cluster does.</param>
internal sealed record NodePorts(int Port, int DistributionPort, int PortMapperPort, string Cookie, bool StartsPortMapper)
{
    public string Name => FormattableString.Invariant($"xilin-{Port}@localhost");

    /// <summary>Free ports for the nodes of one cluster.</summary>
    public static IReadOnlyList<NodePorts> Allocate(int count)
    {
        var ports = FreePorts(2 * count + 1);
        var cookie = Guid.NewGuid().ToString("N");
        return [.. Enumerable.Range(0, count).Select(i => new NodePorts(ports[2 * i], ports[2 * i + 1], ports[^1], cookie, i == 0))];
    }

    private static int[] FreePorts(int count)
    {
        var taken = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        taken.ForEach(listener => listener.Start());
        var ports = taken.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        taken.ForEach(listener => listener.Stop());
        return ports;
    }
}
