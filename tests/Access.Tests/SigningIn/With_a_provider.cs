using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.SigningIn;

/// <summary>With a real provider: people by its pages, programs by its tokens; rights and units are its claims.</summary>
[Collection("guarded")]
public sealed class With_a_provider(Guarded service)
{
    [Fact]
    public async Task People_come_back_signed_in_with_the_rights_of_their_roles()
    {
        using var person = new Person(service.Address);
        Assert.Contains("/sign-in/provider?back=", (await person.GoAsync("/sign-in?back=/submissions")).Text, StringComparison.Ordinal);
        service.Provider.Before = ("zhang.san", ["xilin-enter", "of something else"], [Guarded.Dongdai]);
        var (status, path, text) = await person.GoAsync("/sign-in/provider?back=/submissions");
        Assert.Equal((HttpStatusCode.OK, "/submissions"), (status, path));
        Assert.Contains("<strong>zhang.san</strong> <small>填报</small>", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.GoAsync($"/api/submissions?unit={Guarded.Dongdai}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GoAsync($"/api/submissions?unit={Guarded.Another}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GoAsync("/api/catalogue/faults")).Status);
    }

    [Fact]
    public async Task People_without_a_role_are_told_what_there_is_and_who_gives_it()
    {
        using var person = new Person(service.Address);
        service.Provider.Before = ("li.si", [], [Guarded.Dongdai]);
        var (status, path, text) = await person.GoAsync("/sign-in/provider?back=/");
        Assert.Equal((HttpStatusCode.Forbidden, "/no-right"), (status, path));
        Assert.Contains("li.si", text, StringComparison.Ordinal);
        Assert.Contains("请联系系统管理员", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GoAsync("/api/units")).Status);
    }

    [Fact]
    public async Task People_who_come_back_with_what_no_one_gave_them_may_try_again()
    {
        using var person = new Person(service.Address);
        Assert.Equal("/sign-in?failed=1", (await person.GoAsync("/sign-in/returned?code=stolen&state=made-up")).Path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.GoAsync("/api/units")).Status);
    }

    [Fact]
    public async Task Programs_are_known_by_its_token()
    {
        service.Provider.Before = ("a program", ["xilin-read"], []);
        using var reader = service.With(await service.Provider.TokenAsync());
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/submissions")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/api/catalogue/faults")).StatusCode);
        service.Provider.Before = ("an office's program", ["xilin-enter"], [Guarded.Another]);
        using var office = service.With(await service.Provider.TokenAsync());
        using var taken = await office.PostAsync("/api/submissions", Sheet.Of(Guarded.Another, "2022-07", Sheet.Visits(4)).Body());
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var refused = await office.PostAsync("/api/submissions", Sheet.Good().Body());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Programs_with_a_token_for_something_else_are_no_one()
    {
        service.Provider.Before = ("a program", ["xilin-admin"], []);
        service.Provider.For = "another-api";
        var token = await service.Provider.TokenAsync();
        service.Provider.For = Provider.Audience;
        using var client = service.With(token);
        using var answer = await client.GetAsync("/api/units");
        await Problems.AssertAsync(answer, HttpStatusCode.Unauthorized, "another audience");
        using var forged = service.With((await service.Provider.TokenAsync())[..^3] + "AAA");
        Assert.Equal(HttpStatusCode.Unauthorized, (await forged.GetAsync("/api/units")).StatusCode);
    }
}
