using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>Each body is asked about first and sent then: the receipt says what was foretold, and asking left no row.</summary>
public sealed class What_a_submission_would_be_answered(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Is_what_the_intake_then_says()
    {
        var june = TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-06", XilinSubmissions.Budget(1_500));
        Assert.Equal("accepted", await AskedAndSentAsync(june));
        Assert.Equal("accepted", await AskedAndSentAsync(june));
        Assert.Equal("refused F108",
            await AskedAndSentAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-06", XilinSubmissions.Budget(1_400))
                .Set("submissionId", (string)june["submissionId"]!)));
        Assert.Equal("accepted F602",
            await AskedAndSentAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-06", XilinSubmissions.Budget(1_600)).Set("revision", 2)));
        Assert.Equal("superseded F601",
            await AskedAndSentAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-06", XilinSubmissions.Budget(1_300))
                .Set("submittedAt", "2022-08-01T00:00:00Z")));
        Assert.Equal("refused R01", await AskedAndSentAsync(July()));
        Assert.Equal("refused F401 R01", await AskedAndSentAsync(Explained(July(), "核实无误")));
        Assert.Equal("accepted R01", await AskedAndSentAsync(Explained(July(), "一次性大额税款入库")));
        Assert.Equal("accepted F404",
            await AskedAndSentAsync(
                Explained(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(3)), "一次性大额税款入库")));
        Assert.Equal("refused F201 F307",
            await AskedAndSentAsync(
                TestSubmissions.NewSubmission("320404999999", "2022-07", TestSubmissions.Value("PUBLIC_BUDGET_REVENUE", 1, "元"))));
        Assert.Equal("refused F308",
            await AskedAndSentAsync(
                TestSubmissions.NewSubmission("91320404MA0000001L", "2022-07", TestSubmissions.Value("FIXED_ASSET_INVESTMENT", -5, "万元"))));
        Assert.Equal("refused F206",
            await AskedAndSentAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-05", XilinSubmissions.Visits(3))));
    }

    /// <summary>In a pack, the second of two revisions is judged as if the first stood: it would.</summary>
    [Fact]
    public async Task Is_for_a_pack_what_its_submissions_are_answered_together()
    {
        var pack = new JsonObject
        {
            ["submissions"] = new JsonArray(
                TestSubmissions.NewSubmission("320404002000", "2022-07", XilinSubmissions.Budget(900)).Set("revision", 2),
                TestSubmissions.NewSubmission("320404002000", "2022-07", XilinSubmissions.Budget(800)),
                TestSubmissions.NewSubmission("x", "2022-07", XilinSubmissions.Budget(1))),
        };
        var asked = await CheckAsync(pack);
        var (_, sent) = await service.PostAsync(pack.Body());
        Assert.Equal(["accepted", "superseded", "refused"], asked["checks"]!.AsArray().Select(check => (string?)check!["verdict"]));
        AssertSame(sent["receipts"]![0]!, asked["checks"]![0]!);
        AssertSame(sent["receipts"]![1]!, asked["checks"]![1]!);
        AssertSame(sent["receipts"]![2]!, asked["checks"]![2]!);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "application/json")]
    [InlineData("[]", HttpStatusCode.BadRequest, "application/json")]
    [InlineData("{}", HttpStatusCode.UnsupportedMediaType, "text/plain")]
    public async Task Is_nothing_where_no_one_can_read_it(string body, HttpStatusCode status, string type)
    {
        using var content = new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type));
        using var answer = await service.Client.PostAsync("/api/submissions/check", content);
        await ProblemAssertions.AssertAsync(answer, status, body);
    }

    private static JsonObject July() => TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(15_000));

    private static JsonObject Explained(JsonObject sheet, string text) =>
        sheet.Set("explanations",
            new JsonArray(new JsonObject { ["rule"] = "R01", ["indicator"] = "PUBLIC_BUDGET_REVENUE", ["text"] = text }));

    private async Task<string> AskedAndSentAsync(JsonObject sheet)
    {
        var asked = await CheckAsync(sheet);
        Assert.True(JsonNode.DeepEquals(asked, await CheckAsync(sheet)));
        var (_, receipt) = await service.PostAsync(sheet.Body());
        AssertSame(receipt, asked);
        return string.Join(' ',
            asked["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]).Prepend((string?)asked["verdict"]));
    }

    private async Task<JsonObject> CheckAsync(JsonObject sheet)
    {
        var rows = await RowsAsync();
        using var answer = await service.Client.PostAsync("/api/submissions/check", sheet.Body());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal(rows, await RowsAsync());
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<long> RowsAsync() =>
        (await service.GetAsync("/api/submissions?limit=1")).AsArray() is [var row] ? (long)row!["sequence"]! : 0;

    private static void AssertSame(JsonNode receipt, JsonNode asked)
    {
        Assert.Equal((string?)receipt["verdict"], (string?)asked["verdict"]);
        Assert.True(JsonNode.DeepEquals(receipt["findings"], asked["findings"]),
            $"{receipt["findings"]!.ToJsonString()}\n{asked["findings"]!.ToJsonString()}");
    }
}
