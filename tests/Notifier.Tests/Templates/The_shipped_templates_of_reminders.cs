using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Tests.Templates;

public sealed class The_shipped_templates_of_reminders
{
    private static readonly DateTimeOffset Deadline = new(2022, 8, 8, 18, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("zh", -72, "还有3天。")]
    [InlineData("zh", -9, "今天截止。")]
    [InlineData("zh", 1, "已逾期。")]
    [InlineData("zh", 48, "已逾期2天。")]
    [InlineData("en", -24, "1 day left.")]
    [InlineData("en", -9, "today.")]
    [InlineData("en", 1, "late.")]
    [InlineData("en", 48, "2 days late.")]
    public void Count_the_days_as_people_do(string language, int hours, string words) =>
        Assert.EndsWith(words, Write(language, Reminder(), false, Deadline.AddHours(hours)).Text.Split('\n')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("zh", "东岱村：2022年7月报表2项指标未报", "未报指标：信访件次、走访企业。", "请登录系统填报。")]
    [InlineData("en", "东岱村, 2022-07: 2 indicators are missing", "Missing: 信访件次, 走访企业.", "Please report.")]
    public void Say_what_is_missing_and_what_to_do_without_a_deadline_and_a_link(
        string language, string title, string missing, string whatToDo)
    {
        var (head, text) = Write(language, Reminder() with { Deadline = null }, isReturned: false, Deadline);
        Assert.Equal((title, $"{missing}\n{whatToDo}"), (head, text));
    }

    [Fact]
    public void Say_that_a_report_was_returned() => Assert.Contains(
        "报表已被退回，请按退回理由更正后重报。\n请登录填报：https://xilin.example/enter",
        Write("zh", Reminder() with { Link = "https://xilin.example/enter" }, isReturned: true, Deadline).Text, StringComparison.Ordinal);

    private static NoticeText Write(string language, NoticedReminder reminder, bool isReturned, DateTimeOffset now) => NoticeTemplate
        .Parse(
            File.ReadAllText(Path.Combine(RepositoryFiles.Catalogue, "templates", $"reminder.{language}.liquid")),
            ReminderTemplateData.Samples)
        .Write(new ReminderTemplateData(language == "en", reminder, isReturned, now));

    private static NoticedReminder Reminder() => new()
    {
        Unit = "320404004201",
        UnitName = "东岱村",
        Period = "2022-07",
        Deadline = Deadline,
        Missing = [new("PETITIONS", "信访件次", 1), new("ENTERPRISE_VISITS", "走访企业", 1)],
    };
}
