using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Reviews;

/// <summary>Real processes, the real clock: 2022 is locked, and July is reopened for this. The street reviews its villages.</summary>
public sealed class A_service_that_is_killed_after_a_review
{
    [Fact, Trait("suite", "long")]
    public async Task Judges_what_comes_after_it_as_before_shows_it_in_the_results_and_verify_finds_nothing()
    {
        using var folder = new TestFolder();
        var catalogue = ReviewedCatalogue(folder);
        Assert.Equal("accepted", await KilledAfterAsync(folder, catalogue, "/api/months/2022-07/reopen", new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["reason"] = MonthMessages.Reason,
        }));
        Assert.Equal("accepted", await KilledAfterAsync(folder, catalogue, "/api/submissions", Sheet(1)));
        Assert.Equal("accepted", await KilledAfterAsync(folder, catalogue, "/api/submissions/2/review", Review("return")));
        Assert.Equal("refused F806", await KilledAfterAsync(folder, catalogue, "/api/submissions/2/review", Review("return")));
        Assert.Equal("0 of 1, 0 approved, returned", await ResultsAsync(folder, catalogue, through: 4));
        Assert.Equal("accepted F602", await KilledAfterAsync(folder, catalogue, "/api/submissions", Sheet(2)));
        Assert.Equal("refused F804", await KilledAfterAsync(folder, catalogue, "/api/submissions/2/review", Review("approve")));
        Assert.Equal("accepted", await KilledAfterAsync(folder, catalogue, "/api/submissions/5/review", Review("approve")));
        Assert.Equal("1 of 1, 1 approved, approved", await ResultsAsync(folder, catalogue, through: 7));

        using var verify = new StandaloneProcess("verify", "--data", folder.Path, "--catalogue", catalogue, "--lang", "en");
        Assert.True(await verify.ExitAsync() == 0, verify.Output + verify.Errors);
    }

    private static string ReviewedCatalogue(TestFolder folder)
    {
        var catalogue = Directory.CreateDirectory(Path.Combine(folder.Path, "catalogue")).FullName;
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue))
        {
            File.Copy(file, Path.Combine(catalogue, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(catalogue, "workflow.csv"), "kind,subtree,reviewed,by,from\nvillage,,yes,above,2022-07\n");
        return catalogue;
    }

    // Of the indicator alone: the village owes others.
    private static async Task<string> ResultsAsync(TestFolder folder, string catalogue, int through)
    {
        using var program = Start(folder, catalogue);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        await InProcessService.EventuallyAsync(async () =>
        {
            using var answer = await client.GetAsync($"/api/form?unit={XilinSubmissions.Dongdai}&period=2022-07");
            return answer.IsSuccessStatusCode
                && (long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["appliedThrough"]! >= through;
        });
        var month = await GetAsync(client, "completeness");
        var report = (await GetAsync(client, "reviews"))["reports"]![0]!;
        var missing = month["missing"]!.AsArray().Single(each => (string?)each!["unit"] == XilinSubmissions.Dongdai)!;
        var visits = missing["indicators"]!.AsArray().Any(code => (string?)code == "ENTERPRISE_VISITS") ? 0 : 1;
        var approved = (string?)report["state"] == "approved" ? 1 : 0;
        var found = $"{visits} of 1, {approved} approved, {report["state"]}";
        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        return found;
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string route) =>
        JsonNode.Parse(await client.GetStringAsync($"/api/{route}?unit={XilinSubmissions.Dongdai}&period=2022-07"))!;

    private static StandaloneProcess Start(TestFolder folder, string catalogue) =>
        new("--data", folder.Path, "--port", "0", "--lang", "en", "--catalogue", catalogue);

    private static async Task<string> KilledAfterAsync(TestFolder folder, string catalogue, string path, JsonObject body)
    {
        using var program = Start(folder, catalogue);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        using var answer = await client.PostAsync(path, body.Body());
        program.Kill();
        var receipt = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return string.Join(' ',
            receipt["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]).Prepend((string?)receipt["verdict"]));
    }

    private static JsonObject Sheet(int revision) => TestSubmissions.NewSubmission(
        XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(3)).Set("revision", revision);

    private static JsonObject Review(string decision) => new()
    {
        ["messageId"] = Guid.NewGuid().ToString(),
        ["unit"] = XilinSubmissions.Dongdai,
        ["period"] = "2022-07",
        ["decision"] = decision,
        ["reason"] = ReviewMessages.ReturnReason,
    };
}
