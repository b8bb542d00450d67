using Microsoft.Extensions.Configuration;
using XilinIngest.ClientLibrary;

namespace XilinIngest.Admin.Federation;

/// <summary>The settings of <c>federate</c>, which are no options, because other users can see a command line.</summary>
/// <param name="Source">The name of the lower installation in the submissions.</param>
/// <param name="FromKey">The access key of the lower installation; null: it wants none.</param>
/// <param name="ToKey">The access key of the upper installation; null: it wants none.</param>
/// <param name="Bus">The upper installation's message broker with user and password; null: submissions go over HTTP.</param>
internal sealed record FederationSettings(string Source, string? FromKey, string? ToKey, BrokerConnectionSettings? Bus)
{
    private const int MaxSourceLength = 200;
    private static readonly string[] WorkerSettings = ["FromWorker", "ToWorker"];

    public (string Zh, string En)? Fault { get; private init; }

    /// <summary>The worker of the lower installation, if its services are apart; null: it has the address of the whole.</summary>
    public Uri? FromWorker { get; private init; }

    /// <summary>The worker of the upper installation, if its services are apart.</summary>
    public Uri? ToWorker { get; private init; }

    /// <summary>The way of submissions to the upper installation.</summary>
    public XilinClientOptions ToClientOptions(Uri to) =>
        Bus is null ? new() { Server = ToWorker ?? to, AccessKey = ToKey } : new() { Broker = Bus };

    /// <exception cref="ClientConfigurationException">The broker's address or its certificate is wrong.</exception>
    public static FederationSettings Read(IConfiguration configuration, Uri from)
    {
        var source = Text(configuration, "Source") ?? from.GetLeftPart(UriPartial.Authority);
        var bus = Text(configuration, "Bus") is { } address
            ? BrokerConnectionSettings.Create(address, authorityFile: Text(configuration, "BusAuthority")) : null;
        return new(source, Text(configuration, "FromKey"), Text(configuration, "ToKey"), bus)
        {
            FromWorker = Address(configuration, "FromWorker"),
            ToWorker = Address(configuration, "ToWorker"),
            Fault = source.Length > MaxSourceLength || source.Any(char.IsControl)
                ? ($"Federation__Source 最多 {MaxSourceLength} 个字符，不含控制字符。",
                    $"Federation__Source has at most {MaxSourceLength} characters and no control characters.")
                : WorkerSettings.FirstOrDefault(
                    name => Text(configuration, name) is not null && Address(configuration, name) is null) is { } wrong
                ? ($"Federation__{wrong} 须是 http 或 https 地址。", $"Federation__{wrong} must be an http or https address.")
                : null,
        };
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration["Federation:" + name]?.Trim() is { Length: > 0 } text ? text : null;

    private static Uri? Address(IConfiguration configuration, string name) =>
        Uri.TryCreate(Text(configuration, name), UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" }
            ? uri : null;
}
