using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Routing;
using XilinIngest.Notifier.Tasks;

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
    public static NoticeContent Compose(
        NoticeDraft draft, IReadOnlyList<AlertEvent> events, Catalogue catalogue, IReadOnlyDictionary<AlertKey, TaskEvent> tasks)
    {
        var english = draft.Route.English;
        var alerts = draft.Alerts.Zip(events, (alert, published) => Describe(alert, published, catalogue, english) with
        {
            Task = TaskText.Describe(tasks.GetValueOrDefault(alert.Current.Key), draft.CreatedAt),
        }).ToList();
        return new NoticeContent
        {
            Id = draft.Id,
            Route = draft.Route.Name,
            Group = draft.GroupKey,
            Reason = draft.Reason.ToText(),
            Language = english ? "en" : "zh",
            CreatedAt = draft.CreatedAt,
            Title = Title(draft, alerts, english),
            Text = string.Join('\n', alerts.Select(alert => Line(alert, english))),
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

    private static string Title(NoticeDraft draft, List<NoticedAlert> alerts, bool english)
    {
        // A group of one unit or of one indicator is named after it.
        var about = alerts.Select(alert => alert.Unit).Distinct().Count() == 1 ? alerts[0].UnitName
            : alerts.Select(alert => alert.Indicator).Distinct().Count() == 1 ? alerts[0].IndicatorName : null;
        return (draft.Reason, english) switch
        {
            (NoticeReason.Repeated, false) => $"{Prefix(about, "：")}{alerts.Count}项指标预警尚未解除",
            (NoticeReason.Repeated, true) => $"{Prefix(about, ": ")}{Count(alerts.Count, "alert")} not cleared yet",
            (_, false) => $"{Prefix(about, "：")}{alerts.Count}项指标预警有变化",
            _ => $"{Prefix(about, ": ")}{Count(alerts.Count, "alert")} changed",
        };
    }

    private static string Prefix(string? about, string colon) => about is null ? "" : about + colon;

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Line(NoticedAlert alert, bool english)
    {
        var (colour, before) = (ColourOf(alert.Colour), ColourOf(alert.PreviousColour));
        var task = TaskText.After(alert.Task, english);
        return english
            ? $"{StatusEn(alert.Status, ColourText.En(colour), ColourText.En(before))}: {alert.ReasonText}{task}"
            : $"{StatusZh(alert.Status, ColourText.Zh(colour), ColourText.Zh(before))}：{alert.ReasonText}{task}";
    }

    private static string StatusZh(string status, string colour, string before) => status switch
    {
        "raised" => $"新增{colour}预警",
        "worse" => $"由{before}预警升为{colour}预警",
        "better" => $"由{before}预警降为{colour}预警",
        "cleared" => $"{before}预警解除",
        _ => $"{colour}预警尚未解除",
    };

    private static string StatusEn(string status, string colour, string before) => status switch
    {
        "raised" => $"New {colour} alert",
        "worse" => $"From {before} up to {colour}",
        "better" => $"From {before} down to {colour}",
        "cleared" => $"The {before} alert is over",
        _ => $"Still {colour}",
    };

    private static Colour ColourOf(TargetColour colour) => colour switch
    {
        TargetColour.Red => Colour.Red,
        TargetColour.Amber => Colour.Amber,
        _ => Colour.Green,
    };
}
