using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Notifier.Templates;
using XilinIngest.Storage;

namespace XilinIngest.Notifier.Tests.Reminders;

/// <summary>The notifier's database and its reminders on a small catalogue, with a channel that takes all, or is away.</summary>
internal sealed class ReminderWorkbench : IAsyncDisposable
{
    internal const string Street = "320404007000";
    internal const string Village = "320404007202";
    internal const string OtherVillage = "320404007201";

    internal static readonly IReadOnlyDictionary<string, DateTimeOffset> Deadlines = new Dictionary<string, DateTimeOffset>
    {
        ["2022-07"] = new(2022, 8, 8, 18, 0, 0, TimeSpan.FromHours(8)),
        ["2022-08"] = new(2022, 9, 8, 18, 0, 0, TimeSpan.FromHours(8)),
    };

    private readonly CatalogueFolder _catalogue = new();
    private readonly TestFolder _data = new();
    private readonly CatalogueSource _catalogues;
    private AggregatorConnection _aggregator = null!;
    private ReminderPlanner _planner = null!;
    private ReminderRecheck _recheck = null!;

    private ReminderWorkbench(ReportBook book, string contacts, params string[] rules)
    {
        Book = book;
        _catalogue.Write(
            "reminders.csv", "rule,kind,unit,offset,time,to,channel,language,quiet,days\n" + string.Join('\n', rules) + "\n");
        _catalogue.Write("contacts.csv", contacts);
        _catalogues = new(new CatalogueSourceOptions { Folder = _catalogue.Path }, Clock, NullLogger<CatalogueSource>.Instance);
        NotifierRegistration.Migrate(new Database(_data.In("notices.db")), NullLogger.Instance);
        Restart();
    }

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2022, 8, 1, 0, 0, 0, TimeSpan.Zero));

    internal ReportBook Book { get; }

    internal NoticeStore Store { get; private set; } = null!;

    internal RemindersByHand ByHand { get; private set; } = null!;

    internal bool IsChannelAway { get; set; }

    internal Exception? Fault => _planner.Fault;

    /// <summary>What was sent, in order: rule, month, unit.</summary>
    internal List<string> Sent { get; } = [];

    internal static async Task<ReminderWorkbench> StartAsync(string contacts, params string[] rules) =>
        new(await ReportBook.StartAsync([Village, OtherVillage], Deadlines), contacts, rules);

    /// <summary>Another process takes over: nothing but the database is left.</summary>
    internal void Restart()
    {
        Store?.Dispose();
        _aggregator?.Dispose();
        Store = new NoticeStore(new Database(_data.In("notices.db")));
        _aggregator = new AggregatorConnection([Book.Address], key: null);
        var completeness = new MonthCompletenessClient(_aggregator);
        var rules = new ReminderSource(_catalogues, NullLogger<ReminderSource>.Instance);
        var builder = new ReminderBuilder(
            _catalogues, new ContactSource(_catalogues, NullLogger<ContactSource>.Instance),
            new TemplateSource(_catalogues, NullLogger<TemplateSource>.Instance),
            new ReminderDestinations(new Dictionary<string, ChannelSettings>
            {
                ["duty"] = new() { Kind = "webhook" },
                ["post"] = new() { Kind = "mail" },
            }),
            new Uri("https://xilin.example/"));
        _planner = new ReminderPlanner(
            Store, rules, new RouteSource(_catalogues, NullLogger<RouteSource>.Instance), _catalogues, completeness, builder, Clock,
            NullLogger<ReminderPlanner>.Instance);
        _recheck = new ReminderRecheck(Store, completeness, Clock);
        ByHand = new RemindersByHand(Store, rules, _catalogues, completeness, builder, Clock);
    }

    internal Task PlanAsync() => _planner.PlanAsync(CancellationToken.None);

    /// <summary>Sends what is due; each was missing at that moment.</summary>
    internal async Task SendAsync()
    {
        var now = Clock.GetUtcNow();
        foreach (var notice in new[] { "page", "duty", "post" }.SelectMany(channel => Store.FindDue(channel, now, 1000)))
        {
            if (await _recheck.FilterAsync([notice], CancellationToken.None) is [])
            {
                continue;
            }

            var reminder = NoticeFormat.Read(notice.Content).Reminder!;
            Assert.True(reminder.IsDigest || Book.IsMissing(reminder.Unit, reminder.Period));
            Store.Record(
                [notice], new(IsChannelAway ? DeliveryOutcome.Failed : DeliveryOutcome.Accepted, "answer"), now, now.AddSeconds(1));
            if (!IsChannelAway)
            {
                Sent.Add($"{notice.Route} {reminder.Period} {reminder.Unit}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        _aggregator.Dispose();
        await Book.DisposeAsync();
        _catalogues.Dispose();
        _catalogue.Dispose();
        _data.Dispose();
    }
}
