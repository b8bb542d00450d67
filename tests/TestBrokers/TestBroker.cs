using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RabbitMQ.Client;

namespace XilinIngest.TestBrokers;

/// <summary>
/// A real RabbitMQ for tests, benches and crash suites: the one that <c>XILIN_TEST_AMQP</c> names, else a container of the image that
/// <c>XILIN_TEST_RABBITMQ_IMAGE</c> names, else a private node of the <c>rabbitmq-server</c> on this machine, else a container. Where there
/// is none of them it fails, and says what to do.
/// </summary>
public abstract class TestBroker : IAsyncDisposable
{
    /// <summary>A connection string of a broker that is there already, with a user who may do everything.</summary>
    public const string AmqpVariable = "XILIN_TEST_AMQP";

    /// <summary>
    /// How long after its declaration a quorum queue of a single node outlives a SIGKILL: RabbitMQ 3.10 writes its name and term
    /// down a few seconds later (a busy machine takes longer), and without them it finds no leader again.
    /// </summary>
    public static readonly TimeSpan QueueRecoveryTime = TimeSpan.FromSeconds(8);

    /// <summary>The administrator's.</summary>
    public abstract Uri Address { get; }

    /// <summary>All nodes, whether they run or not; one where it is no cluster.</summary>
    public virtual IReadOnlyList<Uri> Addresses => [Address];

    /// <summary>The same broker for another user.</summary>
    public Uri AddressFor(string user, string password) =>
        new UriBuilder(Address) { UserName = Uri.EscapeDataString(user), Password = Uri.EscapeDataString(password) }.Uri;

    /// <summary>As services are given it: every node is named.</summary>
    public string ConnectionStringFor(string user, string password) =>
        $"{Address.Scheme}://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@"
            + $"{string.Join(',', Addresses.Select(address => address.Authority))}{Address.AbsolutePath}";

    public static async Task<TestBroker> StartAsync() =>
        Environment.GetEnvironmentVariable(AmqpVariable) is { Length: > 0 } amqp ? new ExternalBroker(new Uri(amqp))
        : ContainerBroker.NamedImage is not null ? await ContainerBroker.StartContainerAsync()
        : !OperatingSystem.IsWindows() && PrivateBrokerNode.IsInstalled ? await PrivateBrokerNode.StartNodeAsync()
        : await ContainerBroker.StartContainerAsync();

    /// <summary>A cluster of private nodes.</summary>
    public static Task<TestBroker> StartClusterAsync(int nodes) => !OperatingSystem.IsWindows() && PrivateBrokerNode.IsInstalled
        ? PrivateBrokerCluster.StartNodesAsync(nodes)
        : throw new InvalidOperationException(
            "This test starts a cluster of its own, for which rabbitmq-server must be installed (apt-get install rabbitmq-server).");

    /// <summary>Takes over users, permissions, queues and bindings, as a production broker does at its start.</summary>
    /// <param name="definitions">RabbitMQ's definitions, JSON.</param>
    public abstract Task ImportAsync(string definitions);

    /// <summary>What is on the broker, in the same form.</summary>
    public abstract Task<string> ExportAsync();

    /// <summary>The queues that processes have for themselves, whose name has a suffix that the broker's definitions do not tell.</summary>
    /// <param name="name">The name before the suffix.</param>
    public async Task<IReadOnlyList<string>> FindOwnQueuesAsync(string name) =>
        [.. JsonNode.Parse(await ExportAsync())!["queues"]!.AsArray().Select(queue => (string)queue!["name"]!)
            .Where(queue => Regex.IsMatch(queue, $"^{Regex.Escape(name)}-[0-9a-f]{{8}}$"))];

    /// <summary>Drops all that waits in them.</summary>
    /// <returns>How many messages.</returns>
    public async Task<long> PurgeOwnQueuesAsync(string name)
    {
        await using var admin = await ConnectAsync("purge");
        await using var channel = await admin.CreateChannelAsync();
        var dropped = 0L;
        foreach (var queue in await FindOwnQueuesAsync(name))
        {
            dropped += await channel.QueuePurgeAsync(queue);
        }

        return dropped;
    }

    /// <summary>SIGKILL: nothing is written or said any more. See <see cref="QueueRecoveryTime"/>.</summary>
    public abstract Task KillAsync();

    /// <summary>Finds the node that leads a queue, where there are several. What comes back kills it.</summary>
    public virtual Task<Func<Task>> FindLeaderAsync(string queue) => Task.FromResult<Func<Task>>(KillAsync);

    /// <summary>Starts it again on what its disk has, and waits until it takes connections.</summary>
    public abstract Task RestartAsync();

    /// <summary>
    /// Sets off the memory alarm, as a broker does that runs out of memory or disk, or ends it: while it lasts the broker reads nothing
    /// from who publishes.
    /// </summary>
    public Task SetAlarmAsync(bool isOn) => ControlAsync("set_vm_memory_high_watermark", isOn ? "0" : "0.4");

    /// <summary>Asks <c>rabbitmqctl</c> for something.</summary>
    /// <returns>What it said.</returns>
    public abstract Task<string> ControlAsync(params string[] arguments);

    public abstract ValueTask DisposeAsync();

    public Task<IConnection> ConnectAsync(string name) => ConnectAsync(Address, name);

    /// <summary>As another user, to any node that is there.</summary>
    public Task<IConnection> ConnectAsync(string user, string password) => Addresses.Count == 1
        ? ConnectAsync(AddressFor(user, password), user)
        : new ConnectionFactory { UserName = user, Password = password, ClientProvidedName = user, AutomaticRecoveryEnabled = false }
            .CreateConnectionAsync([.. Addresses.Select(address => new AmqpTcpEndpoint(address))]);

    public static Task<IConnection> ConnectAsync(Uri address, string name) =>
        new ConnectionFactory { Uri = address, ClientProvidedName = name, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
}

/// <summary>A broker that someone else runs: it is used, and left as it is.</summary>
internal sealed class ExternalBroker(Uri address) : TestBroker
{
    public override Uri Address => address;

    public override Task ImportAsync(string definitions) => throw NotSupported("makes users");

    public override Task<string> ExportAsync() => throw NotSupported("looks at all that is declared");

    public override Task KillAsync() => throw NotSupported("kills the broker");

    public override Task RestartAsync() => throw NotSupported("starts the broker again");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override Task<string> ControlAsync(params string[] arguments) => throw NotSupported("sets the broker's limits");

    private static InvalidOperationException NotSupported(string what) => new(
        $"This test {what}, which it must not do to the broker that {AmqpVariable} names. Unset it and install rabbitmq-server (apt-get "
        + "install rabbitmq-server): the test then starts a node of its own.");
}
