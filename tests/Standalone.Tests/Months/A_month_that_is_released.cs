using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Months;

/// <summary>It is 5 August 2022 in the service of this process: July is open.</summary>
public sealed class A_month_that_is_released
{
    private const string Street = "320404004000";
    private const string Totals = $"/api/totals?unit={Street}&period=2022-07";

    [Fact, Trait("suite", "long")]
    public async Task Is_read_as_it_was_and_compared_with_what_came_later_also_after_a_restart()
    {
        using var data = new TestFolder();
        string first;
        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, data))
        {
            await service.SubmitAndApplyAsync(July(3, revision: 1));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, $"{Totals}&release=1"));
            await ChangeAsync(service, "close");
            var release = (await ReleasesAsync(service, 1))[0]!;
            Assert.Equal(("2022-07", 1, 2, 2), ((string)release["period"]!, (int)release["number"]!, (int)release["ledgerThrough"]!,
                (int)release["monthRow"]!));
            await AssertIsProvenAsync(service, release);
            first = await TextAsync(service, Totals);
            Assert.Equal(first, await TextAsync(service, $"{Totals}&release=1"));

            // A correction after it makes no release, and changes none.
            await service.SubmitAndApplyAsync(July(5, revision: 2).Corrected());
            Assert.NotEqual(first, await TextAsync(service, Totals));
            Assert.Equal(first, await TextAsync(service, $"{Totals}&release=1"));
        }

        await using (var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, data))
        {
            Assert.Equal(first, await TextAsync(service, $"{Totals}&release=1"));
            var change = await ChangeOfVisitsAsync(service, "from=1");
            Assert.Equal((3m, 5m, 2m, "家"), ((decimal)change["before"]!["yearToDate"]!, (decimal)change["after"]!["yearToDate"]!,
                (decimal)change["difference"]!, (string)change["differenceUnit"]!));
            Assert.Equal([3L], change["cause"]!.AsArray().Select(row => (long)row!));

            await ChangeAsync(service, "reopen");
            await service.SubmitAndApplyAsync(July(4, revision: 3));
            await ChangeAsync(service, "close");
            Assert.Equal(6, (int)(await ReleasesAsync(service, 2))[1]!["monthRow"]!);
            var (report, before) = (await service.GetAsync($"/api/report/2022?unit={Street}&release=2"),
                await service.GetAsync($"/api/report/2022?unit={Street}&month=7&release=1"));
            Assert.Equal((4m, 3m), (VisitsOf(report), VisitsOf(before)));
            change = await ChangeOfVisitsAsync(service, "from=1&to=2");
            Assert.Equal([5L, 3L], change["cause"]!.AsArray().Select(row => (long)row!));
            Assert.Empty((await service.GetAsync($"/api/releases/changes?unit={Street}&period=2022-07&from=2"))["changes"]!.AsArray());
            Assert.Equal(HttpStatusCode.NotFound,
                await StatusAsync(service, $"/api/releases/changes?unit={Street}&period=2022-07&from=1&to=3"));
        }
    }

    [Fact]
    public async Task Keeps_the_texts_of_its_report_and_takes_others_once_it_is_reopened()
    {
        using var data = new TestFolder();
        await using var service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, data);
        await service.SubmitAndApplyAsync(July(3, revision: 1));
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(service, 0, "发布前的文字。")).Status);
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(service, 0, "发布前的文字。")).Status);
        var (status, problem) = await EditAsync(service, 0, "另一人的文字。");
        Assert.Equal((HttpStatusCode.Conflict, true), (status, problem.Contains("先行编辑", StringComparison.Ordinal)));
        await ChangeAsync(service, "close");
        await ReleasesAsync(service, 1);
        (status, problem) = await EditAsync(service, 1, "发布后的文字。");
        Assert.Equal((HttpStatusCode.Conflict, true), (status, problem.Contains("已经发布", StringComparison.Ordinal)));

        await ChangeAsync(service, "reopen");
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(service, 1, "重开后的文字。")).Status);
        await ChangeAsync(service, "close");
        await ReleasesAsync(service, 2);
        Assert.Equal("发布前的文字。", await TextOfAsync(service, "&release=1"));
        Assert.Equal("重开后的文字。", await TextOfAsync(service, "&release=2"));
        Assert.Equal("重开后的文字。", await TextOfAsync(service, ""));
        var ofSecond = await service.GetAsync($"/api/report/texts?unit={Street}&period=2022-07&release=2");
        Assert.Equal((string?)(await ReleasesAsync(service, 2))[1]!["releasedAt"], (string?)ofSecond["releasedAt"]);
    }

    private static async Task<(HttpStatusCode Status, string Answer)> EditAsync(InProcessService service, int version, string text)
    {
        var body = new JsonObject
        {
            ["unit"] = Street,
            ["period"] = "2022-07",
            ["section"] = "ranks",
            ["language"] = "zh",
            ["version"] = version,
            ["text"] = text,
            ["computed"] = "自动生成的文字。",
        };
        using var answer = await service.Client.PostAsync("/api/report/texts", body.Body());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string?> TextOfAsync(InProcessService service, string release)
    {
        var texts = await service.GetAsync($"/api/report/texts?unit={Street}&period=2022-07{release}");
        return (string?)texts["sections"]!.AsArray().Single()!["text"];
    }

    // By the release, the public key and the proof alone.
    private static async Task AssertIsProvenAsync(InProcessService service, JsonNode release)
    {
        var (signed, row) = (release["checkpoint"]!, (long)release["ledgerThrough"]!);
        var (size, root) = ((long)signed["treeSize"]!, (string)signed["root"]!);
        Assert.Equal(
            DateTimeOffset.Parse((string)signed["time"]!, System.Globalization.CultureInfo.InvariantCulture),
            IndependentNoteVerifier.TimeOf(
                IndependentNoteVerifier.NoteOf(signed), await service.Client.GetStringAsync("/api/ledger/key")));
        var proof = await service.GetAsync($"/api/ledger/inclusion?sequence={row}&treeSize={size}");
        Assert.True(Api.IndependentLogVerifier.Includes(
            Convert.FromHexString((string)release["ledgerHash"]!), row - 1, size,
            proof["path"]!.AsArray().Select(node => Convert.FromHexString((string)node!)), Convert.FromHexString(root)));
    }

    private static async Task ChangeAsync(InProcessService service, string action)
    {
        var body = new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = MonthMessages.Reason };
        using var answer = await service.Client.PostAsync($"/api/months/2022-07/{action}", body.Body());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await service.WaitUntilAppliedAsync((long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["sequence"]!);
    }

    private static async Task<JsonArray> ReleasesAsync(InProcessService service, int count)
    {
        JsonArray found = [];
        await InProcessService.EventuallyAsync(async () =>
            (found = (await service.GetAsync("/api/releases?year=2022")).AsArray()).Count == count);
        return found;
    }

    private static async Task<JsonNode> ChangeOfVisitsAsync(InProcessService service, string between) =>
        (await service.GetAsync($"/api/releases/changes?unit={Street}&period=2022-07&{between}"))["changes"]!.AsArray().Single(change =>
            (string?)change!["unit"] == Street && (string?)change["after"]!["indicator"] == "ENTERPRISE_VISITS")!;

    private static decimal VisitsOf(JsonNode report) => (decimal)report["rows"]!.AsArray().Single(
        row => (string?)row!["indicator"] == "ENTERPRISE_VISITS")!["yearToDate"]!;

    private static async Task<string> TextAsync(InProcessService service, string path) => (await service.GetAsync(path)).ToJsonString();

    private static async Task<HttpStatusCode> StatusAsync(InProcessService service, string path)
    {
        using var answer = await service.Client.GetAsync(path);
        return answer.StatusCode;
    }

    private static JsonObject July(int visits, int revision) => TestSubmissions.NewSubmission(
        XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(visits)).Set("revision", revision);
}
