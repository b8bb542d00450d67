using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XilinIngest.Contracts;

/// <summary>
/// The address of the broker and the user who signs in: <c>amqp(s)://user[:password]@host[:port][,host[:port]…][/vhost]</c>. Services and
/// offices' clients parse it by the same rules.
/// </summary>
public sealed class BrokerAddress
{
    private const int DefaultPort = 5672;
    private const int DefaultTlsPort = 5671;

    private BrokerAddress(bool isEncrypted, IReadOnlyList<BrokerNode> nodes, string user, string? password, string virtualHost)
    {
        (IsEncrypted, Nodes, User, Password, VirtualHost) = (isEncrypted, nodes, user, password, virtualHost);
    }

    /// <summary>Whether the connection is encrypted (<c>amqps</c>).</summary>
    public bool IsEncrypted { get; }

    /// <summary>The nodes of the cluster, at least one.</summary>
    public IReadOnlyList<BrokerNode> Nodes { get; }

    /// <summary>The user; for an office, its unit's code.</summary>
    public string User { get; }

    /// <summary>The password; null if the address has none.</summary>
    public string? Password { get; }

    /// <summary>The virtual host; <c>/</c> if the address names none.</summary>
    public string VirtualHost { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address; parts with special characters are percent-encoded.</param>
    /// <param name="address">The parsed address.</param>
    /// <returns>False if the scheme is not <c>amqp</c> or <c>amqps</c>, or if user, host or port is missing or malformed.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        if (text is null)
        {
            return false;
        }

        // A text with several hosts is not a URI. The parts before and after them are parsed once with each host.
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var from = scheme < 0 ? 0 : Math.Max(scheme + 3, text.LastIndexOf('@') + 1);
        var slash = text.IndexOf('/', from);
        var to = slash < 0 ? text.Length : slash;
        var uris = text[from..to].Split(',').Select(host => ReadNode(text[..from] + host + text[to..])).ToList();
        if (uris.Contains(null) || uris[0]!.UserInfo.Split(':') is not ([{ Length: > 0 }] or [{ Length: > 0 }, _]))
        {
            return false;
        }

        var (first, isEncrypted) = (uris[0]!, uris[0]!.Scheme == "amqps");
        var parts = first.UserInfo.Split(':');
        address = new BrokerAddress(
            isEncrypted,
            [.. uris.Select(node => new BrokerNode(node!.Host, node.Port > 0 ? node.Port : isEncrypted ? DefaultTlsPort : DefaultPort))],
            Uri.UnescapeDataString(parts[0]),
            parts is [_, var password] ? Uri.UnescapeDataString(password) : null,
            first.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(first.AbsolutePath[1..]) : "/");
        return true;
    }

    /// <summary>The address without the password.</summary>
    public override string ToString() =>
        $"{(IsEncrypted ? "amqps" : "amqp")}://{User}@{string.Join(',', Nodes)}/{Uri.EscapeDataString(VirtualHost)}";

    private static Uri? ReadNode(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "amqp" or "amqps", Host.Length: > 0 } ? uri : null;
}

/// <summary>A node of the broker's cluster.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
public readonly record struct BrokerNode(string Host, int Port)
{
    /// <summary>host:port.</summary>
    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
