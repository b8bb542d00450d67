using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>Names and numbers of people: who is told whose.</summary>
[Collection("guarded")]
public sealed class Contacts_of_units(SecuredService service)
{
    private const string Street = "320404004000";
    private const string District = "320404000000";

    [Theory]
    [InlineData("reader")]
    [InlineData("admin")]
    public async Task Are_told_to_those_who_see_everything(string caller)
    {
        var units = await UnitsAsync(caller, Street);
        Assert.Superset(
            new HashSet<string> { Street, SecuredService.Dongdai, SecuredService.OtherVillage, service.Firm, service.OtherFirm }, units);
        Assert.DoesNotContain(District, units);
    }

    [Fact]
    public async Task Are_told_to_a_clerk_of_the_own_village_its_firms_and_those_above()
    {
        var units = await UnitsAsync("clerk", District);
        Assert.Superset(new HashSet<string> { District, Street, SecuredService.Dongdai, service.Firm }, units);
        Assert.DoesNotContain(SecuredService.OtherVillage, units);
        Assert.DoesNotContain(service.OtherFirm, units);
        Assert.Empty(await UnitsAsync("clerk", SecuredService.OtherVillage));
    }

    [Fact]
    public async Task Are_told_to_a_firm_of_itself_and_those_above() =>
        Assert.Equal([District, Street, SecuredService.Dongdai, service.Firm], (await UnitsAsync("firm", District)).Order());

    [Fact]
    public async Task Are_told_to_no_one_else()
    {
        using var refused = await service.ClientFor("no one").GetAsync($"/api/contacts?unit={Street}&period=2022-07");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var unknown = await service.ClientFor("reader").GetAsync("/api/contacts?unit=320404999000&period=2022-07");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var noMonth = await service.ClientFor("reader").GetAsync($"/api/contacts?unit={Street}&period=July");
        Assert.Equal(HttpStatusCode.BadRequest, noMonth.StatusCode);
    }

    [Fact]
    public async Task Are_in_nothing_else_that_is_told()
    {
        string[] others = ["/api/catalogue", "/api/units", $"/api/completeness?unit={Street}&period=2022-07", "/openapi/v1.json"];
        foreach (var path in others)
        {
            Assert.DoesNotContain("@xilin.example", await service.ClientFor("admin").GetStringAsync(path), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("@xilin.example", service.Log.Text, StringComparison.Ordinal);
    }

    private async Task<HashSet<string>> UnitsAsync(string caller, string unit) =>
        [.. (await service.GetJsonAsync(caller, $"/api/contacts?unit={unit}&period=2022-07")).AsArray()
            .Select(contact => (string)contact!["unit"]!)];
}
