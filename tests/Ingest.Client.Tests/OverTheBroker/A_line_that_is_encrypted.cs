using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using XilinIngest.TestBrokers;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>
/// A broker whose certificate an authority of our own signed; a worker and the command, each of which trusts it or another one.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class A_line_that_is_encrypted : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly TestCertificates _ours = new();
    private readonly TestCertificates _others = new();
    private readonly ServiceDataFolder _data = new();
    private readonly int _port = FreePort();
    private PrivateBrokerNode _node = null!;

    public async Task InitializeAsync()
    {
        _ours.Write(_xilin.In("ours"));
        _others.Write(_xilin.In("others"));
        _node = await PrivateBrokerNode.StartNodeAsync($"""
            listeners.tcp.1 = 127.0.0.1:5672
            listeners.ssl.1 = 127.0.0.1:{_port}
            ssl_options.cacertfile = {_xilin.In("ours/ca.pem")}
            ssl_options.certfile = {_xilin.In("ours/server.pem")}
            ssl_options.keyfile = {_xilin.In("ours/server.key")}
            default_user = admin
            default_pass = admin
            loopback_users = none
            disk_free_limit.absolute = 50MB
            """);
        await _node.ImportAsync(OfficeDefinitions.Generate(WireDeployment.Offices));
    }

    public Task DisposeAsync() => _node?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    public void Dispose()
    {
        _xilin.Dispose();
        _ours.Dispose();
        _others.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Is_spoken_with_the_broker_that_the_right_authority_vouches_for_and_with_no_other()
    {
        using (var stranger = Worker("others"))
        {
            Assert.Equal(1, await stranger.ExitAsync());
            Assert.Contains("ConnectionStrings__Bus", stranger.Output, StringComparison.Ordinal);
            Assert.Contains("certificate", stranger.Output, StringComparison.Ordinal);
        }

        using var worker = Worker("ours");
        await worker.WaitUntilReadyAsync();
        var file = _xilin.File("a.csv", "unit,period,indicator,value,unit_of_measure\n320404004201,2022-02,ENTERPRISE_VISITS,11,家\n");
        (await SubmitAsync(file, "others/ca.pem")).AssertExitCode(3);
        Assert.Contains("✓ 已接收 320404004201 2022-02", (await SubmitAsync(file, "ours/ca.pem")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
    }

    // Services trust what the system trusts; on Linux this names it.
    private ServiceProcess Worker(string authority) => new("Ingest.Worker",
        ("ConnectionStrings__Bus", $"amqps://{OfficeDefinitions.Worker}:{OfficeDefinitions.Password}@localhost:{_port}/"),
        ("ConnectionStrings__Ledger", _data.Ledger), ("Catalogue__Folder", _data.Catalogue),
        ("SSL_CERT_FILE", _xilin.In($"{authority}/ca.pem")), ("SSL_CERT_DIR", _xilin.In("none")));

    private Task<XilinResult> SubmitAsync(string file, string authority)
    {
        _xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        return _xilin.RunAsync("submit", file, "--bus", $"amqps://{WireDeployment.Village}@localhost:{_port}/", "--ca",
            _xilin.In(authority), "--timeout", "10");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
