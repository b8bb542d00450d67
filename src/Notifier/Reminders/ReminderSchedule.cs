using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Reminders;

/// <summary>A rule in one month.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Window">The month's dates.</param>
/// <param name="At">When it reminds.</param>
internal sealed record ReminderOccasion(ReminderRule Rule, CalendarWindow Window, DateTimeOffset At)
{
    /// <summary>By this it is known that it has reminded.</summary>
    public string Id => $"{Rule.Name}/{Window.Period}";
}

/// <summary>Decides which rules remind now.</summary>
internal static class ReminderSchedule
{
    private const int MaxDaysOff = 366;
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>
    /// How late a rule still reminds, where the notifier was away at its time. It also keeps a rule that is new from reminding of old
    /// months.
    /// </summary>
    public static TimeSpan Lateness { get; } = TimeSpan.FromDays(3);

    /// <summary>
    /// The occasions whose time has come. Of several for the same people of the same month the last one alone: who was to be told after an
    /// outage that three days are left, and that one is left, is told the latter.
    /// </summary>
    public static IReadOnlyList<ReminderOccasion> Due(
        IReadOnlyList<ReminderRule> rules, IReadOnlyList<CalendarWindow> calendar, WorkingDays workingDays, DateTimeOffset now) =>
        [.. calendar.SelectMany(window => rules
            .Where(_ => !window.IsHistory).Select(rule => new ReminderOccasion(rule, window, TimeOf(rule, window, workingDays)))
            .Where(occasion => occasion.At <= now)
            .GroupBy(occasion => AudienceOf(occasion.Rule), StringComparer.Ordinal)
            .Select(audience => audience.OrderBy(occasion => occasion.At).ThenBy(occasion => occasion.Rule.Offset).Last())
            .Where(occasion => now - occasion.At < Lateness))];

    /// <summary>
    /// When a rule reminds of a month that is due: on a day off not at all, but on the next working day, if it is told so.
    /// </summary>
    public static DateTimeOffset TimeOf(ReminderRule rule, CalendarWindow window, WorkingDays workingDays)
    {
        var day = DateOnly.FromDateTime(window.Deadline!.Value.ToOffset(ChinaOffset).DateTime).AddDays(rule.Offset);
        for (var moved = 0; rule.Hours.WorkingDaysOnly && !workingDays.Contains(day) && moved < MaxDaysOff; moved++)
        {
            day = day.AddDays(1);
        }

        return rule.Hours.FirstFrom(new DateTimeOffset(day.ToDateTime(rule.Time), ChinaOffset), workingDays);
    }

    private static string AudienceOf(ReminderRule rule) => string.Join(
        '|',
        [$"{rule.Kind} {rule.Unit} {rule.Channel} {rule.English}", .. rule.Roles.Order().Select(role => $"{role}"), .. rule.Addresses]);
}
