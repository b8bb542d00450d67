using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace XilinIngest.Messaging;

/// <summary>Where the broker is and who we are there: <c>amqp(s)://user:password@host[:port][,host[:port]…][/vhost]</c>.</summary>
public sealed record BrokerAddress
{
    private const int DefaultPort = 5672;
    private const int DefaultTlsPort = 5671;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Either end gives the other up after three to four of these without a byte. The library's minute leaves a line that lost its other end open for minutes.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private BrokerAddress()
    {
    }

    public required bool IsEncrypted { get; init; }

    /// <summary>The nodes of the cluster, at least one.</summary>
    public required IReadOnlyList<(string Host, int Port)> Nodes { get; init; }
    public required string User { get; init; }
    public required string VirtualHost { get; init; }
    private string Password { get; init; } = "";

    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;

        // More than one host is no URI: the first stands for them all, the others are read by themselves.
        var (from, to) = (text?.LastIndexOf('@') + 1 ?? 0, text?.IndexOf('/', text.LastIndexOf('@') + 1) ?? -1);
        var hosts = text?[from..(to < from ? text.Length : to)].Split(',') ?? [];
        if (from == 0 || hosts.Length == 0 || !Uri.TryCreate($"{text![..from]}{hosts[0]}{(to < from ? "" : text[to..])}", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0 || uri.UserInfo.Split(':') is not [{ Length: > 0 } user, var password])
        {
            return false;
        }

        var nodes = hosts.Select(host => Uri.TryCreate($"amqp://{host}/", UriKind.Absolute, out var node) && node.Host.Length > 0 ? node : null).ToList();
        if (nodes.Contains(null))
        {
            return false;
        }

        var isEncrypted = uri.Scheme == "amqps";
        address = new BrokerAddress
        {
            IsEncrypted = isEncrypted,
            Nodes = [.. nodes.Select(node => (node!.Host, node.Port > 0 ? node.Port : isEncrypted ? DefaultTlsPort : DefaultPort))],
            User = Uri.UnescapeDataString(user),
            Password = Uri.UnescapeDataString(password),
            VirtualHost = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/",
        };
        return true;
    }

    /// <summary>Asks the broker once: why it will never take us (a wrong password, no such virtual host), or null. One that does not answer will be waited for.</summary>
    public async Task<string?> FindConnectionErrorAsync(CancellationToken cancellationToken) => (await WithConnectionAsync(_ => Task.FromResult(true), cancellationToken)).Refusal;

    /// <summary>Declares the queues that a service reads, and says which of them the broker will never give us; null: none, or it does not answer.</summary>
    public async Task<QueueDeclarationError?> FindQueueErrorAsync(IEnumerable<IBusQueue> queues, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.FindFirstAsync(connection, queues, cancellationToken), cancellationToken)).Answer;

    /// <summary>Whether there is a queue of this name; false also where the broker does not answer.</summary>
    public async Task<bool> HasQueueAsync(string name, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.ExistsAsync(connection, name, cancellationToken), cancellationToken)).Answer;

    // Of AMQP: the broker is being stopped.
    private const int ConnectionForced = 320;

    private async Task<(string? Refusal, T? Answer)> WithConnectionAsync<T>(Func<IConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { UserName = User, Password = Password, VirtualHost = VirtualHost, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = ConnectTimeout };
        try
        {
            await using var connection = await factory.CreateConnectionAsync(Endpoints(), cancellationToken: cancellationToken).WaitAsync(ConnectTimeout, cancellationToken);

            // That the virtual host is refused (530) may come with the first thing that is asked for.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).WaitAsync(ConnectTimeout, cancellationToken);
            return (null, await ask(connection).WaitAsync(ConnectTimeout, cancellationToken));
        }
        catch (Exception exception) when (exception is OperationInterruptedException or BrokerUnreachableException)
        {
            return (DescribeError(exception), default);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            return default;
        }
    }

    // Only what the broker itself says is a no. A line that breaks while it greets us (the client then calls it a possible failure of
    // authentication), or a broker that is stopping, is one that does not answer.
    private static string? DescribeError(Exception exception)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is AuthenticationFailureException or System.Security.Authentication.AuthenticationException
                or OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyCode: not ConnectionForced } })
            {
                return at.Message;
            }
        }

        return null;
    }

    public override string ToString() => $"{(IsEncrypted ? "amqps" : "amqp")}://{User}@{string.Join(',', Nodes.Select(node => $"{node.Host}:{node.Port.ToString(CultureInfo.InvariantCulture)}"))}/{Uri.EscapeDataString(VirtualHost)}";

    internal void Configure(IRabbitMqBusFactoryConfigurator bus, string name) => bus.Host(Nodes[0].Host, (ushort)Nodes[0].Port, VirtualHost, name, host =>
    {
        host.Username(User);
        host.Password(Password);
        host.Heartbeat(Heartbeat);
        if (IsEncrypted)
        {
            host.UseSsl(ConfigureTls);
        }

        if (Nodes.Count > 1)
        {
            host.UseCluster(cluster =>
            {
                foreach (var (node, port) in Nodes)
                {
                    cluster.Node($"{node}:{port}");
                }
            });
        }
    });

    // The library takes any certificate unless it is told not to. With several nodes, each must show one that names the first.
    private void ConfigureTls(IRabbitMqSslConfigurator ssl)
    {
        ssl.Protocol = SslProtocols.None;
        ssl.ServerName = Nodes[0].Host;
        ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
    }

    private List<AmqpTcpEndpoint> Endpoints() => [.. Nodes.Select(node => new AmqpTcpEndpoint(node.Host, node.Port, new SslOption(Nodes[0].Host, enabled: IsEncrypted)))];
}
