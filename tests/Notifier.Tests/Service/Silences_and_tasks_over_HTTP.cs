using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>The whole service: alerts that a submission raised are silenced and taken over HTTP.</summary>
public sealed class Silences_and_tasks_over_HTTP : IAsyncLifetime
{
    private const string Village = "320404004202";
    private static readonly string Firm = AlertingCatalogue.Firms[0];
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync().AsTask();

    [Fact]
    public async Task Hold_the_notices_back_across_a_restart_until_the_silence_is_ended()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        using var data = new TestFolder();
        await using (var first = await StartAsync(catalogue, data))
        {
            var silence = NewSilence();
            var (status, made) = await PostAsync(first, "silences", silence);
            Assert.Equal((HttpStatusCode.OK, 1L), (status, (long)made["number"]!));
            Assert.Equal(("http", "red", true), ((string?)made["by"], (string?)made["level"], (bool)made["holds"]!));
            Assert.Equal(1, (long)(await PostAsync(first, "silences", silence)).Answer["number"]!);

            // The id stands for what was asked for with it, and for nothing else.
            foreach (var (name, value) in new[] { ("unit", Firm), ("reason", "另一个完全不同的理由"), ("level", "amber") })
            {
                var other = silence.DeepClone().AsObject();
                other[name] = value;
                Assert.Equal((name, HttpStatusCode.Conflict), (name, (await PostAsync(first, "silences", other)).Status));
            }

            await first.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        }

