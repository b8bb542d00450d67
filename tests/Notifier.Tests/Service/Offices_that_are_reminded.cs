using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>The whole service: a village that has not reported is reminded by a rule, and by hand.</summary>
public sealed class Offices_that_are_reminded : IAsyncLifetime
{
    private const string Street = "320404004000";
    private const string Village = "320404004202";
    private const string Header = "rule,kind,unit,offset,time,to,channel,language,quiet,days\n";
    private readonly TestFolder _catalogue = TestFolder.CatalogueWithOpenMonths();
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Get_one_message_each_when_the_time_comes_and_none_after_they_have_reported()
    {
        Rules($"before,,{Village},-3,09:00,reporter,duty,,,", $"after,,{Village},1,09:00,reporter,duty,,,");
        await using var service = await StartAsync();
        var missing = (await service.GetAsync($"/api/completeness?unit={Village}&period=2022-07"))["missing"]!.AsArray();
        var late = missing.Select(each => (string)each!["unit"]!).ToList();
        var firm = (string)missing.First(each => each!["indicators"]!.ToJsonString() == """["INDUSTRIAL_OUTPUT"]""")!["unit"]!;

        service.Clock.Set(At("2022-08-05T08:59"));
        await Task.Delay(1500);
        Assert.Empty(_receiver.Requests);
        service.Clock.Set(At("2022-08-05T09:00"));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == late.Count));
        Assert.Equal(late.Order(), _receiver.Kept.Select(kept => (string)kept.Json["reminder"]!["unit"]!).Order());
        var listed = (await service.GetAsync($"/api/reminders?unit={Street}&period=2022-07")).AsArray();
        Assert.All(listed, reminder => Assert.Equal(("before", "duty", false), (
            (string?)reminder!["rule"], (string?)reminder["channel"], (bool)reminder["hasReported"]!)));

        await service.SubmitAndApplyAsync(XilinSubmissions.Output(firm, 100m));
        service.Clock.Set(At("2022-08-09T09:00"));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 2 * late.Count - 1));
        Assert.Equal(1, _receiver.Kept.Count(kept => (string?)kept.Json["reminder"]!["unit"] == firm));
        Assert.True((bool)Assert.Single((await service.GetAsync($"/api/reminders?unit={firm}&period=2022-07")).AsArray())!["hasReported"]!);
    }

    [Fact]
    public async Task Are_reminded_by_hand_once_a_request_and_are_named_when_it_was_a_short_while_ago()
    {
        Rules("by-hand,,,31,09:00,reporter,duty,,,");
        await using var service = await StartAsync();
        var request = Request();
        var (status, made) = await PostAsync(service, "reminders", request);
        Assert.Equal((HttpStatusCode.OK, Village), (status, (string?)Assert.Single(made["reminders"]!.AsArray())!["unit"]));
        Assert.Single((await PostAsync(service, "reminders", request)).Answer["reminders"]!.AsArray());
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 1));
        Assert.Equal("reminder", (string?)_receiver.Kept[0].Json["reason"]);

        var again = await PostAsync(service, "reminders", Request());
        Assert.Equal(Village, (string?)Assert.Single(again.Answer["recent"]!.AsArray()));
        var preview = (await PostAsync(service, "reminders/preview", Request())).Answer["reminders"]![0]!;
        Assert.Equal((true, "duty"), ((bool)preview["isRecent"]!, (string?)preview["channels"]![0]!["name"]));
        var anyway = Request();
        anyway["again"] = true;
        Assert.Single((await PostAsync(service, "reminders", anyway)).Answer["reminders"]!.AsArray());
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 2));
    }

    [Fact]
    public async Task Are_not_reminded_by_a_request_that_makes_no_sense()
    {
        await using var service = await StartAsync();
        foreach (var (name, value, status) in new (string, JsonNode?, HttpStatusCode)[]
        {
            ("unit", "320404009999", HttpStatusCode.NotFound), ("period", "July", HttpStatusCode.BadRequest),
            ("period", "2022-12", HttpStatusCode.Conflict), ("period", "1999-01", HttpStatusCode.Conflict),
            ("units", new JsonArray(), HttpStatusCode.BadRequest), ("id", Guid.Empty.ToString(), HttpStatusCode.BadRequest),
            ("id", null, HttpStatusCode.BadRequest), ("again", "yes", HttpStatusCode.BadRequest),
        })
        {
            var body = Request();
            body[name] = value;
            Assert.Equal((name, status), (name, (await PostAsync(service, "reminders", body)).Status));
        }

        Assert.Empty((await service.GetAsync($"/api/reminders?unit={Street}&period=2022-07")).AsArray());
    }

    [Fact]
    public async Task Are_not_reminded_of_a_month_that_was_closed_until_it_is_reopened()
    {
        Rules("by-hand,,,31,09:00,reporter,duty,,,");
        await using var service = await StartAsync();
        await MoveMonthAsync(service, "close", "七月数据已核实，其余单位按停产处理");
        var (status, refused) = await PostAsync(service, "reminders", Request());
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("已关账或已锁定", (string)refused["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, "reminders/preview", Request())).Status);

        await MoveMonthAsync(service, "reopen", "有单位补报，经同意重开");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(service, "reminders", Request())).Status);
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 1));
    }

    [Fact]
    public async Task Are_not_forgotten_in_silence_where_a_channel_or_a_line_is_wrong()
    {
        Rules("first,,,-3,09:00,reporter,nobody,,,", "second,,,soon,09:00,reporter,duty,,,");
        await using var service = await StartAsync();
        var health = (string)(await service.GetAsync("/health/ready"))["checks"]!["notices"]!["description"]!;
        Assert.Contains("nobody", health, StringComparison.Ordinal);
        Assert.Contains("reminders.csv:3 offset", health, StringComparison.Ordinal);
        var faults = (await service.GetAsync("/api/catalogue/faults")).ToJsonString();
        Assert.Contains("reminders.csv:3 offset", faults, StringComparison.Ordinal);
    }

    private static async Task MoveMonthAsync(InProcessService service, string change, string reason)
    {
        var (status, receipt) = await PostAsync(
            service, $"months/2022-07/{change}", new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = reason });
        Assert.Equal((HttpStatusCode.OK, "accepted"), (status, (string?)receipt["verdict"]));
        var expected = change == "close" ? "closed" : "reopened";
        await InProcessService.EventuallyAsync(async () =>
            (string?)(await service.GetAsync($"/api/completeness?unit={Street}&period=2022-07"))["state"] == expected);
    }

    private static JsonObject Request() => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["unit"] = Street,
        ["period"] = "2022-07",
        ["units"] = new JsonArray(Village),
    };

    private static DateTimeOffset At(string china) =>
        new(DateTime.Parse(china, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(InProcessService service, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await service.Client.PostAsync($"/api/{path}", content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private void Rules(params string[] rules) =>
        File.WriteAllText(_catalogue.In("reminders.csv"), Header + string.Concat(rules.Select(rule => rule + "\n")));

    private Task<InProcessService> StartAsync() => InProcessService.StartAsync(
        _catalogue.Path, data: null, new Dictionary<string, ChannelSettings>
        {
            ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
        });
}
