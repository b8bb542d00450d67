using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.SigningIn;

/// <summary>As a phone without script does it.</summary>
[Collection("guarded")]
public sealed class On_the_pages(SecuredService service)
{
    [Fact]
    public async Task Leads_back_to_what_was_asked_for_and_says_who_one_is()
    {
        using var person = new BrowserSession(service.Address);
        Assert.Equal("/sign-in?back=%2Fsubmissions%3Fverdict%3Drefused", (await person.NavigateAsync("/submissions?verdict=refused")).Path);
        var (status, path, text) = await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", $" {service.Secrets["clerk"]} "),
                ("back", "/submissions?verdict=refused"));
        Assert.Equal((HttpStatusCode.OK, "/submissions?verdict=refused"), (status, path));
        Assert.Contains("<strong>东岱村统计员</strong> <small>填报</small>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_signing_out()
    {
        using var person = new BrowserSession(service.Address);
        await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", service.Secrets["reader"]));
        Assert.Equal(HttpStatusCode.OK, (await person.NavigateAsync("/api/units")).Status);
        using var copy = new BrowserSession(service.Address);
        copy.Cookies.Add(person.Cookies.GetAllCookies());
        Assert.Equal(HttpStatusCode.OK, (await copy.NavigateAsync("/api/units")).Status);
        var (_, path, _) = await person.SubmitFormAsync("/", "/sign-out", ("back", "/alerts"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.NavigateAsync("/api/units")).Status);
        Assert.Equal("/sign-in?back=%2Falerts", path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.NavigateAsync("/api/units")).Status);
        Assert.StartsWith("/sign-in", (await person.NavigateAsync("/")).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://page.example/")]
    [InlineData("//page.example/")]
    [InlineData("/\\page.example/")]
    public async Task The_address_to_return_to_after_signing_in_leads_to_no_other_site(string back)
    {
        using var person = new BrowserSession(service.Address);
        Assert.Equal("/",
            (await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", service.Secrets["reader"]), ("back", back))).Path);
    }

    [Fact]
    public async Task Takes_no_form_of_another_page_and_no_key_that_is_not_known()
    {
        using var person = new BrowserSession(service.Address);
        using var without = await person.PostAsync("/sign-in/key", ("key", service.Secrets["admin"]));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        var (_, path, text) = await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", "xk_wrong"), ("back", "/alerts"));
        Assert.Equal("/sign-in?wrong=1&back=%2Falerts", path);
        Assert.Contains("没有这个访问密钥", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.NavigateAsync("/api/units")).Status);
    }

    [Fact]
    public async Task Is_over_when_the_key_is_taken_back()
    {
        using var person = new BrowserSession(service.Address);
        await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", service.AddKey("Someone on a page", ["read"])));
        Assert.Equal("/alerts", (await person.NavigateAsync("/alerts")).Path);
        service.RemoveKey("Someone on a page");
        Assert.Equal("/sign-in?back=%2Falerts", (await person.NavigateAsync("/alerts")).Path);
    }

    [Fact]
    public async Task Is_kept_in_a_cookie_that_no_script_and_no_other_page_gets()
    {
        using var person = new BrowserSession(service.Address);
        using var page =
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = person.Cookies })
            {
                BaseAddress =
                service.Address
            };
        await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", service.Secrets["reader"]));
        var cookie = person.Cookies.GetCookies(service.Address)["xilin-sign-in"]!;
        Assert.True(cookie.HttpOnly);
        Assert.DoesNotContain(service.Secrets["reader"][3..], cookie.Value, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(service.Data, "page-keys")));
    }

    /// <summary>From an address of its own, so that the others' attempts are not counted with these.</summary>
    [Fact]
    public async Task Is_not_for_those_who_try_without_end()
    {
        using var person = new BrowserSession(service.Address, IPAddress.Parse("127.0.0.9"));
        HttpResponseMessage? last = null;
        for (var i = 0; i < 2 * new Hosting.Access.AccessOptions().SignInsPerMinute
            && last?.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            last?.Dispose();
            last = await person.PostAsync("/sign-in/key", ("key", $"xk_{i}"));
        }

        await ProblemAssertions.AssertAsync(last!, HttpStatusCode.TooManyRequests, "too many attempts");
        Assert.NotNull(last!.Headers.RetryAfter);
        last.Dispose();
    }
}
