using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace XilinIngest.Admin.Tests.Clients;

/// <summary>A broker on the generated files, and a worker that signs in to it as <c>xilin-worker</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BrokerWithWorker : IAsyncLifetime, IDisposable
{
    private readonly ServiceDataFolder _data = new();
    private readonly GeneratedFilesFolder _files = new();

    internal GeneratedBroker Broker { get; } = new();

    internal ServiceProcess Worker { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Broker.InitializeAsync();
        Worker = new ServiceProcess("Ingest.Worker",
            ("ConnectionStrings__Bus", Broker.AddressOf("xilin-worker").AbsoluteUri), ("ConnectionStrings__Ledger", _data.Ledger),
            ("Catalogue__Folder", _data.Catalogue));
        await Worker.WaitUntilReadyAsync();
    }

    public async Task DisposeAsync()
    {
        Worker?.Dispose();
        await Broker.DisposeAsync();
    }

    public void Dispose()
    {
        Broker.Dispose();
        _data.Dispose();
        _files.Dispose();
    }

    /// <summary>The folder of a sample, copied: what it installs is gone with the test.</summary>
    internal string CopyOf(string sample)
    {
        var folder = Directory.CreateDirectory(_files.In(Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in new DirectoryInfo(Path.Combine(AdminProgram.Root, "docs", "clients", sample)).EnumerateFiles())
        {
            file.CopyTo(Path.Combine(folder, file.Name));
        }

        return folder;
    }

    internal string Save(JsonObject submission)
    {
        var file = _files.In(Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(file, submission.ToJsonString());
        return file;
    }

    /// <summary>As <see cref="EnvironmentFor"/>, over TLS with the office's own certificate.</summary>
    internal (string, string)[] TlsEnvironmentFor(string user, string path)
    {
        var folder = Directory.CreateDirectory(_files.In(Guid.NewGuid().ToString("N"))).FullName;
        using var certificate = Broker.Certificates.IssueClient(user);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), Broker.Certificates.Authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "office.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "office.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var bus = new UriBuilder(Broker.AddressOf(user)) { Scheme = "amqps", Host = "localhost", Port = Broker.EncryptedPort };
        return
        [
            ("XILIN_BUS", bus.Uri.AbsoluteUri), ("XILIN_PATH", path), ("XILIN_CA", Path.Combine(folder, "ca.pem")),
            ("XILIN_CERT", Path.Combine(folder, "office.pem")), ("XILIN_KEY", Path.Combine(folder, "office.key")),
        ];
    }

    /// <summary>What the samples are told in the environment.</summary>
    internal (string, string)[] EnvironmentFor(string user, string path, string? password = null) =>
        [("XILIN_BUS", Broker.AddressOf(user, password).AbsoluteUri), ("XILIN_PATH", path)];
}
