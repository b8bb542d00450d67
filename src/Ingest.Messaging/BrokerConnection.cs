using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>The broker as a service connects to it: by user and password, with a verified certificate where the address is encrypted.</summary>
public sealed class BrokerConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Either end gives up after three to four of these without a byte. With the library's minute a dead connection would stay open for minutes.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private readonly BrokerAddress _address;

    private BrokerConnection(BrokerAddress address) => _address = address;

    /// <summary>The user that the service signs in as.</summary>
    public string User => _address.User;

    /// <summary>Reads an address with a password.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out BrokerConnection? connection)
    {
        connection = BrokerAddress.TryParse(text, out var address) && address.Password is not null ? new(address) : null;
        return connection is not null;
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
        var factory = new ConnectionFactory { UserName = User, Password = _address.Password!, VirtualHost = _address.VirtualHost, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = ConnectTimeout };
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

    public override string ToString() => _address.ToString();

    internal void Configure(IRabbitMqBusFactoryConfigurator bus, string name) => bus.Host(_address.Nodes[0].Host, (ushort)_address.Nodes[0].Port, _address.VirtualHost, name, host =>
    {
        host.Username(User);
        host.Password(_address.Password!);
        host.Heartbeat(Heartbeat);
        if (_address.IsEncrypted)
        {
            host.UseSsl(ConfigureTls);
        }

        if (_address.Nodes.Count > 1)
        {
            host.UseCluster(cluster =>
            {
                foreach (var node in _address.Nodes)
                {
                    cluster.Node(node.ToString());
                }
            });
        }
    });

    // The library takes any certificate unless it is told not to. With several nodes, each must show one that names the first.
    private void ConfigureTls(IRabbitMqSslConfigurator ssl)
    {
        ssl.Protocol = SslProtocols.None;
        ssl.ServerName = _address.Nodes[0].Host;
        ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
    }

    private List<AmqpTcpEndpoint> Endpoints() =>
        [.. _address.Nodes.Select(node => new AmqpTcpEndpoint(node.Host, node.Port, new SslOption(_address.Nodes[0].Host, enabled: _address.IsEncrypted)))];
}
