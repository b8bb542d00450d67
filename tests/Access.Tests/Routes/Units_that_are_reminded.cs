using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>The month is open, and no one has reported it.</summary>
[Collection("guarded")]
public sealed class Units_that_are_reminded(SecuredService service)
{
    private const string Period = "2022-07";

    [Theory]
    [InlineData("no one", SecuredService.Dongdai, 401)]
    [InlineData("reader", SecuredService.Dongdai, 403)]
    [InlineData("clerk", SecuredService.Dongdai, 403)]
    [InlineData("firm", SecuredService.Dongdai, 403)]
    [InlineData("reviewer", SecuredService.Dongdai, 403)]
    [InlineData("director", SecuredService.Dongdai, 200)]
    [InlineData("director", SecuredService.OtherVillage, 403)]
    [InlineData("director", "320404004000", 403)]
    [InlineData("closer", "320404004000", 200)]
    [InlineData("admin", SecuredService.OtherVillage, 200)]
    public async Task Are_reminded_by_who_acts_for_them_or_closes_months(string caller, string unit, int expected)
    {
        Assert.Equal(expected, (int)(await PostAsync(caller, "reminders/preview", Scope(unit))).Status);
        var request = Scope(unit);
        request["id"] = Guid.NewGuid().ToString();
        Assert.Equal(expected, (int)(await PostAsync(caller, "reminders", request)).Status);
    }

    [Fact]
    public async Task Are_listed_for_all_and_only_those_concerned_read_by_whom()
    {
        var request = Scope(SecuredService.Dongdai);
        (request["id"], request["again"]) = (Guid.NewGuid().ToString(), true);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("director", "reminders", request)).Status);
        foreach (var (caller, expected) in new[]
        {
            ("reader", "街道督查室"), ("closer", "街道督查室"), ("director", "街道督查室"), ("clerk", "街道督查室"), ("other", null), ("firm", null),
        })
        {
            var listed = (await service.GetJsonAsync(caller, $"/api/reminders?unit={SecuredService.Dongdai}&period={Period}")).AsArray();
            var own = listed.First(reminder => (string?)reminder!["unit"] == SecuredService.Dongdai)!;
            Assert.Equal((caller, expected), (caller, (string?)own["by"]));
            Assert.Equal(
                (caller, caller is "reader" or "clerk" or "closer" or "director"),
                (caller, listed.Any(reminder => (string?)reminder!["unit"] == service.Firm) && caller != "firm"));
        }

        var path = $"/api/reminders?unit={SecuredService.Dongdai}&period={Period}";
        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync("no one", path));
    }

    [Fact]
    public async Task Are_named_in_the_preview_to_those_who_may_see_contacts()
    {
        foreach (var (caller, isNamed) in new[] { ("admin", true), ("director", false), ("closer", false) })
        {
            var (_, preview) = await PostAsync(caller, "reminders/preview", Scope(SecuredService.Dongdai));
            var text = preview.ToJsonString();
            Assert.DoesNotContain("@xilin.example", text, StringComparison.Ordinal);
            Assert.Equal((caller, false), (caller, !isNamed && text.Contains("填报人", StringComparison.Ordinal)));
        }
    }

    private static JsonObject Scope(string unit) => new() { ["unit"] = unit, ["period"] = Period };

    private async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string caller, string path, JsonObject body)
    {
        using var answer = await service.ClientFor(caller).PostAsync($"/api/{path}", XilinSubmissions.Body(body.ToJsonString()));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
