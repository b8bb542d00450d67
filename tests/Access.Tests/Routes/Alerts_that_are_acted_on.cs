using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>No alert stands in this service, so whoever may take one hears that there is none: 404.</summary>
[Collection("guarded")]
public sealed class Alerts_that_are_acted_on(SecuredService service)
{
    [Theory]
    [InlineData("no one", SecuredService.Dongdai, 401)]
    [InlineData("reader", SecuredService.Dongdai, 403)]
    [InlineData("closer", SecuredService.Dongdai, 403)]
    [InlineData("clerk", SecuredService.Dongdai, 404)]
    [InlineData("clerk", SecuredService.OtherVillage, 403)]
    [InlineData("clerk", "320404004000", 403)]
    [InlineData("firm", SecuredService.Dongdai, 403)]
    [InlineData("director", SecuredService.Dongdai, 404)]
    [InlineData("director", SecuredService.OtherVillage, 403)]
    [InlineData("admin", SecuredService.Dongdai, 404)]
    public async Task Are_taken_by_the_offices_of_the_unit_and_who_acts_for_it(string caller, string unit, int expected)
    {
        foreach (var action in new[] { "take", "note", "hand-over", "give-back" })
        {
            var body = new JsonObject { ["unit"] = unit, ["indicator"] = "RETAIL_SALES", ["year"] = 2022, ["assignee"] = "张三" };
            Assert.Equal((action, expected), (action, (int)(await PostAsync(caller, $"tasks/{action}", body)).Status));
        }
    }

    [Theory]
    [InlineData("no one", SecuredService.Dongdai, 401)]
    [InlineData("reader", SecuredService.Dongdai, 403)]
    [InlineData("closer", SecuredService.Dongdai, 403)]
    [InlineData("clerk", SecuredService.Dongdai, 403)]
    [InlineData("director", SecuredService.OtherVillage, 403)]
    [InlineData("director", "320404004000", 403)]
    public async Task Are_not_silenced_by_who_has_no_right_to_it(string caller, string unit, int expected)
    {
        Assert.Equal(expected, (int)(await PostAsync(caller, "silences", NewSilence(unit))).Status);
        var (_, made) = await PostAsync("admin", "silences", NewSilence(unit));
        Assert.Equal(expected, (int)(await PostAsync(caller, $"silences/{made["number"]}/end", [])).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("admin", $"silences/{made["number"]}/end", [])).Status);
    }

    [Fact]
    public async Task Are_silenced_by_who_acts_for_the_unit_and_only_those_concerned_read_by_whom()
    {
        var (status, made) = await PostAsync("director", "silences", NewSilence(SecuredService.Dongdai));
        Assert.Equal((HttpStatusCode.OK, "街道督查室"), (status, (string?)made["by"]));
        foreach (var (caller, expected) in new[]
        {
            ("reader", "街道督查室"), ("director", "街道督查室"), ("clerk", "街道督查室"), ("other", null), ("closer", null), ("firm", null),
        })
        {
            var listed = (await service.GetJsonAsync(caller, "/api/silences")).AsArray()
                .Single(silence => (long)silence!["number"]! == (long)made["number"]!)!;
            Assert.Equal((caller, expected), (caller, (string?)listed["by"]));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync("no one", "/api/silences"));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync("no one", "/api/tasks"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("director", $"silences/{made["number"]}/end", [])).Status);
    }

    [Fact]
    public async Task Of_a_firm_are_silenced_unseen_by_other_offices()
    {
        var (_, made) = await PostAsync("admin", "silences", NewSilence(service.Firm));
        Assert.Contains(made["number"]!.ToJsonString(), await NumbersAsync("clerk"));
        Assert.DoesNotContain(made["number"]!.ToJsonString(), await NumbersAsync("other"));
        await PostAsync("admin", $"silences/{made["number"]}/end", []);
    }

    private async Task<IEnumerable<string>> NumbersAsync(string caller) =>
        (await service.GetJsonAsync(caller, "/api/silences")).AsArray().Select(silence => silence!["number"]!.ToJsonString());

    private static JsonObject NewSilence(string unit) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["unit"] = unit,
        ["until"] = TestSubmissions.Now.AddDays(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["reason"] = "统一处置，暂不通知",
    };

    private async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string caller, string path, JsonObject body)
    {
        using var answer = await service.ClientFor(caller).PostAsync($"/api/{path}", XilinSubmissions.Body(body.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
