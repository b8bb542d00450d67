using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tests.Channels;
using Xunit.Abstractions;

namespace XilinIngest.Notifier.Tests.Year;

/// <summary>Twelve months of alerts, three routes, restarts, and a chat that is away for a day, held against plain rules.</summary>
public sealed class A_year_of_notices(ITestOutputHelper output)
{
    private const int Firms = 10;
    private const double Restarts = 0.02;
    private static readonly int Seed = int.TryParse(
        Environment.GetEnvironmentVariable("XILIN_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed : Random.Shared.Next();

    private static readonly PlainRoute[] Routes =
    [
        new("list", TargetColour.Amber, ByUnit: false, Inhibits: false, TimeSpan.Zero, TimeSpan.Zero, Repeat: null, Quiet: null,
            WorkdaysOnly: false, IsChat: false),
        new("chat", TargetColour.Amber, ByUnit: false, Inhibits: false, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(50), Repeat: null,
            Quiet: (22, 8), WorkdaysOnly: false, IsChat: true),
        new("leaders", TargetColour.Red, ByUnit: true, Inhibits: true, TimeSpan.FromHours(4), TimeSpan.FromHours(24),
            Repeat: TimeSpan.FromDays(7), Quiet: (18, 9), WorkdaysOnly: true, IsChat: false),
    ];

    private const string RouteLines = """
        route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days,inhibit
        list,,,,amber,page,zh,alert,,,,,,
        chat,,,,amber,chat,zh,alert,30m,50m,,22:00-08:00,,
        leaders,,,,red,page,zh,unit,4h,24h,7d,18:00-09:00,workdays,yes

        """;

    [Fact, Trait("suite", "long")]
    public Task Tells_each_route_what_the_rules_say_once_in_order_and_within_its_limits() => TellAsync(1, 12);

    [Fact, Trait("suite", "long")]
    public Task Tells_so_in_a_month_in_which_the_chat_is_away() => TellAsync(6, 6);

    private async Task TellAsync(int first, int last)
    {
        var (random, clock) = (new Random(Seed), new FakeTimeProvider(YearOfAlerts.ChinaTime(first, 1, 0)));
        await using var chat = await RobotReceiver.StartAsync(clock);
        using var notifier = new NotifierOfTheYear(clock, chat, RouteLines, sentences: 9);
        var units = Units(notifier.Units);
        var plain = new PlainNotices(Routes, units.ToDictionary(unit => unit.Code.Value, unit => Above(unit, notifier.Units)));
        var changes = new Queue<ColourChange>(YearOfAlerts.Create(units, first, last, random));
        output.WriteLine($"seed {Seed}: {changes.Count} changes of {units.Count * YearOfAlerts.Indicators.Length} alerts");
        foreach (var moment in YearOfAlerts.Moments(first, last))
        {
            while (changes.TryPeek(out var next) && next.At <= moment)
            {
                notifier.Take(changes.Dequeue());
                plain.Change(next);
            }

            if (random.NextDouble() < Restarts)
            {
                notifier.Restart();
            }

            chat.IsAway = moment >= YearOfAlerts.ChatAway.From && moment < YearOfAlerts.ChatAway.Until;
            await notifier.TellAsync(moment);
            plain.Tell(moment, chat.IsAway);
        }

        Assert.Empty(changes);
        var rows = notifier.Store.ReadNotices(long.MaxValue, int.MaxValue).Reverse().ToList();
        output.WriteLine($"{rows.Count} notices, {chat.Texts.Count} messages in the chat");
        Assert.Equal(plain.Lines.Order(StringComparer.Ordinal), rows.SelectMany(Lines).Order(StringComparer.Ordinal));
        AssertOneAtATime(rows);
        AssertHours(rows);
        AssertChat(chat, [.. rows.Where(row => row.Route == "chat")]);
    }

    private static List<Unit> Units(UnitTree tree) =>
    [
        .. tree.All.Where(unit => unit.Level != UnitLevel.Enterprise),
        .. tree.All.Where(unit => unit.Level == UnitLevel.Enterprise).Take(Firms),
    ];

    private static string[] Above(Unit unit, UnitTree tree) =>
        [.. tree.AncestorsOf(unit, new Period(2022, 7)).Select(ancestor => ancestor.Code.Value)];

    private static IEnumerable<string> Lines(NoticeRow row)
    {
        var content = NoticeFormat.Read(row.Content);
        return content.Alerts.Select(alert => PlainNotices.LineOf(
            content.CreatedAt, row.Route, alert.Unit, alert.Indicator, alert.PreviousColour, alert.Colour));
    }

    // The next notice of a group is made when the last one was sent; and none but a repetition says what was said.
    private static void AssertOneAtATime(List<NoticeRow> rows)
    {
        foreach (var group in rows.GroupBy(row => (row.Route, row.GroupKey)).Select(group => group.ToList()))
        {
            Assert.All(group.SkipLast(1), row => Assert.Equal("sent", row.State));
            Assert.All(group.Zip(group.Skip(1)), pair => Assert.True(
                string.CompareOrdinal(pair.First.FinishedAt, pair.Second.CreatedAt) <= 0, $"{pair.First.Number} and {pair.Second.Number}"));
        }

        foreach (var alert in rows.Where(row => row.Route == "chat").GroupBy(row => row.GroupKey))
        {
            var told = alert.Select(row => NoticeFormat.Read(row.Content).Alerts.Single()).ToList();
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.NotEqual(pair.First.Colour, pair.Second.Colour));
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.Equal(pair.First.Colour, pair.Second.PreviousColour));
        }
    }

    private static void AssertHours(List<NoticeRow> rows)
    {
        foreach (var row in rows.Where(row => row.FinishedAt is not null))
        {
            var route = Routes.Single(route => route.Name == row.Route);
            Assert.True(PlainNotices.MaySend(route, NoticeTime.Parse(row.CreatedAt)), $"{row.Route} made at {row.CreatedAt}");
            Assert.True(PlainNotices.MaySend(route, NoticeTime.Parse(row.FinishedAt!)), $"{row.Route} sent at {row.FinishedAt}");
        }
    }

    private static void AssertChat(RobotReceiver chat, List<NoticeRow> rows)
    {
        Assert.Empty(chat.Refused);

        // Each notice is one paragraph of a message, once, and those of a group are in order.
        var paragraphs = chat.Texts.SelectMany(text => text.Split("\n\n")).ToList();
        var sent = rows.Where(row => row.State == "sent").ToList();
        Assert.Equal(sent.Count, paragraphs.Count);
        var expected = sent.Select(row => NoticeFormat.Read(row.Content)).GroupBy(notice => notice.Title)
            .ToDictionary(group => group.Key, group => group.Select(notice => $"{notice.Title}\n{notice.Text}").ToList());
        foreach (var group in paragraphs.GroupBy(paragraph => paragraph.Split('\n')[0]))
        {
            Assert.Equal(expected[group.Key], group);
        }

        // The day after the chat was away takes as many messages as a minute may have, and not one more.
        var busiest = chat.TakenAt.Max(from => chat.TakenAt.Count(at => at >= from && at < from.AddMinutes(1)));
        Assert.Equal(20, busiest);
    }
}
