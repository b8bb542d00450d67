using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>The whole service with a real receiver, which is away when the quiet hours begin.</summary>
public sealed class A_notice_in_the_quiet_hours : IAsyncLifetime
{
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    [Fact]
    public async Task Is_not_sent_again_before_their_end()
    {
        // They begin five minutes from now, in China's time, and end an hour later.
        var (from, to) = (ChinaTime(TestSubmissions.Now.AddMinutes(5)), ChinaTime(TestSubmissions.Now.AddMinutes(65)));
        using var catalogue = new AlertingCatalogue($"duty,,,,,duty,zh,alert,,,,{from}-{to},,");
        await using var service = await InProcessService.StartAsync(catalogue.Folder, null, new Dictionary<string, ChannelSettings>
        {
            ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
        });
        var isAway = true;
        _receiver.Answer = (_, _) => Task.FromResult(isAway ? 503 : 204);
        await service.SubmitAndApplyAsync(catalogue.February(AlertingCatalogue.Firms[0], isBehind: true));
        await InProcessService.EventuallyAsync(async () =>
            (await service.GetAsync("/api/notices")).AsArray().Any(row => (string?)row!["answer"] == "HTTP 503"));

        (isAway, var before) = (false, _receiver.Requests.Count);
        service.Clock.Set(TestSubmissions.Now.AddMinutes(30));
        await Task.Delay(2500);
        Assert.Equal(before, _receiver.Requests.Count);

        service.Clock.Set(TestSubmissions.Now.AddMinutes(66));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 1));
        Assert.Equal(before + 1, _receiver.Requests.Count);
    }

    private static string ChinaTime(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
