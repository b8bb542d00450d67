using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>
/// How a service connects to the broker: with user and password, and with a verified certificate if the address is encrypted.
/// </summary>
public sealed class BrokerConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // How long a farewell to the broker may take; it notices a closed socket by itself.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private BrokerConnection(BrokerAddress address) => Address = address;

    internal BrokerAddress Address { get; }

    /// <summary>
    /// The broker closes the connection after two to three intervals without a byte, this end after three to four. The library's default is
    /// a minute.
    /// </summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The user name of the service.</summary>
    public string User => Address.User;

    /// <summary>Reads an address with a password.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out BrokerConnection? connection)
    {
        connection = BrokerAddress.TryParse(text, out var address) && address.Password is not null ? new(address) : null;
        return connection is not null;
    }

    /// <summary>
    /// Connects once. Returns a permanent error (a wrong password, an unknown virtual host); null: there is none, or the broker does not
    /// answer.
    /// </summary>
    public async Task<string?> FindConnectionErrorAsync(CancellationToken cancellationToken) =>
        (await WithConnectionAsync(_ => Task.FromResult(true), cancellationToken)).Refusal;

    /// <summary>Connects once. Tells whether the broker answered, even with a refusal.</summary>
    internal async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        await WithConnectionAsync(_ => Task.FromResult(true), cancellationToken) is not (null, false);

    /// <summary>
    /// Declares the queues that a service reads. Returns the first permanent error; null: there is none, or the broker does not answer.
    /// </summary>
    public async Task<QueueDeclarationError?> FindQueueErrorAsync(IEnumerable<IBusQueue> queues, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.FindFirstAsync(connection, queues, cancellationToken),
            cancellationToken)).Answer;

    /// <summary>Whether a queue of this name exists; false also if the broker does not answer.</summary>
    public async Task<bool> HasQueueAsync(string name, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.ExistsAsync(connection, name, cancellationToken),
            cancellationToken)).Answer;

    /// <summary>How many messages wait in queues and how many processes read them; null: the broker does not answer.</summary>
    internal async Task<List<QueueFigures>?> ReadQueuesAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.ReadFiguresAsync(connection, names, cancellationToken),
            cancellationToken)).Answer;

    /// <summary>
    /// Declares queues that exist once more, which changes nothing. Returns the first refusal: a missing right, or other arguments; null:
    /// there is none, or the broker does not answer.
    /// </summary>
    internal async Task<QueueDeclarationError?> FindExistingQueueErrorAsync(
        IEnumerable<IBusQueue> queues, CancellationToken cancellationToken) =>
        (await WithConnectionAsync(connection => QueueDeclarationError.FindAmongExistingAsync(connection, queues, cancellationToken),
            cancellationToken)).Answer;

    /// <summary>Opens a connection that does not recover by itself.</summary>
    /// <param name="name">Its name in the broker's lists; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal Task<IConnection> ConnectAsync(string? name, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            UserName = User,
            Password = Address.Password!,
            VirtualHost = Address.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectTimeout,
            RequestedHeartbeat = Heartbeat,
        };
        return factory.CreateConnectionAsync(Endpoints(), name, cancellationToken);
    }

    /// <summary>Closes a connection. The library may wait without end for one whose other end is lost, and is then left alone.</summary>
    internal static async Task AbortAsync(IConnection connection)
    {
        var closing = Task.Run(async () =>
        {
            await connection.AbortAsync(CloseTimeout);
            await connection.DisposeAsync();
        });
        await closing.WaitAsync(CloseTimeout * 2, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The AMQP reply code of a broker that is being stopped.
    private const int ConnectionForced = 320;

    private async Task<(string? Refusal, T? Answer)> WithConnectionAsync<T>(
        Func<IConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection =
                await ConnectAsync(name: null, cancellationToken).WaitAsync(ConnectTimeout, cancellationToken);

            // The refusal of the virtual host (530) may arrive with the first operation.
            await using var channel =
                await connection.CreateChannelAsync(cancellationToken: cancellationToken).WaitAsync(ConnectTimeout, cancellationToken);
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

    // Only a reply of the broker is a refusal. A connection that breaks during the handshake (which the client reports as a possible
    // authentication failure) and a broker that is stopping count as no answer.
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

    public override string ToString() => Address.ToString();

    private List<AmqpTcpEndpoint> Endpoints() =>
        [.. Address.Nodes.Select(
            node => new AmqpTcpEndpoint(node.Host, node.Port, new SslOption(Address.Nodes[0].Host, enabled: Address.IsEncrypted)))];
}
