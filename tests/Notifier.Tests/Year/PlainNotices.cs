using XilinIngest.Contracts;

namespace XilinIngest.Notifier.Tests.Year;

/// <summary>A route of the year, as its line in routes.csv says it.</summary>
internal sealed record PlainRoute(
    string Name, TargetColour Level, bool ByUnit, bool Inhibits, TimeSpan Wait, TimeSpan Interval, TimeSpan? Repeat,
    (int From, int To)? Quiet, bool WorkdaysOnly, bool IsChat);

/// <summary>
/// What each route must be told in a year, worked out from the rules of docs/notices.md, without anything of the program: hour by hour,
/// each group by itself.
/// </summary>
internal sealed class PlainNotices(IReadOnlyList<PlainRoute> routes, IReadOnlyDictionary<string, string[]> above)
{
    private readonly Dictionary<(string Unit, string Indicator), TargetColour> _colours = [];
    private readonly Dictionary<(string Route, string Unit, string Indicator), Told> _told = [];
    private readonly Dictionary<(string Route, string Group), DateTimeOffset> _lastNotice = [];
    private readonly HashSet<(string Route, string Group)> _waiting = [];

    /// <summary>Every line of every notice: when it was made, by which route, of which alert, and what it says.</summary>
    internal List<string> Lines { get; } = [];

    internal void Change(ColourChange change)
    {
        _colours[(change.Unit, change.Indicator)] = change.Colour;
        foreach (var route in routes)
        {
            var told = ToldOf(route, change.Unit, change.Indicator);
            told.UntoldSince ??= change.At;
        }
    }

    /// <summary>Makes the notices that are due, and then sends what waits where that is allowed.</summary>
    internal void Tell(DateTimeOffset now, bool isChatAway)
    {
        foreach (var route in routes.Where(route => MaySend(route, now)))
        {
            var groups = _colours.Keys.GroupBy(alert => GroupOf(route, alert));
            foreach (var group in groups.Where(group => !_waiting.Contains((route.Name, group.Key))))
            {
                Tell(route, group.Key, [.. group], now);
            }

            if (!(route.IsChat && isChatAway))
            {
                _waiting.RemoveWhere(each => each.Route == route.Name);
            }
        }
    }

    private void Tell(PlainRoute route, string group, List<(string Unit, string Indicator)> alerts, DateTimeOffset now)
    {
        var hasLast = _lastNotice.TryGetValue((route.Name, group), out var last);
        var changed = alerts.Where(alert => !IsInhibited(route, alert)
            && ToldOf(route, alert.Unit, alert.Indicator) is { UntoldSince: not null } told
            && told.Colour != Shown(route, alert)).ToList();
        if (changed.Count > 0)
        {
            var first = changed.Min(alert => ToldOf(route, alert.Unit, alert.Indicator).UntoldSince!.Value);
            if (now >= first + route.Wait && (!hasLast || now >= last + route.Interval))
            {
                Add(route, group, changed, now);
            }

            return;
        }

        var standing = alerts.Where(alert => !IsInhibited(route, alert) && Shown(route, alert) != TargetColour.Green
            && ToldOf(route, alert.Unit, alert.Indicator).Colour != TargetColour.Green).ToList();
        if (standing.Count > 0 && hasLast && route.Repeat is { } repeat && now >= last + repeat)
        {
            Add(route, group, standing, now);
        }
    }

    private void Add(PlainRoute route, string group, List<(string Unit, string Indicator)> alerts, DateTimeOffset now)
    {
        foreach (var alert in alerts)
        {
            var told = ToldOf(route, alert.Unit, alert.Indicator);
            Lines.Add(LineOf(now, route.Name, alert.Unit, alert.Indicator, told.Colour, _colours[alert]));
            (told.Colour, told.UntoldSince) = (Shown(route, alert), null);
        }

        _lastNotice[(route.Name, group)] = now;
        _waiting.Add((route.Name, group));
    }

    internal static string LineOf(
        DateTimeOffset at, string route, string unit, string indicator, TargetColour before, TargetColour colour) =>
        $"{at.UtcDateTime:yyyy-MM-dd HH:mm} {route} {unit} {indicator} {before}→{colour}";

    /// <summary>Whether a route may send at a full hour, in China's time.</summary>
    internal static bool MaySend(PlainRoute route, DateTimeOffset now)
    {
        var hour = now.ToOffset(TimeSpan.FromHours(8));
        var isQuiet = route.Quiet is var (from, to) && (hour.Hour >= from || hour.Hour < to);
        return !isQuiet && !(route.WorkdaysOnly && hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    private static string GroupOf(PlainRoute route, (string Unit, string Indicator) alert) =>
        route.ByUnit ? alert.Unit : $"{alert.Unit}/{alert.Indicator}";

    private TargetColour Shown(PlainRoute route, (string Unit, string Indicator) alert) =>
        _colours[alert] >= route.Level ? _colours[alert] : TargetColour.Green;

    private bool IsInhibited(PlainRoute route, (string Unit, string Indicator) alert) => route.Inhibits
        && Shown(route, alert) != TargetColour.Green && above[alert.Unit].Any(unit =>
            _colours.ContainsKey((unit, alert.Indicator)) && Shown(route, (unit, alert.Indicator)) != TargetColour.Green);

    private Told ToldOf(PlainRoute route, string unit, string indicator) =>
        _told.TryGetValue((route.Name, unit, indicator), out var told) ? told : _told[(route.Name, unit, indicator)] = new();

    private sealed class Told
    {
        public TargetColour Colour { get; set; } = TargetColour.Green;

        public DateTimeOffset? UntoldSince { get; set; }
    }
}
