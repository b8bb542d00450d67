using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

[Collection("guarded")]
public sealed class Months_that_are_closed(SecuredService service)
{
    [Theory]
    [InlineData("reader", 403)]
    [InlineData("clerk", 403)]
    [InlineData("no one", 401)]
    public async Task Are_not_closed_or_reopened_by_who_has_no_right_to_it(string caller, int expected)
    {
        var before = await HistoryAsync("2022-03");
        Assert.Equal(expected, (int)(await PostAsync(caller, "2022-03/close")).Status);
        Assert.Equal(expected, (int)(await PostAsync(caller, "2022-03/reopen")).Status);

        // Nor by the way of submissions: the message is refused there as well.
        var (status, answer) = await service.SubmitAsync(caller, MonthMessages.Closing("2022-03"));
        Assert.Equal(expected, (int)status);
        Assert.DoesNotContain("sequence", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before, await HistoryAsync("2022-03"));
    }

    [Fact]
    public async Task Are_closed_and_reopened_by_who_has_the_right_and_no_figures_are_sent_with_it()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("closer", "2022-04/reopen")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("closer", "2022-04/close")).Status);
        var (status, receipt) = await PostAsync("admin", "2022-04/close");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "F701"), (status, (string?)receipt["findings"]![0]!["rule"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await service.SubmitAsync("closer",
            TestSubmissions.NewSubmission(SecuredService.Dongdai, "2022-04", XilinSubmissions.Visits(3)))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await service.StatusAsync("closer", $"/api/submissions/{receipt["sequence"]}"));
    }

    [Fact]
    public async Task Show_who_closed_them_to_those_who_read_all_or_close_and_the_state_to_everyone()
    {
        var (_, receipt) = await PostAsync("closer", "2022-05/reopen");
        var sequence = (long)receipt["sequence"]!;
        await SecuredService.EventuallyAsync(
            async () => (await HistoryAsync("2022-05")).Contains($":{sequence},", StringComparison.Ordinal));
        foreach (var (caller, expected) in new[] { ("reader", "街道分管领导"), ("closer", "街道分管领导"), ("admin", "街道分管领导"), ("clerk", null) })
        {
            var month = await MonthAsync(caller, "2022-05");
            Assert.Equal("reopened", (string?)month["state"]);
            Assert.Equal((expected, MonthMessages.Reason),
                ((string?)month["history"]!.AsArray()[^1]!["by"], (string?)month["history"]!.AsArray()[^1]!["reason"]));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync("no one", "/api/months"));
    }

    private async Task<string> HistoryAsync(string period) => (await MonthAsync("admin", period))["history"]!.ToJsonString();

    private async Task<JsonNode> MonthAsync(string caller, string period) =>
        (await service.GetJsonAsync(caller, $"/api/months?year={period[..4]}")).AsArray()
        .Single(month => (string?)month!["period"] == period)!;

    private async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string caller, string path)
    {
        var body = new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = MonthMessages.Reason };
        using var answer = await service.ClientFor(caller).PostAsync($"/api/months/{path}", XilinSubmissions.Body(body.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