        await using var second = await StartAsync(catalogue, data);
        await InProcessService.EventuallyAsync(async () => (await second.GetAsync("/api/alerts?year=2022")).AsArray().Count == 1);
        await Task.Delay(1500);
        Assert.Empty(_receiver.Requests);
        Assert.Single((await second.GetAsync("/api/silences")).AsArray());

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(second, "silences/1/end", [])).Status);
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 1));
        Assert.Equal("raised", (string?)_receiver.Kept[0].Json["alerts"]![0]!["status"]);
        Assert.Empty((await second.GetAsync("/api/silences")).AsArray());
        Assert.Equal("http", (string?)Assert.Single((await second.GetAsync("/api/silences?state=all")).AsArray())!["endedBy"]);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(second, "silences/2/end", [])).Status);
    }

    [Fact]
    public async Task Say_who_has_an_alert_wherever_it_is_told_until_it_is_cleared()
    {
        using var catalogue = new AlertingCatalogue("duty,,,,,duty,zh,alert,,,,,,");
        await using var service = await StartAsync(catalogue);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(service, "tasks/take", NewTask("张三"))).Status);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == 1));

        var taking = NewTask("张三");
        (taking["note"], taking["due"]) = ("核实产量数据", "2022-08-10");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(service, "tasks/take", taking)).Status);
        var (conflict, problem) = await PostAsync(service, "tasks/take", NewTask("李四"));
        Assert.Equal(HttpStatusCode.Conflict, conflict);
        Assert.Contains("张三", (string)problem["detail"]!, StringComparison.Ordinal);
        var task = Assert.Single((await service.GetAsync("/api/alerts?year=2022")).AsArray())!["task"]!;
        Assert.Equal(("taken", "张三", "核实产量数据", "2022-08-10", false), Fields(task));
        service.Clock.Set(TestSubmissions.Now.AddDays(9));
        Assert.True((bool)Assert.Single((await service.GetAsync($"/api/tasks?year=2022&unit={Firm}")).AsArray())!["isOverdue"]!);
        Assert.Empty((await service.GetAsync("/api/tasks?year=2021")).AsArray());

        Assert.Equal("李四", (string?)(await PostAsync(service, "tasks/hand-over", NewTask("李四"))).Answer["assignee"]);
        Assert.Null((await PostAsync(service, "tasks/give-back", NewTask(null))).Answer["assignee"]);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(service, "tasks/take", NewTask("王五"))).Status);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: false));
        await InProcessService.EventuallyAsync(async () =>
            (string?)(await service.GetAsync("/api/tasks?year=2022"))[0]!["state"] == "done");
        var done = (await service.GetAsync("/api/tasks?year=2022"))[0]!;
        Assert.Equal(
            ["taken", "handedOver", "givenBack", "taken", "done"],
            done["history"]!.AsArray().Select(happened => (string)happened!["action"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(service, "tasks/note", NewTask(null))).Status);
    }

    [Fact]
    public async Task Do_not_keep_alerts_from_being_read_while_their_database_is_away()
    {
        using var catalogue = new AlertingCatalogue();
        using var data = new TestFolder();
        await using var service = await StartAsync(catalogue, data);
        await service.SubmitAndApplyAsync(catalogue.February(Firm, isBehind: true));
        await InProcessService.EventuallyAsync(async () =>
            (await PostAsync(service, "tasks/take", NewTask("张三"))).Status == HttpStatusCode.OK);
        File.Move(data.In("notices.db"), data.In("notices.db.aside"));

        Assert.Null(Assert.Single((await service.GetAsync("/api/alerts?year=2022")).AsArray())!["task"]);
        using var answer = await service.Client.GetAsync("/api/tasks?year=2022");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        File.Move(data.In("notices.db.aside"), data.In("notices.db"));
        Assert.NotNull(Assert.Single((await service.GetAsync("/api/alerts?year=2022")).AsArray())!["task"]);
    }

    [Fact]
    public async Task Refuse_what_cannot_be_kept()
    {
        using var catalogue = new AlertingCatalogue();
        await using var service = await StartAsync(catalogue);
        foreach (var (name, value, status) in new (string, JsonNode?, HttpStatusCode)[]
        {
            ("unit", "320404009999", HttpStatusCode.NotFound),
            ("indicator", "NO_SUCH", HttpStatusCode.NotFound),
            ("level", "green", HttpStatusCode.BadRequest),
            ("level", "purple", HttpStatusCode.BadRequest),
            ("until", "2022-08-03T00:00:00Z", HttpStatusCode.BadRequest),
            ("until", "2022-11-30T00:00:00Z", HttpStatusCode.BadRequest),
            ("until", "soon", HttpStatusCode.BadRequest),
            ("reason", "短", HttpStatusCode.BadRequest),
            ("reason", new string('长', 501), HttpStatusCode.BadRequest),
            ("reason", "两行\n文字的理由", HttpStatusCode.BadRequest),
            ("reason", "\u202e颠倒的文字理由", HttpStatusCode.BadRequest),
            ("reason", null, HttpStatusCode.BadRequest),
            ("id", Guid.Empty.ToString(), HttpStatusCode.BadRequest),
            ("extra", new string('x', 20_000), HttpStatusCode.RequestEntityTooLarge),
        })
        {
            var body = NewSilence();
            body[name] = value;
            Assert.Equal((name, status), (name, (await PostAsync(service, "silences", body)).Status));
        }

        foreach (var (name, value) in new (string, JsonNode)[]
        {
            ("due", "2022-08-01"), ("due", "2024-08-01"), ("due", "tomorrow"), ("note", new string('长', 501)), ("note", "两\n行"),
            ("assignee", ""), ("assignee", new string('长', 101)), ("assignee", "local"), ("year", "x"),
        })
        {
            var body = NewTask("张三");
            body[name] = value;
            Assert.Equal((name, HttpStatusCode.BadRequest), (name, (await PostAsync(service, "tasks/take", body)).Status));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, "tasks/hand-over", NewTask(null))).Status);
        foreach (var text in new[]
        {
            "[", "[]", "null", "",
            NewSilence().ToJsonString().Replace("\"reason\":\"", "\"reason\":\"\\ud800", StringComparison.Ordinal),
            NewSilence().ToJsonString().Replace("\"unit\"", "\"id\":1,\"unit\"", StringComparison.Ordinal),
        })
        {
            using var unreadable = new StringContent(text, Encoding.UTF8, "application/json");
            using var answer = await service.Client.PostAsync("/api/silences", unreadable);
            Assert.Equal((text, HttpStatusCode.BadRequest), (text, answer.StatusCode));
        }

        using var form = new StringContent("unit=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var unsupported = await service.Client.PostAsync("/api/silences", form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unsupported.StatusCode);
        Assert.Empty((await service.GetAsync("/api/silences?state=all")).AsArray());
    }

    private static (string?, string?, string?, string?, bool) Fields(JsonNode task) =>
        ((string?)task["state"], (string?)task["assignee"], (string?)task["note"], (string?)task["due"], (bool)task["isOverdue"]!);

    private static JsonObject NewSilence() => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["unit"] = Village,
        ["until"] = TestSubmissions.Now.AddDays(7).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["reason"] = "统一处置，暂不通知",
    };

    private static JsonObject NewTask(string? assignee) => new()
    {
        ["unit"] = Firm,
        ["indicator"] = "INDUSTRIAL_OUTPUT",
        ["year"] = 2022,
        ["assignee"] = assignee,
    };

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(InProcessService service, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await service.Client.PostAsync($"/api/{path}", content);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, JsonNode.Parse(text.Length == 0 ? "{}" : text)!);
    }

    private Task<InProcessService> StartAsync(AlertingCatalogue catalogue, TestFolder? data = null) =>
        InProcessService.StartAsync(catalogue.Folder, data, new Dictionary<string, ChannelSettings>
        {
            ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
        });
}
