using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XilinIngest.Hosting.Access;
using XilinIngest.Standalone;

namespace XilinIngest.Access.Tests.Harness;

/// <summary>
/// The whole service in this process, where people have to sign in: a key for each kind of person, made before it starts.
/// </summary>
public sealed class SecuredService : IAsyncLifetime, IAsyncDisposable
{
    internal const string Dongdai = "320404004201";
    internal const string OtherVillage = "320404004202";

    /// <summary>So few that a test can meet it, more than all other tests together need.</summary>
    internal const int IntakePerMinute = 60;

    private readonly TestOpenIdProvider _provider = new();
    private WebApplication? _app;
    private readonly List<HttpClient> _clients = [];
    // The first enterprise of a village.
    private static string FirmOf(string village) => CatalogueFiles.CatalogueReader.Read(RepositoryFiles.Catalogue).Catalogue!.Units.All
        .First(unit => unit.Code.IsEnterprise && unit.Spans[^1] is { To: null } span && span.Parent?.Value == village).Code.Value;

    private readonly Dictionary<string, HttpClient> _callers = [];

    public SecuredService()
    {
        (Firm, OtherFirm) = (FirmOf(Dongdai), FirmOf(OtherVillage));
        Secrets = new Dictionary<string, string>
        {
            ["reader"] = AddKey("街道统计办", ["read"]),
            ["clerk"] = AddKey("东岱村统计员", ["enter"], Dongdai),
            ["other"] = AddKey("Clerk of another", ["enter"], OtherVillage),
            ["firm"] = AddKey("A firm", ["enter"], Firm),
            ["closer"] = AddKey("街道分管领导", ["close"]),
            ["director"] = AddKey("街道督查室", ["act"], Dongdai),
            ["reviewer"] = AddKey("街道审核员", ["review"], "320404004000"),
            ["other reviewer"] = AddKey("Reviewer of another street", ["review"], "320404001000"),
            ["admin"] = AddKey("Administrator", ["admin"]),
        };
    }

    /// <summary>The provider that people may sign in with beside keys.</summary>
    internal TestOpenIdProvider Provider => _provider;

    internal string Data { get; } = Directory.CreateTempSubdirectory("xilin-access-").FullName;

    internal string KeyFile => StandaloneOptions.AccessKeyPathIn(Data);

    /// <summary>The keys, as each was told once.</summary>
    internal IReadOnlyDictionary<string, string> Secrets { get; }

    /// <summary>Whether everyone may read the hashes of the log.</summary>
    internal bool AreTilesPublic { get; init; }

    /// <summary>An enterprise of the clerk's village.</summary>
    internal string Firm { get; }

    /// <summary>An enterprise of another village.</summary>
    internal string OtherFirm { get; }

    internal Uri Address { get; private set; } = null!;

    internal CapturedLog Log { get; } = new();

    internal IReadOnlyList<Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)_app!).DataSources.SelectMany(source => source.Endpoints)];

    /// <summary>A key more; it opens something at once.</summary>
    internal string AddKey(string name, IReadOnlyList<string> rights, params IReadOnlyList<string> units)
    {
        var (secret, key) = AccessKeyFile.Create(name, rights, units, DateTimeOffset.UnixEpoch);
        Assert.True(AccessKeyFile.Change(KeyFile, keys => [.. keys, key]));
        return secret;
    }

    internal void RemoveKey(string name) => Assert.True(AccessKeyFile.Change(KeyFile, keys => [.. keys.Where(key => key.Name != name)]));

    /// <summary>Someone with a key; "no one": without.</summary>
    internal HttpClient ClientFor(string caller)
    {
        lock (_callers)
        {
            return _callers.TryGetValue(caller, out var client)
                ? client : _callers[caller] = ClientWithToken(caller == "no one" ? null : Secrets[caller]);
        }
    }

    internal HttpClient ClientWithToken(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }

    internal async Task<HttpStatusCode> StatusAsync(string caller, string path)
    {
        using var answer = await ClientFor(caller).GetAsync(path);
        return answer.StatusCode;
    }

    internal async Task<JsonNode> GetJsonAsync(string caller, string path)
    {
        using var answer = await ClientFor(caller).GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{caller} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal async Task<(HttpStatusCode Status, JsonNode Answer)> SubmitAsync(string caller, JsonNode sheet)
    {
        using var answer = await ClientFor(caller).PostAsync("/api/submissions", XilinSubmissions.Body(sheet.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    // The shipped catalogue, in which the street reviews its villages.
    private string ReviewedCatalogue()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Data, "catalogue")).FullName;
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        File.WriteAllText(Path.Combine(folder, "workflow.csv"), "kind,subtree,reviewed,by,from\nvillage,,yes,above,\n");
        return folder;
    }

    public async Task InitializeAsync()
    {
        await _provider.StartAsync();
        _app = StandaloneHost.Build(
            new StandaloneOptions
            {
                DataFolder = Data,
                CatalogueFolder = ReviewedCatalogue(),
                Port = 0,
                AreTilesPublic = AreTilesPublic,
                Access = new()
                {
                    KeyFile = KeyFile,
                    Folder = Data,
                    IntakePerMinute = IntakePerMinute,
                    Authority = _provider.Address,
                    ClientId = TestOpenIdProvider.Client,
                    Audience = TestOpenIdProvider.Audience
                },
            },
            new SampleClock(TestSubmissions.Now), services => services.AddSingleton<ILoggerProvider>(Log));
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        await EventuallyAsync(async () => await StatusAsync("no one", "/health/ready") == HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Data, recursive: true);
    }

    internal static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(10);
        }

        Assert.Fail("It did not come true within 10 s.");
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}

[CollectionDefinition("guarded")]
public sealed class SecuredServiceCollection : ICollectionFixture<SecuredService>;
