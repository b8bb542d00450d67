using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Tests.Partitions;

/// <summary>
/// The aggregator as a service with a cube for each partition, on files of its own and a bus inside the process; behind the bus are the
/// ledgers of the partitions, which answer requests for a replay.
/// </summary>
internal sealed class PartitionedService : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-partitions-").FullName;
    private readonly Catalogue _catalogue;
    private readonly PartitionLedgers _ledgers = new();
    private IHost _host;

    /// <param name="catalogue">The catalogue.</param>
    /// <param name="paths">The paths of the partitions; none: the whole tree.</param>
    public PartitionedService(Catalogue catalogue, params string[] paths)
    {
        _catalogue = catalogue;
        CatalogueFileWriter.Write(catalogue, _folder);
        if (paths.Length > 0)
        {
            WritePartitions(paths);
        }

        _host = Build();
    }

    public ResultPartitions Partitions => _host.Services.GetRequiredService<ResultPartitions>();

    public PublishedSnapshot Published => _host.Services.GetRequiredService<PublishedModel>().Current;

    public MessagePublisher Publisher => _host.Services.GetRequiredService<MessagePublisher>();

    public Task StartAsync() => _host.StartAsync();

    /// <summary>Nothing is stored any more.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>The process ends, and another one starts on the same files.</summary>
    /// <param name="withoutCubeOf">The path of a partition whose cube is lost meanwhile; null: none is.</param>
    public async Task RestartAsync(string? withoutCubeOf = null)
    {
        await _host.StopAsync();
        _host.Dispose();
        if (withoutCubeOf is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Assert.NotEmpty(Directory.GetFiles(_folder, $"cube-{withoutCubeOf}.db*").Select(file =>
            {
                File.Delete(file);
                return file;
            }).ToList());
        }

        _host = Build();
        await _host.StartAsync();
    }

    /// <summary>Names other partitions, which the next start takes, and splits no ledger.</summary>
    public void WritePartitions(params string[] paths) =>
        File.WriteAllLines(Path.Combine(_folder, "partitions.csv"), ["path,connection", .. paths.Select(path => $"{path},")]);

    /// <summary>Each submission is accepted by the ledger of its unit's home, which publishes it.</summary>
    public async Task AcceptAsync(params IEnumerable<AcceptedSubmission> submissions)
    {
        var catalogue = _host.Services.GetRequiredService<CatalogueSource>().Current;
        foreach (var home in submissions.GroupBy(
            submission => catalogue.Partitions.HomeOf(catalogue.Units[new UnitCode(submission.Unit)]).Path))
        {
            await Publisher.PublishAsync(_ledgers.Append(home.Key, [.. home]), routingKey: null, CancellationToken.None);
        }
    }

    /// <summary>Waits until every cube has its ledger's rows and the sums of all others that are of those rows.</summary>
    public Task SettleAsync() => EventuallyAsync(() => Partitions.AreLoaded && Partitions.All.All(each =>
        each.Host.AppliedThrough == _ledgers.LastOf(each.Partition.Path) && each.Host.MissingPartitions.Count == 0
        && each.Fault is null && each.Host.IsSettled(_ledgers.LastOf)));

    /// <summary>How much was published.</summary>
    public long Publications => Partitions.All.Sum(each =>
    {
        using var connection = each.Store.Open();
        return Cube.CubeStore.ReadLastPublication(connection);
    });

    /// <summary>The newest version of each published result, by partition.</summary>
    public List<(string Partition, ResultVersion Version)> Newest()
    {
        var newest = new List<(string, ResultVersion)>();
        foreach (var each in Partitions.All)
        {
            using var connection = each.Store.Open();
            newest.AddRange(PublicationReader.NewestVersions(Cube.CubeStore.ReadNewest(connection))
                .Select(version => (each.Partition.Path, version)));
        }

        return newest;
    }

    /// <summary>What the oracle says is published, once and by one partition, and nothing else is; what is read is that.</summary>
    public void AssertMatchesOracle()
    {
        var newest = Newest();
        Assert.Equal(newest.Count, newest.DistinctBy(each => each.Version.Id).Count());
        var truth = Oracle.Compute(_catalogue, _ledgers.All, TimeProvider.System.GetUtcNow());
        AggregatorFixture.AssertNoDifferences(PublishedResultsVerifier.Compare([.. newest.Select(each => each.Version)], truth));
        var read = Published;
        Assert.All(newest.Where(each => each.Version.Id.Kind == ResultKinds.Total), each => Assert.Equal(
            each.Version.Json,
            read.Totals.Find(new(each.Version.Id.Unit, each.Version.Id.Indicator, (int)each.Version.Id.Period))!.Json));
        Assert.Equal(
            truth.Alerts.Where(alert => alert.Value.Colour != Colour.Green)
                .Select(alert => $"{alert.Key.Unit} {alert.Key.Indicator}").Order(),
            read.Alerts.Keys.Select(alert => $"{alert.Unit} {alert.Indicator}").Order());
    }

    /// <summary>Another process that follows all partitions.</summary>
    public IReadOnlyList<CubeHost> CreateFollowers()
    {
        var (model, catalogues) = (new PublishedModel(), _host.Services.GetRequiredService<CatalogueSource>());
        return
        [
            .. Partitions.All.Select(each => new CubeHost(
                each.Store, catalogues, TimeProvider.System, NullLogger<CubeHost>.Instance, model, each.Partition)),
        ];
    }

    public async Task<HealthStatus> HealthAsync() =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["cube"].Status;

    public static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var i = 0; i < 3_000 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(holds());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private IHost Build()
    {
        // Others may follow these cubes, as in a cluster; here they run by their leases.
        var (builder, cube) = (Host.CreateEmptyApplicationBuilder(null), new Database(Path.Combine(_folder, "cube.db")));
        builder.Services.AddLogging().AddSingleton(_ledgers)
            .AddSingleton(TimeProvider.System).AddCatalogue(_folder)
            .AddPlacedAggregator(partition => cube.ForPartition(partition.Path))
            .AddSingleton<AggregatorService>().AddHostedService(provider => provider.GetRequiredService<AggregatorService>())
            .AddInMemoryBus(new BusQueue<PartitionLedgerReplay>("ledger", Exchanges.Replay, 1))
            .AddHealthChecks().AddAggregatorCheck();
        return builder.Build();
    }
}

