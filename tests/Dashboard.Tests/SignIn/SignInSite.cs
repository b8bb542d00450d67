using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Tests.SignIn;

/// <summary>
/// A service where people have to sign in, beside the one that all other tests read: empty but for what two offices sent.
/// </summary>
public sealed class SignInSite : IAsyncLifetime
{
    internal const string Dongdai = "320404004201";
    internal const string OtherVillage = "320404004202";
    private DashboardProcess? _service;

    internal string Reader { get; private set; } = "";

    internal string Clerk { get; private set; } = "";

    internal Uri Address => _service!.Address;

    /// <summary>The rows of the ledger: the clerk's, and another's.</summary>
    internal (long Own, long Others) Rows { get; private set; }

    public async Task InitializeAsync()
    {
        var (reader, clerk, other) =
            (NewKey("街道统计办", "read"), NewKey("东岱村统计员", "enter", Dongdai), NewKey("Clerk of another", "enter", OtherVillage));
        _service = await DashboardProcess.StartAsync(
            sample: false, keys: [reader.Key, clerk.Key, other.Key], embeddedBy: "https://portal.example");
        (Reader, Clerk) = (reader.Secret, clerk.Secret);
        Rows = (await SubmitAsync(clerk.Secret, Dongdai), await SubmitAsync(other.Secret, OtherVillage));
    }

    public async Task DisposeAsync() => await _service!.DisposeAsync();

    /// <summary>A key more.</summary>
    internal string AddKey(string name, string right = "read", params IReadOnlyList<string> units)
    {
        var (secret, key) = NewKey(name, right, units);
        Assert.True(AccessKeyFile.Change(_service!.KeyFile, keys => [.. keys, key]));
        return secret;
    }

    internal void RemoveKey(string name) =>
        Assert.True(AccessKeyFile.Change(_service!.KeyFile, keys => [.. keys.Where(key => key.Name != name)]));

    private static (string Secret, AccessKey Key) NewKey(string name, string right, params IReadOnlyList<string> units) =>
        AccessKeyFile.Create(name, [right], units, DateTimeOffset.UnixEpoch);

    private async Task<long> SubmitAsync(string key, string unit)
    {
        using var client =
            new HttpClient
            {
                BaseAddress = Address,
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) }
            };
        using var body =
            new StringContent(
                TestSubmissions.NewSubmission(unit, "2022-07", TestSubmissions.Value("ENTERPRISE_VISITS", 1, "家")).ToJsonString(),
                Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/submissions", body);
        return (long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["sequence"]!;
    }
}
