using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Routing;

namespace XilinIngest.Notifier.Notices;

/// <summary>A notice that is to be added to the outbox.</summary>
/// <param name="Id">Its id, the same at every attempt.</param>
/// <param name="Route">The route.</param>
/// <param name="GroupKey">The group of the route.</param>
/// <param name="Reason">Why it is made.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Alerts">What it tells.</param>
internal sealed record NoticeDraft(
    Guid Id, AlertRoute Route, string GroupKey, NoticeReason Reason, DateTimeOffset CreatedAt, IReadOnlyList<AlertStanding> Alerts)
{
    /// <summary>What the route knows after it.</summary>
    public IEnumerable<(AlertKey Key, ToldState Told)> Told => Alerts.Select(alert =>
        (alert.Current.Key, new ToldState(alert.Shown, alert.Untold.Count > 0 ? alert.Untold[^1].Id : alert.Told.EventId)));
}
