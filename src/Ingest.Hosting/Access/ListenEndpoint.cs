using System.Net;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Where a service listens. Without sign-in it listens on loopback alone, whatever the settings say, because every caller has all rights.
/// </summary>
/// <param name="ConfiguredAddress">The address that the settings name.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsSignInRequired">Whether people have to sign in.</param>
public sealed record ListenEndpoint(IPAddress ConfiguredAddress, int Port, bool IsSignInRequired)
{
    public bool IsRestrictedToLoopback => !IsSignInRequired && !IPAddress.IsLoopback(ConfiguredAddress);

    public IPEndPoint EndPoint => new(IsRestrictedToLoopback ? IPAddress.Loopback : ConfiguredAddress, Port);
}
