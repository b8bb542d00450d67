using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.SignIn;

[Collection("site")]
public sealed partial class Someone_who_signs_in(DashboardSite site, SignInSite guarded) : IClassFixture<SignInSite>
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Is_led_to_the_form_and_back_and_out_again(int width, bool english)
    {
        await using var reader = await NewAsync(width, english);
        await reader.Page.GotoAsync("/submissions");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(SignInPage());
        await reader.AssertAccessibleAsync();
        await reader.Page.GetByLabel(english ? "Access key" : "访问密钥").FillAsync("xk_wrong");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = english ? "Sign in" : "登录" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("#wrong")).ToContainTextAsync(english ? "no such access key" : "没有这个访问密钥");
        await reader.AssertAccessibleAsync();

        await SignInAsync(reader, guarded.Reader, english);
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/submissions$"));
        await Assertions.Expect(reader.Page.Locator(".who")).ToContainTextAsync(english ? "read" : "查看");
        await Assertions.Expect(reader.Page.Locator("nav a[href^='/enter']")).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await reader.AssertAccessibleAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = english ? "Sign out" : "退出" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(SignInPage());
        await reader.Page.GotoAsync("/");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(SignInPage());
    }

    [Fact]
    public async Task Sees_a_chart_in_a_frame_and_nobody_does_before()
    {
        var path = $"/embed/indicator?unit={SignInSite.Dongdai}&indicator=ENTERPRISE_VISITS&period=2022-07&chart=months";
        await using var reader = await NewAsync(360, false);
        var before = await reader.Page.APIRequest.GetAsync(path);
        var text = System.Net.WebUtility.HtmlDecode(await before.TextAsync());
        Assert.Equal(401, before.Status);
        Assert.Contains("登录后才能看到这张图表", text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-options", text, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors https://portal.example", before.Headers["content-security-policy"], StringComparison.Ordinal);
        var after = await reader.Page.APIRequest.GetAsync(
            path, new() { Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {guarded.Clerk}" } });
        Assert.Equal(200, after.Status);
        Assert.Contains("data-options", await after.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_an_office_sees_its_own_and_is_told_whose_the_rest_is()
    {
        await using var reader = await NewAsync(360, false);
        await reader.Page.GotoAsync("/submissions");
        await SignInAsync(reader, guarded.Clerk, false);
        await Assertions.Expect(reader.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page.Locator($"[data-sequence='{guarded.Rows.Own}']")).ToBeVisibleAsync();
        await reader.NavigateAsync("/?unit=320404004000&period=2022-07");
        await Assertions.Expect(reader.Page.Locator(".arrived li")).ToHaveCountAsync(1);

        // The street's figures are published; of what they are made, is not for an office.
        await Assertions.Expect(reader.Page.Locator(".card .amount").First).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("a[href^='/why']")).ToHaveCountAsync(0);
        await reader.NavigateAsync($"/?unit={SignInSite.Dongdai}&period=2022-07");
        await Assertions.Expect(reader.Page.Locator("a[href^='/why']")).Not.ToHaveCountAsync(0);
        foreach (var path in new[] { $"/submissions/{guarded.Rows.Others}",
            $"/why?unit={SignInSite.OtherVillage}&period=2022-07&indicator=ENTERPRISE_VISITS",
            $"/submissions?of={SignInSite.OtherVillage}", $"/submissions?unit={SignInSite.OtherVillage}" })
        {
            await reader.NavigateAsync(path);
            await Assertions.Expect(reader.Page.Locator(".notice.refused")).ToContainTextAsync("请联系系统管理员");
            await reader.AssertAccessibleAsync();
        }

        // The form is that of its unit; another one's is not there.
        await reader.NavigateAsync("/enter?period=2022-07");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("东岱村");
        await Assertions.Expect(reader.Page.Locator("#ent-units option[value*='东岱村']")).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page.Locator($"#ent-units option[value*='{SignInSite.OtherVillage}']")).ToHaveCountAsync(0);
        await reader.NavigateAsync($"/enter?unit={SignInSite.OtherVillage}&period=2022-07");
        await Assertions.Expect(reader.Page.Locator(".notice.refused")).ToContainTextAsync("没有为");
        await Assertions.Expect(reader.Page.Locator("input.ent-unit")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("main button[type=submit]")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();

        await reader.NavigateAsync($"/submissions/{guarded.Rows.Own}");
        await Assertions.Expect(reader.Page.Locator(".facts")).ToContainTextAsync("东岱村统计员");
    }

    [Fact]
    public async Task For_an_office_begins_with_what_is_due_of_it()
    {
        await using var reader = await NewAsync(360, true);
        await reader.Page.GotoAsync("/");
        await SignInAsync(reader, guarded.Clerk, true);
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/my$"));
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("Dongdai Village");
        await Assertions.Expect(reader.Page.Locator("nav a[href^='/my']")).ToHaveAttributeAsync("aria-current", "page");
        await reader.NavigateAsync("/my?period=2022-07");
        await Assertions.Expect(reader.Page.Locator("[data-missing]")).ToHaveAttributeAsync("data-missing", "24");
        await Assertions.Expect(reader.Page.Locator("[data-corrections]")).ToContainTextAsync("reopen the month");
        await Assertions.Expect(reader.Page.Locator($"[data-last='{guarded.Rows.Own}']")).ToContainTextAsync("Refused: it has 1 error");
        await Assertions.Expect(reader.Page.Locator("[data-history='12'] + .scroll [data-period='2022-07']"))
            .ToHaveAttributeAsync("data-state", "Missing");
        await reader.AssertAccessibleAsync();
        await reader.NavigateAsync($"/my?unit={SignInSite.OtherVillage}");
        await Assertions.Expect(reader.Page.Locator(".notice.refused")).ToContainTextAsync("may not enter figures");
    }

    /// <summary>The page is open and idle: it goes by itself.</summary>
    [Fact]
    public async Task Sees_no_more_once_the_key_is_taken_back()
    {
        await using var reader = await NewAsync(1280, false);
        await reader.Page.GotoAsync("/alerts");
        await SignInAsync(reader, guarded.AddKey("Someone who leaves"), false);
        await reader.Page.WaitForSelectorAsync("[data-interactive]", new() { State = WaitForSelectorState.Attached });
        guarded.RemoveKey("Someone who leaves");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(SignInPage(), new() { Timeout = 10_000 });
    }

    /// <summary>The sign-in ended by itself, so that nothing was cleared when the next one came to the same tab.</summary>
    [Fact]
    public async Task Is_not_offered_what_another_typed_into_the_same_tab()
    {
        await using var reader = await NewAsync(1280, false);
        var field = reader.Page.Locator("form[data-keys=on] .ent-line input[data-keep]").First;
        await reader.Page.GotoAsync("/enter");
        await SignInAsync(reader, guarded.AddKey("前一个填报人", "enter", SignInSite.Dongdai), false);
        await reader.NavigateAsync("/enter");
        await field.FillAsync("123");
        await reader.Page.WaitForFunctionAsync("() => sessionStorage.length === 1");
        guarded.RemoveKey("前一个填报人");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(SignInPage(), new() { Timeout = 10_000 });

        await SignInAsync(reader, guarded.Clerk, false);
        await reader.NavigateAsync("/enter");
        await Assertions.Expect(field).ToHaveValueAsync("");
        await field.FillAsync("456");
        await reader.Page.WaitForFunctionAsync("() => sessionStorage.length === 2");
    }

    private static async Task SignInAsync(BrowserPage reader, string key, bool english)
    {
        await reader.Page.Locator("#key").FillAsync(key);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = english ? "Sign in" : "登录" }).ClickAsync();
    }

    private async Task<BrowserPage> NewAsync(int width, bool english)
    {
        var context =
            await site.Browser.NewContextAsync(
                new()
                {
                    BaseURL = guarded.Address.ToString(),
                    ViewportSize = new() { Width = width, Height = 800 },
                    ReducedMotion = ReducedMotion.Reduce
                });
        if (english)
        {
            await context.AddCookiesAsync([new() { Name = "xilin-lang", Value = "en", Url = guarded.Address.ToString() }]);
        }

        return new BrowserPage(context, await context.NewPageAsync());
    }

    [GeneratedRegex("/sign-in\\?")]
    private static partial Regex SignInPage();
}
