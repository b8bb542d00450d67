using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Routing;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Notices;

/// <summary>Writes a notice in words, in the language of its route.</summary>
internal static class NoticeComposer
{
    // An alert of which a channel heard nothing for years would otherwise have a list without an end.
    private const int MaxVersions = 100;

    /// <param name="draft">The notice.</param>
    /// <param name="events">The newest event of each of its alerts.</param>
    /// <param name="catalogue">The names.</param>
    /// <param name="tasks">The last event of the task of each alert that has one.</param>
    /// <param name="write">Writes the words: <see cref="TemplateSource.Write"/>.</param>
    public static NoticeContent Compose(
        NoticeDraft draft, IReadOnlyList<AlertEvent> events, Catalogue catalogue, IReadOnlyDictionary<AlertKey, TaskEvent> tasks,
        Func<TemplateData, NoticeText> write)
    {
        var english = draft.Route.English;
        var alerts = draft.Alerts.Zip(events, (alert, published) => Describe(alert, published, catalogue, english) with
        {
            Task = TaskText.Describe(tasks.GetValueOrDefault(alert.Current.Key), draft.CreatedAt),
        }).ToList();
        var (title, text) = write(
            new TemplateData(english, draft.Reason.ToText(), draft.Route.Name, draft.GroupKey, About(alerts), alerts));
        return new NoticeContent
        {
            Id = draft.Id,
            Route = draft.Route.Name,
            Group = draft.GroupKey,
            Reason = draft.Reason.ToText(),
            Language = english ? "en" : "zh",
            CreatedAt = draft.CreatedAt,
            Title = title,
            Text = text,
            Alerts = alerts,
        };
    }

    private static NoticedAlert Describe(AlertStanding alert, AlertEvent published, Catalogue catalogue, bool english) => new()
    {
        Status = StatusOf(alert),
        Unit = published.Unit,
        UnitName = catalogue.Units.TryFind(published.Unit, out var unit) ? english ? unit.NameEn : unit.NameZh : published.Unit,
        Indicator = published.Indicator,
        IndicatorName = catalogue.TryFind(published.Indicator, out var indicator)
            ? english ? indicator.NameEn : indicator.NameZh : published.Indicator,
        Year = published.Year,
        Period = published.Period,
        Colour = published.Colour,
        PreviousColour = ColourText.Of(alert.Told.Colour),
        Since = published.Since,
        Value = published.Value,
        Target = published.Target,
        Gap = published.Gap,
        ReasonText = english ? published.ReasonEn : published.ReasonZh,
        Versions = [.. alert.Untold.Select(taken => taken.Version).Order().TakeLast(MaxVersions)],
        PublishedAt = published.PublishedAt,
    };

    private static string StatusOf(AlertStanding alert)
    {
        var (told, shown) = (alert.Told.Colour, alert.Shown);
        return shown == told ? "standing"
            : told == Colour.Green ? "raised"
            : alert.Current.Colour == Colour.Green ? "cleared"
            : shown > told ? "worse" : "better";
    }

    // A group of one unit or of one indicator is named after it.
    private static string About(List<NoticedAlert> alerts) =>
        alerts.Select(alert => alert.Unit).Distinct().Count() == 1 ? alerts[0].UnitName
        : alerts.Select(alert => alert.Indicator).Distinct().Count() == 1 ? alerts[0].IndicatorName : "";
}
