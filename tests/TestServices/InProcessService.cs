using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Hosting;
using XilinIngest.Standalone;

namespace XilinIngest.TestServices;

/// <summary>
/// The whole service in this process: Kestrel on a free port, SQLite in a folder of its own, a clock that stands where the test puts it.
/// </summary>
public sealed partial class InProcessService : IAsyncLifetime, IAsyncDisposable
{
    private readonly TestFolder? _own;
    private readonly WebApplication _app;

    public InProcessService()
        : this(RepositoryFiles.Catalogue)
    {
    }

    /// <param name="catalogue">The catalogue's folder.</param>
    /// <param name="data">A data folder that outlives it; null: one of its own.</param>
    /// <param name="channels">The channels of notices; null: none.</param>
    internal InProcessService(string catalogue, TestFolder? data = null, IReadOnlyDictionary<string, ChannelSettings>? channels = null)
    {
        _own = data is null ? new TestFolder() : null;
        Options = new StandaloneOptions
        {
            DataFolder = (data ?? _own!).Path,
            CatalogueFolder = catalogue,
            Port = 0,
            Channels = channels ?? new Dictionary<string, ChannelSettings>(),
        };
        _app = StandaloneHost.Build(Options, Clock);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 });
    }

    internal StandaloneOptions Options { get; }

    internal SampleClock Clock { get; } = new(TestSubmissions.Now);

    internal HttpClient Client { get; }

    /// <summary>Sets its clock forward.</summary>
    internal void Advance(TimeSpan time) => Clock.Set(Clock.GetUtcNow() + time);

    internal IServiceProvider Services => _app.Services;

    /// <summary>What is mapped, as OpenAPI writes it: without constraints.</summary>
    internal IEnumerable<string> Routes =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Select(route => "/" + Constraint().Replace(route.RoutePattern.RawText!, "}").Trim('/')).Distinct();

    internal static async Task<InProcessService> StartAsync(
        string catalogue, TestFolder? data = null, IReadOnlyDictionary<string, ChannelSettings>? channels = null)
    {
        var service = new InProcessService(catalogue, data, channels);
        await service.InitializeAsync();
        return service;
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
        await EventuallyAsync(async () => (await Client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
    }

    internal async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal async Task<(HttpStatusCode Status, JsonObject Answer)> PostAsync(HttpContent body)
    {
        using var answer = await Client.PostAsync("/api/submissions", body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Posts a submission that is to be taken, and waits until the cube has it.</summary>
    internal async Task<long> SubmitAndApplyAsync(JsonObject sheet)
    {
        var (status, receipt) = await PostAsync(sheet.Body());
        Assert.True(status == HttpStatusCode.OK && (string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        await WaitUntilAppliedAsync((long)receipt["sequence"]!);
        return (long)receipt["sequence"]!;
    }

    internal Task WaitUntilAppliedAsync(long sequence) => EventuallyAsync(async () =>
    {
        var text = (string)(await GetAsync("/health/ready"))["checks"]!["cube"]!["description"]!;
        return long.TryParse(text.Split(' ')[^1].TrimEnd('.'), out var through) && through >= sequence;
    });

    /// <summary>The last row of each partition's ledger that the results have, by path; of one ledger without a path.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> ReadThroughAsync()
    {
        var status = await GetAsync("/api/begin");
        return status["throughOf"]?.AsObject().ToDictionary(row => row.Key, row => (long)row.Value!)
            ?? new Dictionary<string, long> { [""] = (long)status["through"]! };
    }

    internal static async Task EventuallyAsync(Func<Task<bool>> holds, int seconds = 15)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(10);
        }

        Assert.Fail($"It did not come true within {seconds} s.");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _own?.Dispose();
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