/// <summary>The ledger of each partition, in memory: rows with their numbers and the hashes that identify them.</summary>
internal sealed class PartitionLedgers
{
    private readonly ConcurrentDictionary<string, List<AcceptedSubmission>> _rows = [];

    public IReadOnlyList<AcceptedSubmission> All => [.. _rows.Values.SelectMany(rows => rows)];

    public long LastOf(string path) => _rows.TryGetValue(path, out var rows) ? rows.Count : 0;

    public SubmissionsAccepted Append(string path, IReadOnlyList<AcceptedSubmission> submissions)
    {
        var rows = _rows.GetOrAdd(path, _ => []);
        lock (rows)
        {
            var from = rows.Count + 1;
            rows.AddRange(submissions.Select((submission, i) => submission with { Sequence = from + i }));
            return PackOf(path, rows, from);
        }
    }

    public SubmissionsAccepted From(string path, long from)
    {
        var rows = _rows.GetOrAdd(path, _ => []);
        lock (rows)
        {
            return PackOf(path, rows, from);
        }
    }

    private static SubmissionsAccepted PackOf(string path, List<AcceptedSubmission> rows, long from) => new()
    {
        FromSequence = from,
        ToSequence = rows.Count,
        PreviousLeafHash = from == 1 ? null : $"{path} {from - 1}",
        LastLeafHash = rows.Count >= from ? $"{path} {rows.Count}" : null,
        Submissions = [.. rows.Skip((int)from - 1)],
        Partition = path.Length == 0 ? null : path,
    };
}

/// <summary>Answers requests for a replay.</summary>
internal sealed class PartitionLedgerReplay(PartitionLedgers ledgers, MessagePublisher publisher) : IMessageConsumer
{
    public async Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var request = MessageJson.Read<ReplayAccepted>(message.Body);
        var pack = ledgers.From(request.Partition ?? "", request.FromSequence);
        await publisher.PublishAsync(pack, routingKey: null, cancellationToken);
        if (pack.Submissions.Count > 0)
        {
            await publisher.PublishAsync(
                ledgers.From(request.Partition ?? "", pack.ToSequence + 1), routingKey: null, cancellationToken);
        }
    }
}
