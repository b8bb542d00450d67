using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Finds the rule of a reminder.</summary>
internal static class ReminderRules
{
    private const string RoutePrefix = "reminder/";

    /// <summary>To the reporters, each by the channel of their own.</summary>
    private static readonly ReminderRule Default = new() { Name = "", Roles = [ContactRole.Reporter] };

    /// <summary>What stands in place of the route of a notice. No route is called so.</summary>
    public static string RouteOf(string? rule) => RoutePrefix + rule;

    /// <summary>By hand a unit is reminded as by the first rule for it: the same people, channel and language.</summary>
    public static ReminderRule ByHand(IReadOnlyList<ReminderRule> rules, Unit unit, Period period, UnitTree units) =>
        rules.FirstOrDefault(rule => rule.Kind == ReminderKind.Unit && Covers(rule, unit, period, units)) ?? Default;

    /// <summary>The rule by which a notice was made, as it is now; where it is gone, the rule by hand.</summary>
    public static ReminderRule Of(string route, IReadOnlyList<ReminderRule> rules, Unit unit, Period period, UnitTree units) =>
        rules.FirstOrDefault(rule => RouteOf(rule.Name) == route) ?? ByHand(rules, unit, period, units);

    private static bool Covers(ReminderRule rule, Unit unit, Period period, UnitTree units) =>
        rule.Unit is not { } path || units.SelfAndAncestorCodes(unit, period).Contains(path.Value);
}
