using System.Globalization;
using System.Runtime.Versioning;
using Npgsql;
using XilinIngest.Bench.Wire;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.TestBrokers;
using XilinIngest.TestEngines;
using XilinIngest.TestFixtures;

namespace XilinIngest.Bench.Cluster;

/// <summary>A worker with one aggregator or some silos, on a broker and a PostgreSQL of their own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterArrangement : IAsyncDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyList<Partition> _partitions;
    private readonly PrivatePostgreSql _server = new();
    private readonly List<BenchProcess> _services = [];
    private readonly Dictionary<string, long> _last = [];
    private PrivateBrokerNode? _broker;
    private BenchOffice? _office;

    private ClusterArrangement(string folder)
    {
        _folder = folder;
        _partitions = CatalogueReader.Read(Catalogue).Catalogue!.Partitions.All;
    }

    /// <summary>The processor time so far of each process, by its name.</summary>
    public IReadOnlyList<(string Process, TimeSpan Time)> Times =>
    [
        ("broker", _broker!.ProcessorTime), ("PostgreSQL", _server.ProcessorTime), ("worker", _services[0].ProcessorTime),
        .. _services.Skip(1).Select((service, i) => ($"aggregator {i + 1}", service.ProcessorTime)),
    ];

    private string Catalogue => Path.Combine(_folder, "catalogue");

    /// <param name="folder">With the catalogue.</param>
    /// <param name="silos">How many silos; 0: one aggregator, which is no silo.</param>
    public static async Task<ClusterArrangement> StartAsync(string folder, int silos)
    {
        var arrangement = new ClusterArrangement(folder);
        await arrangement.StartAsync(silos);
        return arrangement;
    }

    /// <summary>Sends packs; returns when all receipts have come and every cube has what was accepted.</summary>
    public async Task RunAsync(IReadOnlyList<byte[]> packs, int perPack)
    {
        var before = _office!.Receipts;
        await BoundedPublisher.SendAllAsync(packs, 2_000 / perPack, _office.SendAsync);
        await _office.WaitForReceiptsAsync(before, (long)packs.Count * perPack);
        foreach (var partition in _partitions)
        {
            await using var cube = new NpgsqlConnection(_server.ConnectionString(Name("cube", partition)));
            await cube.OpenAsync();
            await using var applied = new NpgsqlCommand("SELECT applied_through FROM cube_state", cube);
            while ((long)(await applied.ExecuteScalarAsync())! < LastOf(partition))
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_office is not null)
        {
            await _office.DisposeAsync();
        }

        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _server.Dispose();
    }

    private async Task StartAsync(int silos)
    {
        foreach (var partition in _partitions)
        {
            _server.NewDatabase(Name("ledger", partition));
            _server.NewDatabase(Name("cube", partition));
        }

        _server.NewDatabase("membership");
        _broker = await PrivateBrokerNode.StartNodeAsync();
        await _broker.ControlAsync("add_user", BenchOffice.Code, "bench");
        await _broker.ControlAsync("set_permissions", BenchOffice.Code, ".*", ".*", ".*");
        (string, string)[] settings =
        [
            ("Storage__Provider", "PostgreSql"), ("Catalogue__Folder", Catalogue), ("ConnectionStrings__Bus", _broker.Address.ToString()),
            ("ConnectionStrings__Ledger", _server.ConnectionString("ledger")),
            ("ConnectionStrings__Cube", _server.ConnectionString("cube")),
            ("ConnectionStrings__Cluster", _server.ConnectionString("membership")),
            ("Ledger__KeyFile", Path.Combine(_folder, "ledger-key.pem")),
        ];
        var silo = RepositoryFiles.ProgramOf("Aggregator.Cluster");
        await BenchProcess.RunAsync(
            Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf("Admin"))!, "xilin-admin.dll"), ["migrate"], settings);
        await BenchProcess.RunAsync(silo, ["migrate"], settings);
        _services.Add(await BenchProcess.StartAsync("Ingest.Worker", settings));
        if (silos == 0)
        {
            _services.Add(await BenchProcess.StartAsync("Aggregator", settings));
        }

        // They may start only together: the first waits for none, and gives the others their share.
        _services.AddRange(await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => BenchProcess.StartAsync("Aggregator.Cluster",
            [.. settings, ("Cluster__Port", BenchProcess.FreePort().ToString(CultureInfo.InvariantCulture))]))));
        _office = await BenchOffice.ConnectAsync(_broker.AddressFor(BenchOffice.Code, "bench"));
        _office.OnReceipt = Note;
    }

    private void Note(SubmissionReceipt receipt)
    {
        lock (_last)
        {
            var path = receipt.Partition ?? "";
            _last[path] = Math.Max(_last.GetValueOrDefault(path), receipt.Sequence);
        }
    }

    private long LastOf(Partition partition)
    {
        lock (_last)
        {
            return _last.GetValueOrDefault(partition.Path);
        }
    }

    private static string Name(string store, Partition partition) =>
        partition.IsWholeTree ? store : $"{store}_{partition.Path.Replace('.', '_')}";
}
