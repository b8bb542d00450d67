using XilinIngest.Contracts;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Tests.Templates;

public sealed class The_shipped_templates
{
    [Theory]
    [InlineData("zh", "changed", "西林街道", 1, "西林街道：1项指标预警有变化")]
    [InlineData("zh", "changed", "", 2, "2项指标预警有变化")]
    [InlineData("zh", "repeated", "西林街道", 2, "西林街道：2项指标预警尚未解除")]
    [InlineData("zh", "repeated", "", 1, "1项指标预警尚未解除")]
    [InlineData("en", "changed", "Xilin", 1, "Xilin: 1 alert changed")]
    [InlineData("en", "changed", "", 2, "2 alerts changed")]
    [InlineData("en", "repeated", "Xilin", 2, "Xilin: 2 alerts not cleared yet")]
    [InlineData("en", "repeated", "", 1, "1 alert not cleared yet")]
    public void Write_the_title(string language, string reason, string about, int count, string title) => Assert.Equal(
        title, Write(language, reason, about, [.. Enumerable.Range(0, count).Select(_ => Alert("raised", "red", "green"))]).Title);

    [Theory]
    [InlineData("zh", "raised", "red", "green", "新增红色预警：下降3.2%，目标8%。")]
    [InlineData("zh", "worse", "red", "amber", "由黄色预警升为红色预警：下降3.2%，目标8%。")]
    [InlineData("zh", "better", "amber", "red", "由红色预警降为黄色预警：下降3.2%，目标8%。")]
    [InlineData("zh", "cleared", "green", "red", "红色预警解除：下降3.2%，目标8%。")]
    [InlineData("zh", "standing", "amber", "amber", "黄色预警尚未解除：下降3.2%，目标8%。")]
    [InlineData("en", "raised", "amber", "green", "New amber alert: 下降3.2%，目标8%。")]
    [InlineData("en", "worse", "red", "amber", "From amber up to red: 下降3.2%，目标8%。")]
    [InlineData("en", "better", "amber", "red", "From red down to amber: 下降3.2%，目标8%。")]
    [InlineData("en", "cleared", "green", "amber", "The amber alert is over: 下降3.2%，目标8%。")]
    [InlineData("en", "standing", "red", "red", "Still red: 下降3.2%，目标8%。")]
    public void Write_a_line_for_each_alert(string language, string status, string colour, string previous, string line)
    {
        var alert = Alert(status, colour, previous);
        Assert.Equal(line, Write(language, "changed", "", [alert]).Text);
        Assert.Equal($"{line}\n{line}", Write(language, "changed", "", [alert, alert]).Text);
    }

    [Fact]
    public void Write_the_most_alerts_that_a_notice_has_as_they_are()
    {
        var alert = Alert("raised", "red", "green") with { ReasonText = "<b>&{{ reason }}{% if %}\"" };
        var text = Write("zh", "changed", "", [.. Enumerable.Repeat(alert, 200)]).Text;
        Assert.Equal(Enumerable.Repeat("新增红色预警：<b>&{{ reason }}{% if %}\"", 200), text.Split('\n'));
    }

    private static NoticeText Write(string language, string reason, string about, IReadOnlyList<NoticedAlert> alerts) =>
        NoticeTemplate.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Catalogue, "templates", $"notice.{language}.liquid")))
            .Write(new TemplateData(language == "en", reason, "leaders", "", about, alerts));

    private static NoticedAlert Alert(string status, string colour, string previous) => new()
    {
        Status = status,
        Unit = "320404007000",
        UnitName = "西林街道",
        Indicator = "RETAIL_SALES",
        IndicatorName = "社会消费品零售总额",
        Year = 2022,
        Period = "2022-07",
        Colour = WireNames.Parse<TargetColour>(colour)!.Value,
        PreviousColour = WireNames.Parse<TargetColour>(previous)!.Value,
        Since = "2022-06",
        Target = 8,
        ReasonText = "下降3.2%，目标8%。",
        Versions = [1],
        PublishedAt = DateTimeOffset.UnixEpoch,
    };
}
