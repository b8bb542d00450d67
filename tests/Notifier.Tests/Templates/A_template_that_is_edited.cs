using System.Text.Json.Nodes;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Tests.Service;

namespace XilinIngest.Notifier.Tests.Templates;

public sealed class A_template_that_is_edited : IAsyncLifetime, IDisposable
{
    private static readonly string Firm = AlertingCatalogue.Firms[0];
    private readonly AlertingCatalogue _catalogue = new("duty,,,,,duty,zh,alert,,,,,,");
    private NoticeReceiver _receiver = null!;
    private InProcessService _service = null!;
    private int _told;

    private string Template => Path.Combine(_catalogue.Folder, "templates", "notice.zh.liquid");

    public async Task InitializeAsync()
    {
        _receiver = await NoticeReceiver.StartAsync();
        _service = await InProcessService.StartAsync(_catalogue.Folder, null, new Dictionary<string, ChannelSettings>
        {
            ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
        });
        Directory.CreateDirectory(Path.GetDirectoryName(Template)!);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Writes_the_next_notice_and_one_with_a_fault_changes_nothing_and_is_in_health()
    {
        Assert.EndsWith("：1项指标预警有变化", (await TellAsync()).Title, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Template, "{{ count }}条\n{% for alert in alerts %}{{ alert.unit_name }}、{{ alert.period }}、{{ alert.target }}{% endfor %}\n");
        var (title, text) = await TellAsync();
        Assert.Equal("1条", title);
        Assert.EndsWith("、2022-02、1200", text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Template, "{{ count }}条\n\n{% for alert in alerts %}{{ alert.phone }}{% endfor %}\n");
        Assert.Equal("1条", (await TellAsync()).Title);
        Assert.Contains("templates/notice.zh.liquid:3: an alert has no field phone", await HealthAsync(), StringComparison.Ordinal);

        File.Delete(Template);
        Assert.EndsWith("：1项指标预警有变化", (await TellAsync()).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("liquid", await HealthAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_up_no_notice_where_it_fails_on_a_notice_that_its_reading_did_not_foresee()
    {
        await File.WriteAllTextAsync(
            Template, "{{ count }}条\n{% for alert in alerts %}{{ alert.period }}{% if alert.period == '2022-02' %}{{ alert.phone }}"
                + "{% endif %}{% endfor %}\n");
        Assert.EndsWith("：1项指标预警有变化", (await TellAsync()).Title, StringComparison.Ordinal);
        Assert.Contains("templates/notice.zh.liquid:2: an alert has no field phone", await HealthAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Title, string Text)> TellAsync()
    {
        await _service.SubmitAndApplyAsync(_catalogue.February(Firm, isBehind: _told % 2 == 0));
        _told++;
        await InProcessService.EventuallyAsync(() => Task.FromResult(_receiver.Kept.Count == _told));
        var notice = _receiver.Kept[^1].Json;
        return ((string)notice["title"]!, (string)notice["text"]!);
    }

    private async Task<string> HealthAsync() =>
        (string?)JsonNode.Parse(await _service.Client.GetStringAsync("/health/ready"))!["checks"]!["notices"]!["description"] ?? "";
}
