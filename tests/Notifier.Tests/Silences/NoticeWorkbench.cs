using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Templates;
using XilinIngest.Notifier.Tests.Notices;
using XilinIngest.Storage;

namespace XilinIngest.Notifier.Tests.Silences;

/// <summary>The notifier's database and planner on a small catalogue, whose receiver takes every notice at once.</summary>
internal sealed class NoticeWorkbench : IDisposable
{
    internal const string Street = "320404007000";
    internal const string Village = "320404007202";
    internal const string OtherVillage = "320404007201";
    internal const string Firm = CatalogueFolder.Firm;

    private readonly CatalogueFolder _catalogue = new();
    private readonly TestFolder _data = new();
    private readonly CatalogueSource _catalogues;
    private readonly Dictionary<(string Unit, string Indicator), (int Version, TargetColour Colour)> _alerts = [];
    private NoticePlanner _planner = null!;

    /// <param name="routes">The lines of routes.csv, of which the last column is <c>inhibit</c>.</param>
    internal NoticeWorkbench(params string[] routes)
    {
        File.WriteAllText(
            Path.Combine(_catalogue.Path, "routes.csv"),
            "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days,inhibit\n" + string.Join('\n', routes)
            + "\n");
        _catalogues = new(new CatalogueSourceOptions { Folder = _catalogue.Path }, Clock, NullLogger<CatalogueSource>.Instance);
        NotifierRegistration.Migrate(new Database(_data.In("notices.db")), NullLogger.Instance);
        Restart();
    }

    internal FakeTimeProvider Clock { get; } = new(AlertEvents.Start);

    internal NoticeStore Store { get; private set; } = null!;

    internal TargetColour ColourOf(string unit, string indicator) =>
        _alerts.TryGetValue((unit, indicator), out var alert) ? alert.Colour : TargetColour.Green;

    /// <summary>Another process takes over: nothing but the database is left.</summary>
    internal void Restart()
    {
        Store?.Dispose();
        Store = new NoticeStore(new Database(_data.In("notices.db")));
        _planner = new NoticePlanner(
            Store, new RouteSource(_catalogues, NullLogger<RouteSource>.Instance), _catalogues,
            new TemplateSource(_catalogues, NullLogger<TemplateSource>.Instance), Clock);
    }

    /// <summary>An alert changes its colour; an event without a change is not published.</summary>
    internal void Publish(string unit, string indicator, TargetColour colour)
    {
        var (version, before) = _alerts.GetValueOrDefault((unit, indicator), (0, TargetColour.Green));
        if (colour != before)
        {
            var alert = AlertEvents.Of(unit, indicator, version + 1, before, colour, Clock.GetUtcNow());
            Store.Take(alert, alert.Body(), Clock.GetUtcNow());
            _alerts[(unit, indicator)] = (version + 1, colour);
        }
    }

    /// <summary>Makes the notices that are due, and sends them.</summary>
    internal void Plan()
    {
        _planner.Plan();
        var now = Clock.GetUtcNow();
        foreach (var notice in Store.FindDue("page", now, 1000))
        {
            Store.Record([notice], new(DeliveryOutcome.Accepted, "OK"), now, now);
        }
    }

    /// <summary>What was told so far, in order: route, unit, indicator, colour.</summary>
    internal List<string> Told() =>
        [.. Store.ReadNotices(long.MaxValue, 10_000).Reverse().SelectMany(row => NoticeFormat.Read(row.Content).Alerts.Select(
            alert => $"{row.Route} {alert.Unit} {alert.Indicator} {alert.PreviousColour.ToWireName()}→{alert.Colour.ToWireName()}"))];

    public void Dispose()
    {
        Store.Dispose();
        _catalogues.Dispose();
        _catalogue.Dispose();
        _data.Dispose();
    }
}
