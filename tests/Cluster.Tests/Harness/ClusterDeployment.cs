using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;

namespace XilinIngest.Cluster.Tests.Harness;

/// <summary>A broker, a PostgreSQL, workers and silos, each a process of its own, over a district whose streets are partitions.</summary>
internal sealed class ClusterDeployment : IAsyncDisposable
{
    private readonly TestFolder _catalogue = TestFolder.CatalogueWithOpenMonths();
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-cluster-").FullName;
    private readonly List<ServiceProcess> _processes = [];

    /// <param name="paths">The partitions; none: the whole tree is one.</param>
    public ClusterDeployment(params IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
        {
            File.WriteAllLines(Path.Combine(_catalogue.Path, "partitions.csv"), ["path,connection", .. paths.Select(path => $"{path},")]);
        }

        Catalogue = CatalogueReader.Read(_catalogue.Path).Catalogue!;
    }

    public Catalogue Catalogue { get; }

    public TestBroker Broker { get; private set; } = null!;

    public PrivatePostgreSql Server { get; } = new();

    public IReadOnlyList<ClusterProcess> Workers { get; private set; } = [];

    public IReadOnlyList<ClusterProcess> Silos { get; private set; } = [];

    public string Outputs => string.Join("\n\n", Workers.Concat(Silos).Select(each => each.Process.Output)
        .Select(said => said[Math.Max(0, said.Length - 6_000)..]));

    public async Task StartAsync(int silos, int workers)
    {
        foreach (var name in Catalogue.Partitions.All.SelectMany(partition => new[] { "ledger", "cube" }.Select(store =>
            partition.IsWholeTree ? store : $"{store}_{partition.Path.Replace('.', '_')}")).Append("membership"))
        {
            Server.NewDatabase(name);
        }

        Broker = await TestBroker.StartAsync();
        await Broker.ImportAsync(OfficeDefinitions.Generate(Catalogue.Partitions.All, []));
        await RunAsync("Admin", "xilin-admin.dll", "migrate", "--lang", "en");
        await RunAsync("Aggregator.Cluster", "XilinIngest.Aggregator.Cluster.dll", "migrate");
        Workers = [.. Enumerable.Range(0, workers).Select(_ => new ClusterProcess(this, "Ingest.Worker"))];
        Silos = [.. FreePorts(silos).Select(port => new ClusterProcess(this, "Aggregator.Cluster",
            ("Cluster__Port", port.ToString(CultureInfo.InvariantCulture)), ("Metrics__Prometheus", "true")))];
        await Task.WhenAll(Workers.Concat(Silos).Select(each => each.Process.WaitUntilReadyAsync()));
    }

    /// <summary>The connection string of a partition's cube.</summary>
    public string CubeOf(Partition partition) => new NpgsqlConnectionStringBuilder(Server.ConnectionString("cube"))
    {
        Database = partition.IsWholeTree ? "cube" : $"cube_{partition.Path.Replace('.', '_')}",
    }.ConnectionString;

    public ServiceProcess Start(string project, IEnumerable<(string Name, string Value)> more)
    {
        // With no more rights than it has where it runs.
        var user = project == "Ingest.Worker" ? OfficeDefinitions.Worker : OfficeDefinitions.Aggregator;
        var bus = Broker.ConnectionStringFor(user, OfficeDefinitions.Password);
        var process = new ServiceProcess(project, [.. Settings, ("ConnectionStrings__Bus", bus), .. more]);
        _processes.Add(process);
        return process;
    }

    /// <summary>The logs hold, the cubes are what the oracle makes of them, and everything was published.</summary>
    public Task<string> VerifyAsync() => RunAsync("Standalone", "XilinIngest.Standalone.dll", "verify", "--data", _folder, "--catalogue",
        _catalogue.Path, "--lang", "en");

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        Server.Dispose();
        _catalogue.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (string Name, string Value)[] Settings =>
    [
        ("Storage__Provider", $"{StorageProvider.PostgreSql}"), ("Catalogue__Folder", _catalogue.Path),
        ("ConnectionStrings__Ledger", Server.ConnectionString("ledger")), ("ConnectionStrings__Cube", Server.ConnectionString("cube")),
        ("ConnectionStrings__Cluster", Server.ConnectionString("membership")),
        ("Ledger__KeyFile", Path.Combine(_folder, "ledger-key.pem")),
    ];

    private async Task<string> RunAsync(string project, string program, params string[] arguments)
    {
        var file = Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf(project))!, program);
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [file, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]}: {string.Concat(said)}");
        return said[0];
    }

    private static int[] FreePorts(int count)
    {
        var taken = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        taken.ForEach(listener => listener.Start());
        var ports = taken.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        taken.ForEach(listener => listener.Stop());
        return ports;
    }
}

/// <summary>A worker or a silo, which keeps its settings when it starts again.</summary>
internal sealed class ClusterProcess(ClusterDeployment cluster, string project, params IReadOnlyList<(string Name, string Value)> settings)
{
    public ServiceProcess Process { get; private set; } = cluster.Start(project, settings);

    public void Restart() => Process = cluster.Start(project, settings);

    /// <summary>Starts another process with the same settings.</summary>
    public ServiceProcess StartTwin() => cluster.Start(project, settings);
}
