using XilinIngest.CatalogueFiles;
using XilinIngest.Notifier.Routing;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Notices;

/// <summary>Makes the notices that are due. Called by one thread at a time.</summary>
internal sealed class NoticePlanner(
    NoticeStore store, RouteSource routes, CatalogueSource catalogues, TemplateSource templates, TimeProvider clock)
{
    private AlertBoard? _board;

    /// <summary>Adds the notices that are due to the outbox.</summary>
    /// <returns>The channels of the new notices.</returns>
    public IReadOnlyCollection<string> Plan()
    {
        var board = _board ?? new AlertBoard(store.ReadTold(), store.ReadGroupTimes());

        // What fails leaves memory and database apart, so the next call reads again.
        _board = null;
        board.Add(store.ReadEventsAfter(board.LastEvent));
        var channels = new HashSet<string>(StringComparer.Ordinal);
        var (routing, units) = (routes.Current, catalogues.Current.Units);
        var pending = store.ReadPendingGroups();
        var now = clock.GetUtcNow();
        var decider = board.CreateDecider(store.ReadOpenSilences(now), units);
        foreach (var route in routing.Routes)
        {
            foreach (var group in board.GroupsOf(route, decider).Where(group => !pending.Contains((route.Name, group.Key))))
            {
                if (GroupSchedule.Decide(route, [.. group], board.NoticedAt(route, group.Key), routing.WorkingDays, now) is { } due
                    && due.At <= now)
                {
                    Add(board, new NoticeDraft(Guid.CreateVersion7(now), route, group.Key, due.Reason, now, due.Alerts));
                    channels.Add(route.Channel);
                }
            }
        }

        _board = board;
        return channels;
    }

    private void Add(AlertBoard board, NoticeDraft draft)
    {
        var events = draft.Alerts.Select(alert => store.ReadEvent(alert.Current.Id)).ToList();
        store.Add(draft, NoticeFormat.Write(
            NoticeComposer.Compose(draft, events, catalogues.Current, store.ReadCurrentTasks(), templates.Write)));
        board.Add(draft);
    }
}
