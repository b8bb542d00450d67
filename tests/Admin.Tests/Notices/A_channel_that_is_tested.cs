namespace XilinIngest.Admin.Tests.Notices;

public sealed class A_channel_that_is_tested : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef";
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    [Theory]
    [InlineData("zh", "测试通知，请忽略", "✓ duty：已接收：HTTP 204（编号 ")]
    [InlineData("en", "Test notice, please ignore", "✓ duty: accepted: HTTP 204 (id ")]
    public async Task Gets_one_notice_that_is_marked_as_a_test(string language, string title, string printed)
    {
        var result = (await RunAsync("duty", "--lang", language)).AssertSucceeded();

        var notice = Assert.Single(_receiver.Kept).Json;
        Assert.Equal((title, "test", 0), ((string?)notice["title"], (string?)notice["reason"], notice["alerts"]!.AsArray().Count));
        Assert.Equal((string?)notice["id"], _receiver.Kept[0].Id);
        Assert.StartsWith("t=", _receiver.Kept[0].Signature, StringComparison.Ordinal);
        Assert.StartsWith(printed + _receiver.Kept[0].Id, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_kind_alertmanager_gets_no_alert()
    {
        (await RunAsync("alertmanager")).AssertSucceeded();
        Assert.Empty(Assert.Single(_receiver.Kept).Json["alerts"]!.AsArray());
    }

    [Theory]
    [InlineData(422, "the test notice refused: HTTP 422")]
    [InlineData(503, "the test notice failed: HTTP 503")]
    public async Task Says_what_a_receiver_answers_that_does_not_take_it(int status, string printed)
    {
        _receiver.Answer = (_, _) => Task.FromResult(status);
        var result = await RunAsync("duty", "--lang", "en");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(printed, result.Errors, StringComparison.Ordinal);
        Assert.Single(_receiver.Requests);
    }

    [Theory]
    [InlineData("other", "The settings have no channel other; there are: alertmanager, duty, mail.")]
    [InlineData("mail", "name who gets it with --to")]
    public async Task Is_not_used_where_something_is_missing_and_no_secret_is_shown(string channel, string printed)
    {
        var result = await RunAsync(channel, "--lang", "en");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(printed, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Empty(_receiver.Requests);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => AdminProgram.RunAdminAsync(
        [
            ("Channels__duty__Kind", "webhook"), ("Channels__duty__Url", _receiver.Url.ToString()), ("Channels__duty__Secret", Secret),
            ("Channels__alertmanager__Kind", "alertmanager"), ("Channels__alertmanager__Url", _receiver.Url.ToString()),
            ("Channels__mail__Kind", "mail"), ("Channels__mail__Host", "mail.example"), ("Channels__mail__From", "xilin@xilin.example"),
        ],
        ["notify", "test", .. arguments]);
}
