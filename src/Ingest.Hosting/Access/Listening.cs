using System.Net;

namespace XilinIngest.Hosting.Access;

/// <summary>Where a service listens. Without sign-in on this machine alone, whatever it is told: who reaches it may do everything.</summary>
/// <param name="Told">The address that the settings name.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsGuarded">Whether people have to sign in.</param>
public sealed record Listening(IPAddress Told, int Port, bool IsGuarded)
{
    public bool IsHeldBack => !IsGuarded && !IPAddress.IsLoopback(Told);

    public IPEndPoint End => new(IsHeldBack ? IPAddress.Loopback : Told, Port);
}
