using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Routing;

/// <summary>Why a notice is made.</summary>
internal enum NoticeReason
{
    /// <summary>Alerts were raised, became worse or better, or were cleared.</summary>
    Changed,

    /// <summary>Alerts that were told are still there.</summary>
    Repeated,
}

internal static class NoticeReasonText
{
    public static string ToText(this NoticeReason reason) => reason == NoticeReason.Repeated ? "repeated" : "changed";
}

/// <summary>One alert in the eyes of one route.</summary>
/// <param name="Current">The newest event.</param>
/// <param name="Verdict">Whether the route tells it.</param>
/// <param name="Told">What the route was told last.</param>
/// <param name="Untold">The events that the route was not told, in the order in which they were taken.</param>
internal sealed record AlertStanding(TakenEvent Current, RouteVerdict Verdict, ToldState Told, IReadOnlyList<TakenEvent> Untold)
{
    /// <summary>The colour as the route tells it: green below its level.</summary>
    public Colour Shown => Verdict == RouteVerdict.Told ? Current.Colour : Colour.Green;

    /// <summary>
    /// Whether the route has something new to tell. What came back to the state that was told last is not told, nor what is silenced.
    /// </summary>
    public bool HasChanged => Verdict is RouteVerdict.Told or RouteVerdict.BelowLevel && Untold.Count > 0 && Shown != Told.Colour;

    /// <summary>Whether the route was told of an alert that is still there.</summary>
    public bool Stands => Told.Colour != Colour.Green && Verdict == RouteVerdict.Told;
}

/// <summary>What a group has to tell, and when.</summary>
/// <param name="At">The first moment from now on at which the notice may be made.</param>
/// <param name="Reason">Why.</param>
/// <param name="Alerts">What it tells.</param>
internal sealed record GroupDue(DateTimeOffset At, NoticeReason Reason, IReadOnlyList<AlertStanding> Alerts);

/// <summary>Decides what a group of a route has to tell, and when. The caller waits for a notice that is not sent yet.</summary>
internal static class GroupSchedule
{
    /// <summary>The most alerts of one notice. The others follow in the next one.</summary>
    public const int MaxAlerts = 200;

    // The clocks of two machines, or of one before and after it was adjusted, differ by less.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <param name="route">The route.</param>
    /// <param name="alerts">The alerts of the group.</param>
    /// <param name="lastNoticeAt">When the last notice of the group was made; null: there was none.</param>
    /// <param name="workingDays">The days on which offices work.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null: there is nothing to tell.</returns>
    public static GroupDue? Decide(
        AlertRoute route, IReadOnlyList<AlertStanding> alerts, DateTimeOffset? lastNoticeAt, WorkingDays workingDays,
        DateTimeOffset now)
    {
        // The oldest first, so that none is left out for ever.
        var changed = alerts.Where(alert => alert.HasChanged).OrderBy(alert => alert.Untold[0].Id).Take(MaxAlerts).ToList();
        if (changed.Count > 0)
        {
            var waited = PastTime(changed[0].Untold[0].TakenAt, now) + route.Wait;
            var due = Later(waited, lastNoticeAt is { } before ? PastTime(before, now) + route.Interval : null);
            return new(FirstFrom(route, due, workingDays, now), NoticeReason.Changed, changed);
        }

        var standing = alerts.Where(alert => alert.Stands).OrderBy(alert => alert.Current.Id).Take(MaxAlerts).ToList();
        return standing.Count > 0 && lastNoticeAt is { } last && route.Repeat is { } repeat
            ? new(
                FirstFrom(route, PastTime(last, now) + (repeat > route.Interval ? repeat : route.Interval), workingDays, now),
                NoticeReason.Repeated, standing)
            : null;
    }

    // What became due before the quiet hours, while the notifier or the channel was away, is not sent in them either.
    private static DateTimeOffset FirstFrom(AlertRoute route, DateTimeOffset due, WorkingDays workingDays, DateTimeOffset now) =>
        route.Hours.FirstFrom(Later(due, now), workingDays);

    // A time in the future was stored before the clock was set back. It counts as long ago, or the group would be silent until then.
    private static DateTimeOffset PastTime(DateTimeOffset stored, DateTimeOffset now) =>
        stored > now + ClockTolerance ? DateTimeOffset.UnixEpoch : stored;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
