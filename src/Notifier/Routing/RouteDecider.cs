using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Silences;

namespace XilinIngest.Notifier.Routing;

/// <summary>Whether a route tells an alert now, and what holds it back.</summary>
/// <param name="Verdict">Whether it tells it, and if not, why not.</param>
/// <param name="Silence">The silence that holds it back.</param>
/// <param name="Parent">The alert above it that the route tells instead.</param>
internal sealed record RouteDecision(RouteVerdict Verdict, Silence? Silence = null, AlertKey? Parent = null);

/// <summary>Decides what a route tells, by its own columns, by the silences that hold, and by the alerts above.</summary>
/// <param name="silences">The silences that hold.</param>
/// <param name="current">The newest event of each alert.</param>
/// <param name="units">The tree of units.</param>
internal sealed class RouteDecider(
    IReadOnlyList<Silence> silences, IReadOnlyDictionary<AlertKey, TakenEvent> current, UnitTree units)
{
    private readonly ILookup<string, Silence> _silences = silences.ToLookup(silence => silence.Unit, StringComparer.Ordinal);

    public RouteDecision Decide(AlertRoute route, TakenEvent alert)
    {
        var verdict = Match(route, alert);
        if (verdict is RouteVerdict.OtherUnit or RouteVerdict.OtherIndicator)
        {
            return new(verdict);
        }

        if (SilenceOf(alert) is { } held)
        {
            return new(RouteVerdict.HeldBySilence, held);
        }

        return verdict == RouteVerdict.Told && route.Inhibit && AlertAbove(route, alert) is { } above
            ? new(RouteVerdict.Inhibited, Parent: above) : new(verdict);
    }

    private RouteVerdict Match(AlertRoute route, TakenEvent alert) =>
        RouteMatcher.Match(route, alert.Key, alert.Period, alert.Colour, alert.SilencedBy, units);

    // Every colour up to the silence's level, green too: that an alert is over is told when the silence ends.
    private Silence? SilenceOf(TakenEvent alert) => _silences.Count == 0 ? null
        : RouteMatcher.UnitsAbove(alert.Key.Unit, alert.Period, units).Prepend(alert.Key.Unit).SelectMany(unit => _silences[unit])
            .FirstOrDefault(silence => alert.Colour <= silence.Level && (silence.Indicator ?? alert.Key.Indicator) == alert.Key.Indicator);

    // The nearest alert above that the route tells, or is about to tell: of two that come at once, the one below is not told first.
    private AlertKey? AlertAbove(AlertRoute route, TakenEvent alert)
    {
        foreach (var unit in RouteMatcher.UnitsAbove(alert.Key.Unit, alert.Period, units))
        {
            if (current.TryGetValue(alert.Key with { Unit = unit }, out var above) && Match(route, above) == RouteVerdict.Told
                && SilenceOf(above) is null)
            {
                return above.Key;
            }
        }

        return null;
    }
}
