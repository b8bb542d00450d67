using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>The whole service with a real receiver: from a submission to the notice.</summary>
public sealed class An_alert_that_is_told : IAsyncLifetime
{
    private static readonly string Firm = AlertingCatalogue.Firms[0];
    private static readonly string OtherFirm = AlertingCatalogue.Firms[1];
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    [Fact]
    public async Task Goes_to_the_channel_when_it_is_raised_and_when_it_is_over()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        await using var service = await StartAsync(catalogue);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await KeptAsync(1);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await KeptAsync(2);

        Assert.Equal(["raised 1", "cleared 2"], _receiver.Kept.Select(Told));
        Assert.StartsWith("新增红色预警：", (string?)_receiver.Kept[0].Json["text"], StringComparison.Ordinal);
        Assert.StartsWith("红色预警解除：", (string?)_receiver.Kept[1].Json["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_told_with_the_others_of_its_group_in_one_notice()
    {
        using var catalogue = new AlertingCatalogue("duty,320404004202,,,,duty,en,all,10m,,,,,");
        await using var service = await StartAsync(catalogue);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await service.SubmitAndApplyAsync(catalogue.February(OtherFirm, isBehind: true));
        await service.SubmitAndApplyAsync(catalogue.February(OtherFirm, isBehind: false));
        await service.SubmitAndApplyAsync(catalogue.February(OtherFirm, isBehind: true));
        await TakenAsync(service, 4);
        await Task.Delay(100);
        Assert.Empty(_receiver.Requests);

        service.Clock.Set(TestSubmissions.Now.AddMinutes(11));
        await KeptAsync(1);
        var notice = _receiver.Kept[0].Json;
        Assert.Equal("2 alerts changed", ((string)notice["title"]!).Split(": ")[^1]);
        Assert.Equal(["[1]", "[1,2,3]"], notice["alerts"]!.AsArray().Select(alert => alert!["versions"]!.ToJsonString()));
    }

    [Fact]
    public async Task Is_not_told_where_it_comes_and_goes_before_its_notice_was_due()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,10m,,,,,");
        await using var service = await StartAsync(catalogue);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await TakenAsync(service, 2);
        service.Clock.Set(TestSubmissions.Now.AddMinutes(11));
        await service.SubmitAndApplyAsync(catalogue.February(OtherFirm, isBehind: true));
        service.Clock.Set(TestSubmissions.Now.AddMinutes(30));
        await KeptAsync(1);
        await Task.Delay(300);
        Assert.Equal(OtherFirm, (string?)Assert.Single(_receiver.Kept).Json["alerts"]![0]!["unit"]);
    }

    [Fact]
    public async Task Is_sent_again_until_the_channel_is_back_and_then_once()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        await using var service = await StartAsync(catalogue);
        var isAway = true;
        _receiver.Answer = (_, _) => Task.FromResult(isAway ? 503 : 204);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Requests.Count == 1));
        await HealthAsync(service, "Channel duty fails: HTTP 503.");
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await TakenAsync(service, 4);
        Assert.Empty(_receiver.Kept);

        // What changed meanwhile is told in one notice, after the one that waited.
        isAway = false;
        service.Clock.Set(TestSubmissions.Now.AddMinutes(1));
        await KeptAsync(2);
        Assert.Equal(["raised 1", "cleared 2,3,4"], _receiver.Kept.Select(Told));
        Assert.Single(_receiver.Requests.Take(2).Select(request => request.Id).Distinct());
    }

    [Fact]
    public async Task Is_sent_no_more_where_the_receiver_refuses_it()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        await using var service = await StartAsync(catalogue);
        _receiver.Answer = (_, _) => Task.FromResult(_receiver.Requests.Count == 1 ? 422 : 204);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Requests.Count == 1));
        service.Clock.Set(TestSubmissions.Now.AddDays(1));
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await KeptAsync(1);
        Assert.Equal(["raised 1", "cleared 2"], _receiver.Requests.Select(Told));
        IReadOnlyList<NoticeRow> rows = [];
        await InProcessService.EventuallyAsync(() =>
        {
            rows = service.Services.GetRequiredService<NoticeStore>().ReadNotices(long.MaxValue, 10);
            return Task.FromResult(rows.All(row => row.State != "pending"));
        });
        Assert.Equal([("sent", "HTTP 204"), ("refused", "HTTP 422")], rows.Select(row => (row.State, row.Answer!)));
        var listed = (await service.GetAsync("/api/notices")).AsArray();
        Assert.Equal(
            [("sent", "HTTP 204"), ("refused", "HTTP 422")], listed.Select(row => ((string)row!["state"]!, (string)row["answer"]!)));
        Assert.Equal(
            (string?)listed[1]!["id"], (string?)Assert.Single((await service.GetAsync("/api/notices?before=2")).AsArray())!["id"]);
        Assert.Single((await service.GetAsync("/api/notices?limit=1")).AsArray());
    }

    [Fact]
    public async Task Is_told_once_across_restarts_and_none_is_missed_that_the_bus_has_lost()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        using var data = new TestFolder();
        await using (var first = await StartAsync(catalogue, data))
        {
            await first.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
            await KeptAsync(1);
        }

        // As if the process had died before the bus had delivered anything.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(data.In("notices.db"));
        File.Delete(data.In("notices.db-wal"));
        File.Delete(data.In("notices.db-shm"));
        await using (var second = await StartAsync(catalogue, data))
        {
            await KeptAsync(2);
            await second.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
            await KeptAsync(3);
        }

        await using (var third = await StartAsync(catalogue, data))
        {
            await TakenAsync(third, 2);
            await Task.Delay(300);
        }

        Assert.Equal(["raised 1", "raised 1", "cleared 2"], _receiver.Requests.Select(Told));
    }

    [Fact]
    public async Task Is_not_told_again_where_the_results_are_rebuilt_and_say_the_same()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        using var data = new TestFolder();
        await using (var first = await StartAsync(catalogue, data))
        {
            await first.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
            await first.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
            await KeptAsync(1);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(data.In("cube.db"));
        File.Delete(data.In("cube.db-wal"));
        File.Delete(data.In("cube.db-shm"));
        await using var second = new InProcessService(catalogue.Folder, data, Channels());
        second.Clock.Set(TestSubmissions.Now.AddHours(1));
        await second.InitializeAsync();
        await TakenAsync(second, 2);
        await second.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await KeptAsync(2);
        Assert.Equal(["raised", "cleared"], _receiver.Requests.Select(request => Told(request).Split(' ')[0]));
    }

    [Fact]
    public async Task Waits_while_its_route_names_a_channel_without_settings()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,nobody,zh,alert,,,,,,");
        await using var service = await StartAsync(catalogue);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await HealthAsync(service, "Channels without settings: duty → nobody.");
        IReadOnlyList<NoticeRow> rows = [];
        await InProcessService.EventuallyAsync(() =>
        {
            rows = service.Services.GetRequiredService<NoticeStore>().ReadNotices(long.MaxValue, 10);
            return Task.FromResult(rows.Count > 0);
        });
        Assert.Equal("pending", Assert.Single(rows).State);
    }

    private Task<InProcessService> StartAsync(AlertingCatalogue catalogue, TestFolder? data = null) =>
        InProcessService.StartAsync(catalogue.Folder, data, Channels());

    private Dictionary<string, ChannelSettings> Channels() => new()
    {
        ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
    };

    private Task KeptAsync(int count) => InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count >= count));

    private static Task TakenAsync(InProcessService service, int count) => InProcessService.EventuallyAsync(
        () => Task.FromResult(service.Services.GetRequiredService<NoticeStore>().ReadEventsAfter(0).Count >= count));

    private static Task HealthAsync(InProcessService service, string part) => InProcessService.EventuallyAsync(async () =>
    {
        using var answer = await service.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var check = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]!["notices"]!;
        return ((string?)check["description"])?.Contains(part, StringComparison.Ordinal) == true;
    });

    private static string Told(ReceivedNotice request)
    {
        var alert = Assert.Single(request.Json["alerts"]!.AsArray())!;
        return $"{alert["status"]} {string.Join(',', alert["versions"]!.AsArray().Select(version => (int)version!))}";
    }
}
