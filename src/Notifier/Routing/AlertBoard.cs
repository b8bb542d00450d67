using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Silences;

namespace XilinIngest.Notifier.Routing;

/// <summary>The events taken and what the routes were told, as the database has them, in memory.</summary>
internal sealed class AlertBoard(
    Dictionary<(string Route, AlertKey Key), ToldState> told, Dictionary<(string Route, string GroupKey), DateTimeOffset> noticedAt)
{
    private readonly Dictionary<AlertKey, List<TakenEvent>> _events = [];
    private readonly Dictionary<AlertKey, TakenEvent> _current = [];

    /// <summary>The event that was taken last.</summary>
    public long LastEvent { get; private set; }

    public void Add(IEnumerable<TakenEvent> events)
    {
        foreach (var taken in events)
        {
            LastEvent = taken.Id;
            if (!_events.TryGetValue(taken.Key, out var of))
            {
                _events[taken.Key] = of = [];
            }

            of.Add(taken);
            if (!taken.IsLate)
            {
                _current[taken.Key] = taken;
            }
        }
    }

    /// <summary>Records that a notice was made.</summary>
    public void Add(NoticeDraft notice)
    {
        noticedAt[(notice.Route.Name, notice.GroupKey)] = notice.CreatedAt;
        foreach (var (key, state) in notice.Told)
        {
            told[(notice.Route.Name, key)] = state;
        }
    }

    /// <summary>When the last notice of a group was made; null: there was none.</summary>
    public DateTimeOffset? NoticedAt(AlertRoute route, string groupKey) =>
        noticedAt.TryGetValue((route.Name, groupKey), out var time) ? time : null;

    /// <summary>What decides about these alerts.</summary>
    public RouteDecider CreateDecider(IReadOnlyList<Silence> silences, UnitTree units) => new(silences, _current, units);

    /// <summary>The groups of a route with their alerts.</summary>
    public IEnumerable<IGrouping<string, AlertStanding>> GroupsOf(AlertRoute route, RouteDecider decider) =>
        _current.Values.Select(current => Standing(route, current, decider.Decide(route, current).Verdict))
            .Where(alert => alert.Verdict is not (RouteVerdict.OtherUnit or RouteVerdict.OtherIndicator))
            .GroupBy(alert => RouteMatcher.GroupOf(route, alert.Current.Key));

    private AlertStanding Standing(AlertRoute route, TakenEvent current, RouteVerdict verdict)
    {
        var state = told.GetValueOrDefault((route.Name, current.Key), ToldState.Nothing);
        return new(current, verdict, state, UntoldAfter(state.EventId, current.Key));
    }

    // Most alerts have nothing untold, and events are in the order of their ids.
    private IReadOnlyList<TakenEvent> UntoldAfter(long id, AlertKey key)
    {
        var events = _events[key];
        var first = events.FindLastIndex(taken => taken.Id <= id) + 1;
        return first == events.Count ? [] : events[first..];
    }
}
