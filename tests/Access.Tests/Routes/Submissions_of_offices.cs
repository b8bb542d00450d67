using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

[Collection("guarded")]
public sealed class Submissions_of_offices(SecuredService service)
{
    private static JsonObject Of(string unit) => TestSubmissions.NewSubmission(unit, "2022-07", XilinSubmissions.Visits(3));

    [Fact]
    public async Task Are_taken_under_the_name_that_the_key_has()
    {
        var (status, receipt) = await service.SubmitAsync("clerk", Of(SecuredService.Dongdai));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("东岱村统计员", (string?)(await service.GetJsonAsync("clerk", $"/api/submissions/{receipt["sequence"]}"))["sender"]);
    }

    [Fact]
    public async Task Are_taken_for_a_unit_below_and_from_an_administrator_for_any()
    {
        // Refused for what is in it, so recorded: the sender has the right.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.SubmitAsync("clerk", Of(service.Firm))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.SubmitAsync("firm", Of(service.Firm))).Status);
        Assert.Equal(HttpStatusCode.OK, (await service.SubmitAsync("admin", Of(SecuredService.OtherVillage))).Status);
    }

    [Fact]
    public async Task Are_not_taken_for_another_unit_and_leave_no_trace()
    {
        var before = await NewestAsync();
        foreach (var body in new JsonNode[]
        {
            Of(SecuredService.OtherVillage), Of(service.OtherFirm), Of("320404004000"), Of("320404009999"),
            new JsonObject { ["submissions"] = new JsonArray(Of(SecuredService.Dongdai), Of(SecuredService.OtherVillage)) },
        })
        {
            var (status, problem) = await service.SubmitAsync("clerk", body);
            Assert.True(status == HttpStatusCode.Forbidden, $"{(int)status} {problem}");
        }

        Assert.Equal(before, await NewestAsync());
    }

    [Theory]
    [InlineData("reader", 403)]
    [InlineData("no one", 401)]
    public async Task Are_not_taken_from_who_may_not_enter(string caller, int expected) =>
        Assert.Equal(expected, (int)(await service.SubmitAsync(caller, Of(SecuredService.Dongdai))).Status);

    [Fact]
    public async Task Are_seen_by_their_office_and_by_who_reads_all()
    {
        var mine = (long)(await service.SubmitAsync("clerk", Of(SecuredService.Dongdai))).Answer["sequence"]!;
        var theirs = (long)(await service.SubmitAsync("other", Of(SecuredService.OtherVillage))).Answer["sequence"]!;
        Assert.Equal("200 403 200", await SeenAsync(mine));
        Assert.Equal("403 200 200", await SeenAsync(theirs));
        Assert.Equal("200 403 200", await SeenAsync($"/api/submissions/{mine}/proof"));
        Assert.Equal("403 200 200", await SeenAsync($"/api/submissions/{theirs}/proof?checkpoint=newest"));
        Assert.Equal("403 200 200", await SeenAsync($"/export/receipt.tlog-proof?sequence={theirs}"));
        foreach (var path in new[] { "/api/submissions?limit=500", $"/api/submissions/some?sequences={mine},{theirs}" })
        {
            Assert.Equal([SecuredService.Dongdai], (await UnitsAsync("clerk", path)).Except([service.Firm]));
            Assert.Equal([SecuredService.OtherVillage], await UnitsAsync("other", path));
            Assert.Superset(new HashSet<string> { SecuredService.Dongdai, SecuredService.OtherVillage },
                (await UnitsAsync("reader", path)).ToHashSet());
        }
    }

    private Task<string> SeenAsync(long sequence) => SeenAsync($"/api/submissions/{sequence}");

    private async Task<string> SeenAsync(string path) => string.Join(' ',
        (await Task.WhenAll(new[] { "clerk", "other", "reader" }.Select(caller => service.StatusAsync(caller, path))))
            .Select(status => (int)status));

    private async Task<IEnumerable<string>> UnitsAsync(string caller, string path) =>
        (await service.GetJsonAsync(caller, path)).AsArray().Select(row => (string)row!["unit"]!).Distinct().Order(StringComparer.Ordinal);

    private async Task<string> NewestAsync() => (await service.GetJsonAsync("reader", "/api/submissions?limit=1")).ToJsonString();
}
