using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;

namespace XilinIngest.Notifier.Routing;

/// <summary>Whether a route tells an alert, and if not, why not.</summary>
internal enum RouteVerdict
{
    /// <summary>The route tells it.</summary>
    Told,

    /// <summary>The unit is not the route's, nor below it.</summary>
    OtherUnit,

    /// <summary>The indicator is not one of the route's.</summary>
    OtherIndicator,

    /// <summary>The colour is milder than the route's level. If the route was told a worse one, it is told that this is over.</summary>
    BelowLevel,

    /// <summary>The parent's alert silences it, and the route is not for the unit alone.</summary>
    Silenced,

    /// <summary>A silence that someone made holds it back.</summary>
    HeldBySilence,

    /// <summary>The route tells the alert of a unit above it, and is not to tell those below (<c>inhibit</c>).</summary>
    Inhibited,
}

/// <summary>Decides which routes an alert takes.</summary>
internal static class RouteMatcher
{
    public static RouteVerdict Match(AlertRoute route, AlertKey alert, string period, Colour colour, string? silencedBy, UnitTree units)
    {
        if (route.Unit is { } unit && !Covers(route.Scope, unit.Value, alert.Unit, period, units))
        {
            return RouteVerdict.OtherUnit;
        }

        if (route.Indicators.Count > 0 && !route.Indicators.Any(indicator => indicator.Value == alert.Indicator))
        {
            return RouteVerdict.OtherIndicator;
        }

        if (silencedBy is not null && colour != Colour.Green && route.Scope != RouteScope.Unit)
        {
            return RouteVerdict.Silenced;
        }

        return colour >= route.Level ? RouteVerdict.Told : RouteVerdict.BelowLevel;
    }

    /// <summary>The group of a route in which an alert is told.</summary>
    public static string GroupOf(AlertRoute route, AlertKey alert) => route.Grouping switch
    {
        RouteGrouping.Unit => alert.Unit,
        RouteGrouping.Indicator => alert.Indicator,
        RouteGrouping.Alert => alert.ToString(),
        _ => "",
    };

    /// <summary>The units above one in a month. A unit that the catalogue no longer has is below no other.</summary>
    public static IEnumerable<string> UnitsAbove(string unit, string period, UnitTree units) =>
        units.TryFind(unit, out var found) && Period.TryParse(period, out var month)
            ? units.AncestorsOf(found, month).Select(ancestor => ancestor.Code.Value) : [];

    private static bool Covers(RouteScope scope, string unit, string of, string period, UnitTree units) =>
        unit == of || (scope == RouteScope.Subtree && UnitsAbove(of, period, units).Contains(unit));
}
