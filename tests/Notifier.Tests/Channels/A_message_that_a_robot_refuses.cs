using Microsoft.Extensions.Time.Testing;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Tests.Year;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>Several notices that wait go out as one message, and the robot refuses one of them for what it says.</summary>
public sealed class A_message_that_a_robot_refuses
{
    private const string Refused = "320404004202";

    [Fact]
    public async Task Takes_no_other_notice_with_it()
    {
        var start = YearOfAlerts.ChinaTime(3, 2, 9);
        var clock = new FakeTimeProvider(start);
        await using var chat = await RobotReceiver.StartAsync(clock);
        chat.Refuses = text => text.Contains(Refused, StringComparison.Ordinal);
        using var notifier = new NotifierOfTheYear(
            clock, chat, """
            route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days
            chat,,,,amber,chat,zh,alert,,,,,

            """, sentences: 1);
        string[] units = ["320404004201", Refused, "320404004203"];
        foreach (var unit in units)
        {
            notifier.Take(new ColourChange(start, unit, "RETAIL_SALES", TargetColour.Green, TargetColour.Red, 1));
        }

        await notifier.TellAsync(start);
        Assert.Equal(
            ["sent", "refused", "sent"], notifier.Store.ReadNotices(long.MaxValue, 9).OrderBy(row => row.GroupKey).Select(row => row.State));
        Assert.Equal(2, chat.Texts.Count);
    }
}
