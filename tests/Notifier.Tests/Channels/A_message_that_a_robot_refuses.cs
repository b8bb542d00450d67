using Dapper;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tests.Year;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>Several notices that wait go out as one message, and the robot refuses one of them for what it says.</summary>
public sealed class A_message_that_a_robot_refuses
{
    private const string Refused = "320404004202";
    private const string Routes = """
        route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days
        chat,,,,amber,chat,zh,alert,,,,,

        """;

    [Fact]
    public async Task Takes_no_other_notice_with_it()
    {
        var start = YearOfAlerts.ChinaTime(3, 2, 9);
        var clock = new FakeTimeProvider(start);
        await using var chat = await RobotReceiver.StartAsync(clock);
        chat.Refuses = text => text.Contains(Refused, StringComparison.Ordinal);
        using var notifier = new NotifierOfTheYear(clock, chat, Routes, sentences: 1);
        Take(notifier, start);
        await notifier.TellAsync(start);
        Assert.Equal(["sent", "refused", "sent"], Rows(notifier).Select(row => row.State));
        Assert.Equal(2, chat.Texts.Count);
    }

    [Fact]
    public async Task Is_no_more_of_a_hindrance_where_its_notice_cannot_even_be_read()
    {
        var start = YearOfAlerts.ChinaTime(3, 2, 9);
        var clock = new FakeTimeProvider(start);
        await using var chat = await RobotReceiver.StartAsync(clock);
        using var notifier = new NotifierOfTheYear(clock, chat, Routes, sentences: 9);
        Take(notifier, start);
        chat.IsAway = true;
        await notifier.TellAsync(start);
        using (var connection = notifier.OpenDatabase())
        {
            Assert.Equal(1, connection.Execute("UPDATE notice SET content = '{' WHERE group_key LIKE '320404004201%'"));
        }

        chat.IsAway = false;
        await notifier.TellAsync(start.AddMinutes(30));
        Assert.Equal(["pending", "sent", "sent"], Rows(notifier).Select(row => row.State));
        Assert.Equal("unexpected fault: JsonException", Rows(notifier)[0].Answer);
    }

    private static void Take(NotifierOfTheYear notifier, DateTimeOffset at)
    {
        foreach (var unit in new[] { "320404004201", Refused, "320404004203" })
        {
            notifier.Take(new ColourChange(at, unit, "RETAIL_SALES", TargetColour.Green, TargetColour.Red, 1));
        }
    }

    private static List<NoticeRow> Rows(NotifierOfTheYear notifier) =>
        [.. notifier.Store.ReadNotices(long.MaxValue, 9).OrderBy(row => row.GroupKey, StringComparer.Ordinal)];
}
