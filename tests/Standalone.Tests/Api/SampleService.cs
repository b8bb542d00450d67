using XilinIngest.Standalone.Tests.Foreign;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>
/// The service with the sample years in it, sent over HTTP in packs. Shared: tests only add to it what others do not look at.
/// </summary>
public sealed class SampleService : IAsyncLifetime
{
    private const int PackSize = 200;
    private readonly Dictionary<string, long> _lastRows = [];

    public SampleService()
        : this(new InProcessService())
    {
    }

    internal SampleService(InProcessService service) => Service = service;

    internal InProcessService Service { get; }

    internal long Rows => _lastRows.Values.Sum();

    /// <summary>The last row of each partition's ledger, by path; of one ledger without a path.</summary>
    internal IReadOnlyDictionary<string, long> LastRows => _lastRows;

    public async Task InitializeAsync()
    {
        await Service.InitializeAsync();
        var pack = new List<SampleSubmission>();
        var bounds = ReferenceFiles.Rows(Path.Combine(RepositoryFiles.Catalogue, "calendar.csv"))
            .SelectMany(row => new[] { row["opens"], row["closes"], row["locks"] })
            .Select(text => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        foreach (var submission in SampleSubmission.ReadAll(Path.Combine(RepositoryFiles.Root, "samples")))
        {
            // A pack is read at one time: none holds submissions from both sides of a window's end.
            if (pack.Count == PackSize
                || (pack.Count > 0 && bounds.Exists(bound => bound > pack[0].SubmittedAt && bound <= submission.SubmittedAt)))
            {
                await SendAsync(pack);
            }

            pack.Add(submission);
        }

        await SendAsync(pack);
        await InProcessService.EventuallyAsync(async () => await Service.ReadThroughAsync() is var through
            && _lastRows.All(ledger => through.GetValueOrDefault(ledger.Key) >= ledger.Value));
    }

    public Task DisposeAsync() => Service.DisposeAsync();

    private async Task SendAsync(List<SampleSubmission> pack)
    {
        Service.Clock.Set(pack[^1].SubmittedAt);
        var json = $"{{\"submissions\":["
            + $"{string.Join(',', pack.Select(submission => System.Text.Encoding.UTF8.GetString(submission.Body)))}]}}";
        var (_, answer) = await Service.PostAsync(XilinSubmissions.Body(json));
        var receipts = answer["receipts"]!.AsArray();
        Assert.All(receipts, receipt => Assert.True((string?)receipt!["verdict"] == "accepted", receipt!.ToJsonString()));
        foreach (var receipt in receipts)
        {
            _lastRows[(string?)receipt!["partition"] ?? ""] = (long)receipt["sequence"]!;
        }

        pack.Clear();
    }
}

[CollectionDefinition(Name)]
public sealed class SampleYearsCollection
    : ICollectionFixture<SampleService>, ICollectionFixture<PartitionedSample>, ICollectionFixture<GoVerifier>
{
    internal const string Name = "The sample years over HTTP";
}
