using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

[Collection("guarded")]
public sealed class Reports_that_are_reviewed(SecuredService service)
{
    private const string Period = "2022-06";

    [Theory]
    [InlineData("reader", 403)]
    [InlineData("clerk", 403)]
    [InlineData("closer", 403)]
    [InlineData("other reviewer", 403)]
    [InlineData("no one", 401)]
    public async Task Are_not_reviewed_by_who_has_no_right_to_it(string caller, int expected)
    {
        var row = await SubmitAsync();
        Assert.Equal(expected, (int)(await ReviewAsync(caller, row, "return")).Status);

        // Nor by the way of submissions: the message is refused there as well.
        var (status, answer) = await service.SubmitAsync(caller, ReviewMessages.Returning(row, SecuredService.Dongdai, Period));
        Assert.Equal(expected, (int)status);
        Assert.DoesNotContain("sequence", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("waiting", await StateAsync("admin", row));
    }

    [Fact]
    public async Task Are_reviewed_by_who_has_the_right_who_sees_them_and_sends_no_figures_with_it()
    {
        var row = await SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync("reviewer", $"/api/submissions/{row}"));
        Assert.Equal(HttpStatusCode.Forbidden, await service.StatusAsync("other reviewer", $"/api/submissions/{row}"));
        Assert.Equal(HttpStatusCode.OK, (await ReviewAsync("reviewer", row, "return")).Status);
        var (status, receipt) = await ReviewAsync("admin", row, "return");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "F806"), (status, (string?)receipt["findings"]![0]!["rule"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await service.SubmitAsync("reviewer",
            TestSubmissions.NewSubmission(SecuredService.Dongdai, Period, XilinSubmissions.Visits(3)))).Status);
    }

    [Theory]
    [InlineData("messageId")]
    [InlineData("unit")]
    [InlineData("period")]
    public async Task Are_not_reviewed_by_a_body_without_a_field_which_the_answer_names(string field)
    {
        var body = new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["unit"] = SecuredService.Dongdai,
            ["period"] = Period,
            ["decision"] = "approve",
        };
        body.Remove(field);
        using var answer = await service.ClientFor("reviewer").PostAsync(
            "/api/submissions/1/review", XilinSubmissions.Body(body.ToJsonString()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"no field {field}.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_listed_to_who_reviews_them_and_to_no_other_reviewer()
    {
        var row = await SubmitAsync();
        foreach (var of in new[] { "", $"&unit={SecuredService.Dongdai}", $"&within={SecuredService.Dongdai}" })
        {
            Assert.Contains(row, await ListAsync("reviewer", of));
        }

        Assert.DoesNotContain(row, await ListAsync("other reviewer", ""));

        async Task<IEnumerable<long>> ListAsync(string caller, string of) =>
            (await service.GetJsonAsync(caller, $"/api/submissions?limit=500{of}")).AsArray().Select(each => (long)each!["sequence"]!);
    }

    [Fact]
    public async Task Show_who_returned_them_and_why_to_who_reports_reviews_or_reads_all()
    {
        var row = await SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, (await ReviewAsync("reviewer", row, "return")).Status);
        await SecuredService.EventuallyAsync(async () => await StateAsync("admin", row) == "returned");
        foreach (var (caller, expected) in new[]
        {
            ("reader", ReviewMessages.ReturnReason), ("clerk", ReviewMessages.ReturnReason), ("reviewer", ReviewMessages.ReturnReason),
            ("admin", ReviewMessages.ReturnReason), ("other", null), ("other reviewer", null), ("closer", null),
        })
        {
            var found = await RowAsync(caller, row);
            Assert.Equal(("returned", expected, expected is null ? null : "街道审核员"),
                ((string?)found["state"], (string?)found["review"]?["reason"], (string?)found["review"]?["by"]));
        }

        Assert.Equal(HttpStatusCode.Unauthorized,
            await service.StatusAsync("no one", $"/api/reviews?unit={SecuredService.Dongdai}&period={Period}"));
    }

    // Each test reports an indicator anew, so that its row is one of the month's.
    private async Task<long> SubmitAsync()
    {
        var (status, receipt) = await service.SubmitAsync("clerk", TestSubmissions.NewSubmission(
            SecuredService.Dongdai, Period, XilinSubmissions.Visits(3)).Set("revision", NextRevision()));
        Assert.Equal((HttpStatusCode.OK, "accepted"), (status, (string?)receipt["verdict"]));
        var row = (long)receipt["sequence"]!;
        await SecuredService.EventuallyAsync(async () => await FindRowAsync("admin", row) is not null);
        return row;
    }

    private static int _revision = 100;

    private static int NextRevision() => Interlocked.Increment(ref _revision);

    private async Task<string?> StateAsync(string caller, long row) => (string?)(await FindRowAsync(caller, row))?["state"];

    private async Task<JsonNode> RowAsync(string caller, long row) => Assert.IsAssignableFrom<JsonNode>(await FindRowAsync(caller, row));

    private async Task<JsonNode?> FindRowAsync(string caller, long row) =>
        (await service.GetJsonAsync(caller, $"/api/reviews?unit={SecuredService.Dongdai}&period={Period}"))["reports"]!.AsArray()
            .SelectMany(report => report!["rows"]!.AsArray()).SingleOrDefault(each => (long)each!["sequence"]! == row);

    private async Task<(HttpStatusCode Status, JsonNode Answer)> ReviewAsync(string caller, long row, string decision)
    {
        var body = new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["unit"] = SecuredService.Dongdai,
            ["period"] = Period,
            ["decision"] = decision,
            ["reason"] = ReviewMessages.ReturnReason,
        };
        using var answer = await service.ClientFor(caller).PostAsync(
            $"/api/submissions/{row}/review", XilinSubmissions.Body(body.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
