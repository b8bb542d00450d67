using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.SigningIn;

/// <summary>With a real provider: people by its pages, programs by its tokens; rights and units are its claims.</summary>
[Collection("guarded")]
public sealed class With_a_provider(SecuredService service)
{
    [Fact]
    public async Task People_come_back_signed_in_with_the_rights_of_their_roles()
    {
        using var person = new BrowserSession(service.Address);
        Assert.Contains("/sign-in/provider?back=", (await person.NavigateAsync("/sign-in?back=/submissions")).Text,
            StringComparison.Ordinal);
        service.Provider.CurrentUser = ("zhang.san", ["xilin-enter", "of something else"], [SecuredService.Dongdai]);
        var (status, path, text) = await person.NavigateAsync("/sign-in/provider?back=/submissions");
        Assert.Equal((HttpStatusCode.OK, "/submissions"), (status, path));
        Assert.Contains("<strong>zhang.san</strong> <small>填报</small>", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.NavigateAsync($"/api/submissions?unit={SecuredService.Dongdai}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.NavigateAsync($"/api/submissions?unit={SecuredService.OtherVillage}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.NavigateAsync("/api/catalogue/faults")).Status);
    }

    [Fact]
    public async Task People_without_a_role_are_told_what_there_is_and_who_gives_it()
    {
        using var person = new BrowserSession(service.Address);
        service.Provider.CurrentUser = ("li.si", [], [SecuredService.Dongdai]);
        var (status, path, text) = await person.NavigateAsync("/sign-in/provider?back=/");
        Assert.Equal((HttpStatusCode.Forbidden, "/no-right"), (status, path));
        Assert.Contains("li.si", text, StringComparison.Ordinal);
        Assert.Contains("请联系系统管理员", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.NavigateAsync("/api/units")).Status);
    }

    [Fact]
    public async Task People_who_come_back_with_what_no_one_gave_them_may_try_again()
    {
        using var person = new BrowserSession(service.Address);
        Assert.Equal("/sign-in?failed=1", (await person.NavigateAsync("/sign-in/returned?code=stolen&state=made-up")).Path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.NavigateAsync("/api/units")).Status);
    }

    [Fact]
    public async Task Programs_are_known_by_its_token()
    {
        service.Provider.CurrentUser = ("a program", ["xilin-read"], []);
        using var reader = service.ClientWithToken(await service.Provider.TokenAsync());
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/submissions")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/api/catalogue/faults")).StatusCode);
        service.Provider.CurrentUser = ("an office's program", ["xilin-enter"], [SecuredService.OtherVillage]);
        using var office = service.ClientWithToken(await service.Provider.TokenAsync());
        using var taken = await office.PostAsync("/api/submissions",
                TestSubmissions.NewSubmission(SecuredService.OtherVillage, "2022-07", XilinSubmissions.Visits(4)).Body());
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var refused = await office.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Programs_with_a_token_for_something_else_are_no_one()
    {
        service.Provider.CurrentUser = ("a program", ["xilin-admin"], []);
        service.Provider.TokenAudience = "another-api";
        var token = await service.Provider.TokenAsync();
        service.Provider.TokenAudience = TestOpenIdProvider.Audience;
        using var client = service.ClientWithToken(token);
        using var answer = await client.GetAsync("/api/units");
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.Unauthorized, "another audience");
        using var forged = service.ClientWithToken((await service.Provider.TokenAsync())[..^3] + "AAA");
        Assert.Equal(HttpStatusCode.Unauthorized, (await forged.GetAsync("/api/units")).StatusCode);
    }
}
