using System.Net;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Where a service listens. Without sign-in every caller has all rights, so it then listens only on loopback, whatever the settings say.
/// </summary>
/// <param name="ConfiguredAddress">The address that the settings name.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsSignInRequired">Whether people have to sign in.</param>
public sealed record ListenEndpoint(IPAddress ConfiguredAddress, int Port, bool IsSignInRequired)
{
    public bool IsRestrictedToLoopback => !IsSignInRequired && !IPAddress.IsLoopback(ConfiguredAddress);

    public IPEndPoint EndPoint => new(IsRestrictedToLoopback ? IPAddress.Loopback : ConfiguredAddress, Port);
}
