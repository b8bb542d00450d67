using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using RabbitMQ.Client;
using XilinIngest.Admin.Broker;
using XilinIngest.TestBrokers;

namespace XilinIngest.Admin.Tests;

/// <summary>
/// A broker started on the files that the command makes for the catalogue that is shipped, with <c>--tls</c>; ports and places apart, they
/// are as they are.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class GeneratedBroker : IAsyncLifetime, IDisposable
{
    private readonly GeneratedFilesFolder _folder = new();

    internal PrivateBrokerNode Node { get; private set; } = null!;

    internal TestCertificates Certificates { get; } = new();

    internal int EncryptedPort { get; } = FreePort();

    internal string DefinitionsFile => _folder.In("rabbitmq", BrokerFiles.DefinitionsFile);

    internal IReadOnlyDictionary<string, string> Passwords => _folder.Passwords;

    public async Task InitializeAsync()
    {
        (await _folder.GenerateAsync("--catalogue", AdminProgram.Catalogue, "--tls")).AssertSucceeded();
        Certificates.Write(_folder.In("tls"));
        var configuration = File.ReadAllText(_folder.In("rabbitmq", BrokerFiles.ConfigurationFile))
            .Replace("0.0.0.0:5671", $"127.0.0.1:{EncryptedPort}", StringComparison.Ordinal)
            .Replace("/etc/rabbitmq/tls", _folder.In("tls"), StringComparison.Ordinal)
            .Replace("/etc/rabbitmq/definitions.json", _folder.In("rabbitmq", BrokerFiles.DefinitionsFile), StringComparison.Ordinal)
            .Replace("disk_free_limit.absolute = 2GB", "disk_free_limit.absolute = 50MB", StringComparison.Ordinal);
        Node = await PrivateBrokerNode.StartNodeAsync(configuration, File.ReadAllText(_folder.In("rabbitmq", BrokerFiles.PluginsFile)));
    }

    public Task DisposeAsync() => Node?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    public void Dispose()
    {
        Certificates.Dispose();
        _folder.Dispose();
    }

    /// <summary>With the password of the file, or another.</summary>
    internal Uri AddressOf(string user, string? password = null) =>
        new UriBuilder(Node.AddressFor(user, password ?? Passwords[user])) { Path = BrokerTopology.VirtualHost }.Uri;

    internal Task<IConnection> ConnectAsync(string user, string? password = null) =>
        TestBroker.ConnectAsync(AddressOf(user, password), user);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(nameof(GeneratedBroker))]
public sealed class GeneratedBrokerCollection : ICollectionFixture<GeneratedBroker>;
