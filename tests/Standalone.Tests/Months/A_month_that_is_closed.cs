using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Months;

/// <summary>It is 5 August 2022 in the service of this process: July is open.</summary>
public sealed class A_month_that_is_closed_over_HTTP(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Says_what_is_missing_takes_a_reason_and_then_only_corrections()
    {
        await service.SubmitAndApplyAsync(July(3));
        Assert.Equal((422, "F703"), await CloseAsync(NewBody(reason: null)));
        Assert.Equal("open", (string?)(await MonthAsync())["state"]);
        var body = NewBody(MonthMessages.Reason);
        Assert.Equal((200, "F704"), await CloseAsync(body));
        Assert.Equal((200, "F704"), await CloseAsync(body));
        Assert.Equal((422, "F701"), await CloseAsync(NewBody(MonthMessages.Reason)));
        await InProcessService.EventuallyAsync(async () => (string?)(await MonthAsync())["state"] == "closed");
        var month = await MonthAsync();
        Assert.True((bool)month["isFinal"]!);
        Assert.Equal($"closed http {MonthMessages.Reason}",
            string.Join("; ", month["history"]!.AsArray().Select(each => $"{each!["transition"]} {each["by"]} {each["reason"]}")));

        var (status, receipt) = await service.PostAsync(July(4).Set("revision", 2).Body());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "F206"), (status, (string?)receipt["findings"]![0]!["rule"]));
        await service.SubmitAndApplyAsync(July(4).Set("revision", 2).Corrected());

        // The form asks for the reason as well.
        var form = await service.GetAsync($"/api/form?unit={XilinSubmissions.Dongdai}&period=2022-07");
        Assert.Equal((DateTimeOffset)month["history"]![0]!["at"]!, (DateTimeOffset)form["closes"]!);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"monthToClose\":\"2022-07\"}")]
    [InlineData("{\"messageId\":\"\\ud800\"}")]
    public async Task Is_not_closed_by_a_body_that_no_one_can_read(string body)
    {
        using var answer = await service.Client.PostAsync("/api/months/2022-06/close", XilinSubmissions.Body(body));
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
        Assert.Empty((await service.GetAsync("/api/months?year=2022"))[5]!["history"]!.AsArray());
    }

    private static JsonObject July(int visits) =>
        TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(visits));

    private static string NewBody(string? reason) =>
        new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = reason }.ToJsonString();

    private async Task<JsonNode> MonthAsync() => (await service.GetAsync("/api/months?year=2022"))[6]!;

    private async Task<(int Status, string? Rule)> CloseAsync(string body)
    {
        using var answer = await service.Client.PostAsync("/api/months/2022-07/close", XilinSubmissions.Body(body));
        return ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["findings"]![0]!["rule"]);
    }
}

/// <summary>Real processes, the real clock: 2022 is locked, and is reopened for this.</summary>
public sealed class A_service_that_is_killed_after_a_month_was_closed
{
    [Fact, Trait("suite", "long")]
    public async Task Judges_what_comes_after_it_as_before_and_verify_finds_nothing()
    {
        using var folder = new TestFolder();
        Assert.Equal("refused F207", await KilledAfterAsync(folder, "/api/submissions", Sheet(1)));
        Assert.Equal("accepted", await KilledAfterAsync(folder, "/api/months/2022-07/reopen", Request()));
        Assert.Equal("accepted", await KilledAfterAsync(folder, "/api/submissions", Sheet(1)));
        Assert.Equal("accepted F704", await KilledAfterAsync(folder, "/api/months/2022-07/close", Request()));

        // It is closed again and not locked at once: corrections are taken for as long as the calendar gives.
        Assert.Equal("refused F206", await KilledAfterAsync(folder, "/api/submissions", Sheet(2)));
        Assert.Equal("accepted F603", await KilledAfterAsync(folder, "/api/submissions", Sheet(2).Corrected()));

        // The states of months reach the results by the ledger after a kill, too.
        using (var program = Start(folder))
        {
            using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
            await InProcessService.EventuallyAsync(async () =>
                await client.GetAsync("/api/months?year=2022") is { IsSuccessStatusCode: true } answer
                && JsonNode.Parse(await answer.Content.ReadAsStringAsync())![6]!["history"]!.AsArray().Count == 2);
            program.Terminate();
            Assert.Equal(0, await program.ExitAsync());
        }

        using var verify = new StandaloneProcess("verify", "--data", folder.Path, "--catalogue", RepositoryFiles.Catalogue, "--lang", "en");
        Assert.True(await verify.ExitAsync() == 0, verify.Output + verify.Errors);
    }

    private static StandaloneProcess Start(TestFolder folder) =>
        new("--data", folder.Path, "--port", "0", "--lang", "en", "--catalogue", RepositoryFiles.Catalogue);

    private static async Task<string> KilledAfterAsync(TestFolder folder, string path, JsonObject body)
    {
        using var program = Start(folder);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        using var answer = await client.PostAsync(path, body.Body());
        program.Kill();
        var receipt = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return string.Join(' ',
            receipt["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]).Prepend((string?)receipt["verdict"]));
    }

    private static JsonObject Sheet(int revision) => TestSubmissions.NewSubmission(
        XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(3)).Set("revision", revision);

    private static JsonObject Request() => new() { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = MonthMessages.Reason };
}
