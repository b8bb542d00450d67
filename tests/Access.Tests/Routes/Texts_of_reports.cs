using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

[Collection("guarded")]
public sealed class Texts_of_reports(SecuredService service) : IAsyncLifetime
{
    private const string Street = "320404004000";
    private const string Report = $"/api/report/2022?unit={Street}&month=7";

    // A report has texts from the first figure of its month on.
    public async Task InitializeAsync()
    {
        if (await service.StatusAsync("admin", Report) == HttpStatusCode.NotFound)
        {
            var (_, receipt) = await service.SubmitAsync("admin", TestSubmissions.NewSubmission(
                Street, "2022-07", TestSubmissions.Value("PUBLIC_BUDGET_REVENUE", 1_000, "万元")));
            Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
            await SecuredService.EventuallyAsync(async () => await service.StatusAsync("admin", Report) == HttpStatusCode.OK);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("no one", 401)]
    [InlineData("reader", 403)]
    [InlineData("clerk", 403)]
    [InlineData("reviewer", 403)]
    public async Task Are_not_edited_by_who_does_not_close_months(string caller, int expected) =>
        Assert.Equal(expected, (int)(await EditAsync(caller, "一句话。")).Status);

    [Fact]
    public async Task Are_edited_by_who_closes_months_and_name_them_to_those_who_read_all_or_close()
    {
        Assert.Equal(HttpStatusCode.OK, (await EditAsync("closer", "一句话。")).Status);
        foreach (var (caller, expected) in new[] { ("reader", "街道分管领导"), ("closer", "街道分管领导"), ("clerk", null) })
        {
            var texts = await service.GetJsonAsync(caller, $"/api/report/texts?unit={SecuredService.OtherVillage}&period=2022-07");
            var text = texts["sections"]!.AsArray().Single()!;
            Assert.Equal((caller, "一句话。", expected), (caller, (string?)text["text"], (string?)text["editedBy"]));
        }

        Assert.Equal(HttpStatusCode.NotFound, await service.StatusAsync("admin", $"/api/report/texts?unit={service.Firm}&period=2022-07"));
        foreach (var (section, expected) in new[] { ("ranks", HttpStatusCode.OK), ("nonsense", HttpStatusCode.BadRequest) })
        {
            Assert.Equal(expected, await service.StatusAsync(
                "closer", $"/api/report/texts/versions?unit={SecuredService.OtherVillage}&period=2022-07&language=zh&section={section}"));
        }
    }

    [Theory]
    [InlineData("text", "有空行。\n\n第二段。")]
    [InlineData("text", "\u202e倒写")]
    [InlineData("text", "")]
    [InlineData("section", "没有这一部分")]
    [InlineData("language", "fr")]
    [InlineData("computed", "")]
    public async Task Are_refused_with_the_reason_where_they_cannot_be_kept(string field, string value)
    {
        var (status, answer) = await EditAsync("admin", "一句话。", field, value);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(" / ", (string)answer["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1900-01")]
    [InlineData("2099-01")]
    public async Task Are_refused_for_a_month_without_figures(string month)
    {
        var (status, answer) = await EditAsync("admin", "一句话。", "period", month);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("没有", (string)answer["detail"]!, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> EditAsync(
        string caller, string text, string? field = null, string? value = null)
    {
        var body = new JsonObject
        {
            ["unit"] = SecuredService.OtherVillage,
            ["period"] = "2022-07",
            ["section"] = "ranks",
            ["language"] = "zh",
            ["version"] = 0,
            ["text"] = text,
            ["computed"] = "自动生成的文字。",
        };
        if (field is not null)
        {
            body[field] = value;
        }

        using var answer = await service.ClientFor(caller).PostAsync("/api/report/texts", XilinSubmissions.Body(body.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
