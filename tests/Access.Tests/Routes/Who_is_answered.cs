using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>Each right before each class of routes.</summary>
[Collection("guarded")]
public sealed class Who_is_answered(SecuredService service)
{
    private const string Month = "period=2022-07";
    private const string Of = "indicator=ENTERPRISE_VISITS&period=2022-07";

    /// <summary>
    /// The path, and what it says to no one, to a reader, to a clerk of Dongdai, to one of its firms, and to an administrator.
    /// </summary>
    public static TheoryData<string, string> Routes => new()
    {
        { "/health/live", "200 200 200 200 200" },
        { "/openapi/v1.json", "200 200 200 200 200" },
        { "/api/ledger/key", "200 200 200 200 200" },
        { "/api/ledger/keys", "200 200 200 200 200" },
        { "/tile/0/x999/000", "401 404 404 404 404" },
        { "/log/32.04.04.004/checkpoint", "401 404 404 404 404" },
        { "/log/32.04.04.004/tile/0/000.p/1", "401 404 404 404 404" },
        { "/api/ledger/witnesses", "401 200 200 200 200" },
        { "/api/units", "401 200 200 200 200" },
        { "/api/catalogue", "401 200 200 200 200" },
        { "/api/begin", "401 200 200 200 200" },
        { $"/api/completeness?unit={SecuredService.OtherVillage}&{Month}", "401 200 200 200 200" },
        { $"/api/timeliness?unit={SecuredService.OtherVillage}&year=2022", "401 200 200 200 200" },
        { "/api/releases", "401 200 200 200 200" },
        { $"/api/totals?unit={SecuredService.OtherVillage}&{Month}", "401 200 200 200 200" },
        { $"/api/series?unit={SecuredService.OtherVillage}&indicator=ENTERPRISE_VISITS&year=2022", "401 200 200 200 200" },
        { $"/api/children?unit=320404004000&{Of}", "401 200 200 200 200" },
        { "/api/alerts?year=2022", "401 200 200 200 200" },
        { "/api/submissions", "401 200 200 200 200" },
        { $"/api/submissions?unit={SecuredService.Dongdai}", "401 200 200 403 200" },
        { $"/api/submissions?unit={SecuredService.OtherVillage}", "401 200 403 403 200" },
        { $"/api/lineage?unit={SecuredService.Dongdai}&{Of}", "401 200 200 403 200" },
        { $"/api/lineage?unit={SecuredService.OtherVillage}&{Of}", "401 200 403 403 200" },
        { $"/api/lineage?unit=320404004000&{Of}", "401 200 403 403 200" },
        { "/api/catalogue/faults", "401 403 403 403 200" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Is_who_has_the_right(string path, string expected) => Assert.Equal(expected, await AllAsync(path));

    [Fact]
    public async Task For_a_firms_figures_is_the_firm_its_village_and_who_reads_all()
    {
        Assert.Equal("401 200 200 200 200", await AllAsync($"/api/series?unit={service.Firm}&indicator=INDUSTRIAL_OUTPUT&year=2022"));
        Assert.Equal("401 200 403 403 200", await AllAsync($"/api/series?unit={service.OtherFirm}&indicator=INDUSTRIAL_OUTPUT&year=2022"));
        Assert.Equal("401 200 403 403 200", await AllAsync($"/api/totals?unit={service.OtherFirm}&{Month}"));
        Assert.Equal("401 200 403 403 200", await AllAsync($"/api/alerts?unit={service.OtherFirm}"));

        // In a list of a village's units, the others' firms are left out.
        var path = $"/api/children?unit={SecuredService.OtherVillage}&indicator=ENTERPRISE_VISITS&period=2022-07";
        Assert.NotEmpty((await service.GetJsonAsync("reader", path)).AsArray());
        Assert.Empty((await service.GetJsonAsync("clerk", path)).AsArray());
        var table = $"/api/table?unit={SecuredService.OtherVillage}&scope=enterprises&indicators=INDUSTRIAL_OUTPUT"
            + "&from=2022-01&period=2022-07";
        Assert.NotEmpty((await service.GetJsonAsync("reader", table))["units"]!.AsArray());
        Assert.Empty((await service.GetJsonAsync("clerk", table))["units"]!.AsArray());
        Assert.NotEmpty(
            (await service.GetJsonAsync("clerk",
                path.Replace(SecuredService.OtherVillage, SecuredService.Dongdai, StringComparison.Ordinal))).AsArray());
    }

    /// <summary>Its causes may be firms, so that what one reader gets is not what another gets.</summary>
    [Theory]
    [InlineData("/api/shortfalls", false)]
    [InlineData("/api/totals", true)]
    public async Task Shares_what_pages_show_to_all_but_not_who_pulls_a_village_down(string path, bool isShared)
    {
        using var answer = await service.ClientFor("reader").GetAsync($"{path}?unit={SecuredService.OtherVillage}&{Month}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isShared, answer.Headers.Contains(Hosting.Access.Impersonation.SharedHeader));
    }

    [Fact]
    public async Task Is_told_why_not_and_what_to_do()
    {
        using var noOne = await service.ClientFor("no one").GetAsync("/api/units");
        Assert.Contains("Authorization: Bearer",
            (string)(await ProblemAssertions.AssertAsync(noOne, HttpStatusCode.Unauthorized, "no key"))["detail"]!,
            StringComparison.Ordinal);
        Assert.Equal("Bearer", noOne.Headers.WwwAuthenticate.Single().Scheme);
        using var clerk = await service.ClientFor("clerk").GetAsync("/api/catalogue/faults");
        Assert.Contains("“admin”", (string)(await ProblemAssertions.AssertAsync(clerk, HttpStatusCode.Forbidden, "no right"))["detail"]!,
            StringComparison.Ordinal);
        using var another = await service.ClientFor("clerk").GetAsync($"/api/submissions?unit={SecuredService.OtherVillage}");
        Assert.Contains(SecuredService.OtherVillage,
            (string)(await ProblemAssertions.AssertAsync(another, HttpStatusCode.Forbidden, "another's"))["detail"]!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_no_one_whose_key_is_not_known()
    {
        foreach (var token in new[] { "xk_" + new string('A', 43), "xk_", "eyJhbGciOiJub25lIn0.e30.", "" })
        {
            using var answer = await service.ClientWithToken(token.Length == 0 ? null : token).GetAsync("/api/units");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    /// <summary>The pages ask in their viewers' name; no one else may.</summary>
    [Fact]
    public async Task In_anothers_name_is_an_administrator_alone()
    {
        var name = Hosting.Access.Impersonation.Encode(new() { Name = "x", Rights = Hosting.Access.Rights.Administer });
        foreach (var (caller, expected) in new[] { ("clerk", HttpStatusCode.Forbidden), ("reader", HttpStatusCode.Forbidden),
            ("no one", HttpStatusCode.Forbidden), ("admin", HttpStatusCode.OK) })
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Get, "/api/submissions") { Headers = { { Hosting.Access.Impersonation.Header, name } } };
            using var answer = await service.ClientFor(caller).SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private async Task<string> AllAsync(string path) =>
        string.Join(' ',
            (await Task.WhenAll(
                new[] { "no one", "reader", "clerk", "firm", "admin" }.Select(caller => service.StatusAsync(caller, path)))).Select(
                status => (int)status));
}
