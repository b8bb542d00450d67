using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.SigningIn;

[Collection("guarded")]
public sealed class The_log(SecuredService service)
{
    [Fact]
    public async Task Has_no_key_no_cookie_and_no_token()
    {
        service.Provider.CurrentUser = ("wang.wu", ["xilin-read"], []);
        var token = await service.Provider.TokenAsync();
        var wrong = "xk_" + new string('W', 43);
        foreach (var secret in new[] { service.Secrets["reader"], token, wrong, token[..^3] + "AAA" })
        {
            using var client = service.ClientWithToken(secret);
            using var asked = await client.GetAsync("/api/units");
            using var sent = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body());
            Assert.DoesNotContain(secret[3..], await sent.Content.ReadAsStringAsync() + await asked.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }

        using var person = new BrowserSession(service.Address);
        var (_, path, text) = await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", wrong));
        Assert.DoesNotContain(wrong, path + text, StringComparison.Ordinal);
        await person.SubmitFormAsync("/sign-in", "/sign-in/key", ("key", service.Secrets["clerk"]));
        await person.NavigateAsync("/sign-in/provider?back=/");
        var log = service.Log.Text;
        Assert.Contains("tried to sign in with a key that is not known", log, StringComparison.Ordinal);
        foreach (var secret in service.Secrets.Values.Append(token)
            .Append(wrong).Concat(person.Cookies.GetCookies(service.Address).Select(cookie => cookie.Value)))
        {
            Assert.DoesNotContain(secret[3..], log, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Bearer xk_", log, StringComparison.Ordinal);
    }
}
