using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

/// <summary>Where a service listens: <c>Http:Address</c> and <c>Http:Port</c>.</summary>
internal sealed class ListenOptions
{
    public string? Address { get; set; }

    public string? Port { get; set; }

    /// <summary>The loopback address unless another is named.</summary>
    public IPAddress EffectiveAddress =>
        string.IsNullOrEmpty(Address) ? IPAddress.Loopback : TryParseAddress(Address) ?? IPAddress.Loopback;

    public int EffectivePort(int defaultPort) => string.IsNullOrEmpty(Port) ? defaultPort : TryParsePort(Port) ?? 0;

    // IPAddress reads 127.1 and 1 as addresses; only the full notation is accepted.
    internal static IPAddress? TryParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (address.ToString() == text || text.Contains(':', StringComparison.Ordinal))
            ? address : null;

    internal static int? TryParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}

/// <summary>Validates the address and, of a service that reads it, the port.</summary>
internal sealed class ListenOptionsValidator(bool readsPort) : IValidateOptions<ListenOptions>
{
    public ValidateOptionsResult Validate(string? name, ListenOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Http:Address", options.Address, text => ListenOptions.TryParseAddress(text) is not null,
            "IP 地址：127.0.0.1（仅本机）、0.0.0.0（全部网卡）或本机的某个地址",
            "an IP address: 127.0.0.1 (this machine only), 0.0.0.0 (every interface) or one of this machine's");
        if (readsPort)
        {
            faults.Check(
                "Http:Port", options.Port, text => ListenOptions.TryParsePort(text) is not null,
                "0 至 65535;0 为任一空闲端口", "0 to 65535; 0 takes a free port");
        }

        return faults.Result;
    }
}

/// <summary>Reads at the start where the service listens.</summary>
public static class ListenStartup
{
    private const string Section = "Http";

    /// <summary>Where the service listens: on this machine alone, unless the settings say otherwise and people have to sign in.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="defaultPort">The port without a setting.</param>
    /// <param name="access">How people sign in.</param>
    public static ListenEndpoint ReadListenEndpoint(this StartupOptions options, int defaultPort, AccessOptions access)
    {
        var listen = options.Bind(new ListenOptionsValidator(readsPort: true), Section);
        return new(listen.EffectiveAddress, listen.EffectivePort(defaultPort), access.IsSignInRequired);
    }

    /// <summary>The address on which the service listens; the loopback address without a setting.</summary>
    public static IPAddress Address(this StartupOptions options) =>
        options.Bind(new ListenOptionsValidator(readsPort: false), Section).EffectiveAddress;
}
