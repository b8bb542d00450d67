using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Notifier.Templates;
using XilinIngest.Notifier.Tests.Channels;
using XilinIngest.Notifier.Tests.Notices;
using XilinIngest.Storage;

namespace XilinIngest.Notifier.Tests.Year;

/// <summary>The notifier's database, planner and senders with the clock of a year, and a group chat's robot over real HTTP.</summary>
internal sealed class NotifierOfTheYear : IDisposable
{
    private const string Template =
        "{{ route }} {{ group }}\n{% for alert in alerts %}{{ alert.indicator }}：{{ alert.previous }}→{{ alert.colour }}\n{% endfor %}";

    // 117 bytes. Nine of them make a notice so long that a message has no other.
    private const string Sentence = "请有关单位于三日内核实数据、查明原因、提出措施，并将办理情况报街道统计办公室。";

    private readonly TestFolder _catalogue = TestFolder.CatalogueWithOpenMonths();
    private readonly TestFolder _data = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    // Reminders alone ask an aggregator, and the year has none.
    private readonly AggregatorConnection _aggregator = new([new Uri("http://127.0.0.1:9/")], key: null);
    private readonly CatalogueSource _catalogues;
    private readonly Dictionary<string, ChannelSettings> _channels;
    private NoticePlanner _planner = null!;
    private NoticeSenders _senders = null!;

    internal NotifierOfTheYear(FakeTimeProvider clock, RobotReceiver chat, string routes, int sentences)
    {
        Clock = clock;
        Chat = chat;
        File.WriteAllText(_catalogue.In("routes.csv"), routes);
        Directory.CreateDirectory(_catalogue.In("templates"));
        File.WriteAllText(
            _catalogue.In("templates/notice.zh.liquid"), Template + string.Concat(Enumerable.Repeat(Sentence, sentences)) + "\n");
        _catalogues = new(new CatalogueSourceOptions { Folder = _catalogue.Path }, Clock, NullLogger<CatalogueSource>.Instance);
        _channels = new() { ["chat"] = new ChannelSettings { Kind = "wecom", Url = chat.UrlOf("wecom") } };
        NotifierRegistration.Migrate(Notices, NullLogger.Instance);
        Restart();
    }

    internal FakeTimeProvider Clock { get; }

    internal RobotReceiver Chat { get; }

    internal NoticeStore Store { get; private set; } = null!;

    internal Indicators.UnitTree Units => _catalogues.Current.Units;

    internal DbConnection OpenDatabase() => Notices.Open();

    private Database Notices => new(_data.In("notices.db"));

    /// <summary>Another process takes over: nothing but the database is left.</summary>
    internal void Restart()
    {
        Stop();
        Store = new NoticeStore(Notices);
        Store.TakeOver();
        var routes = new RouteSource(_catalogues, NullLogger<RouteSource>.Instance);
        var reminders = new ReminderSource(_catalogues, NullLogger<ReminderSource>.Instance);
        _planner = new(Store, routes, _catalogues, new TemplateSource(_catalogues, NullLogger<TemplateSource>.Instance), Clock);
        _senders = new(
            _channels, Store, new NotifierSignals(),
            new RecipientList(routes, reminders, _catalogues, new ContactSource(_catalogues, NullLogger<ContactSource>.Instance)),
            new RouteHours(routes, reminders), new ReminderRecheck(Store, new MonthCompletenessClient(_aggregator), Clock),
            new OutboxMetrics(_metrics.GetRequiredService<IMeterFactory>(), Clock), new NotifierTelemetry(), Clock,
            NullLogger<NoticeSenders>.Instance);
    }

    internal void Take(ColourChange change)
    {
        Advance(change.At);
        var alert = AlertEvents.Of(change.Unit, change.Indicator, change.Version, change.Before, change.Colour, change.At);
        Store.Take(alert, alert.Body(), change.At);
    }

    /// <summary>Makes the notices that are due at a moment, and sends what may be sent.</summary>
    internal async Task TellAsync(DateTimeOffset moment)
    {
        Advance(moment);
        _planner.Plan();
        foreach (var sender in _senders.All)
        {
            sender.Wake();
            await AdvanceWhileItWaitsAsync(sender.RunOnceAsync(CancellationToken.None));
        }
    }

    public void Dispose()
    {
        Stop();
        _aggregator.Dispose();
        _catalogues.Dispose();
        _metrics.Dispose();
        _catalogue.Dispose();
        _data.Dispose();
    }

    private void Stop()
    {
        _senders?.Dispose();
        Store?.Dispose();
    }

    // Seconds are spent where the chat takes no more messages in this minute.
    private void Advance(DateTimeOffset to)
    {
        if (to > Clock.GetUtcNow())
        {
            Clock.SetUtcNow(to);
        }
    }

    private async Task AdvanceWhileItWaitsAsync(Task sending)
    {
        for (var answered = -1; !sending.IsCompleted;)
        {
            await Task.WhenAny(sending, Task.Delay(60));
            if (!sending.IsCompleted && Chat.Answered == answered)
            {
                Clock.Advance(TimeSpan.FromSeconds(20));
            }

            answered = Chat.Answered;
        }

        await sending;
    }
}
