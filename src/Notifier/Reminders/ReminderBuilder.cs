using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Makes the messages of what is missing: one to each unit, or a digest of all.</summary>
/// <param name="catalogues">The names.</param>
/// <param name="contacts">The people.</param>
/// <param name="templates">The words.</param>
/// <param name="destinations">The channels.</param>
/// <param name="pages">The address of the pages; null: the messages have no link.</param>
internal sealed class ReminderBuilder(
    CatalogueSource catalogues, ContactSource contacts, TemplateSource templates, ReminderDestinations destinations, Uri? pages)
{
    /// <summary>The reason of a notice that is a reminder.</summary>
    public const string Reason = "reminder";

    /// <summary>The messages of a rule.</summary>
    public IReadOnlyList<ReminderDraft> Build(ReminderRule rule, MonthCompleteness month, DateTimeOffset now) =>
        rule.Kind == ReminderKind.Digest ? BuildDigest(rule, month, now)
            : [.. month.Missing.SelectMany(missing => BuildForUnit(rule, rule.Name, missing, month, now))];

    /// <summary>The messages to one unit: one by each channel. Where none reaches it, one without a channel.</summary>
    /// <param name="rule">The rule by which people, channel and language are found.</param>
    /// <param name="name">The rule that reminds; null: it is by hand.</param>
    /// <param name="missing">What the unit has not reported.</param>
    /// <param name="month">The month.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ReminderDraft> BuildForUnit(
        ReminderRule rule, string? name, MissingReport missing, MonthCompleteness month, DateTimeOffset now)
    {
        var reminder = new NoticedReminder
        {
            Unit = missing.Unit,
            UnitName = rule.English ? missing.NameEn : missing.NameZh,
            Period = month.Period,
            Deadline = month.Deadline,
            Missing = [.. missing.Indicators.Select(code => new NoticedMissing(code, NameOf(code, rule.English), 1))],
            Link = LinkTo("enter", missing.Unit, month.Period),
        };
        return Build(rule, name, reminder, month.Returned.Contains(missing.Unit), missing.Indicators, now);
    }

    private IReadOnlyList<ReminderDraft> BuildDigest(ReminderRule rule, MonthCompleteness month, DateTimeOffset now)
    {
        if (month.Missing.Count == 0 || rule.Unit is not { } of || !catalogues.Current.Units.TryFind(of, out var unit))
        {
            return [];
        }

        var reminder = new NoticedReminder
        {
            Unit = of.Value,
            UnitName = rule.English ? unit.NameEn : unit.NameZh,
            Period = month.Period,
            Deadline = month.Deadline,
            IsDigest = true,
            Missing = [.. month.Missing.Select(missing => new NoticedMissing(
                missing.Unit, rule.English ? missing.NameEn : missing.NameZh, missing.Indicators.Count))],
            Link = LinkTo("completeness", of.Value, month.Period),
        };
        return Build(rule, rule.Name, reminder, isReturned: false, [.. month.Missing.Select(missing => missing.Unit)], now);
    }

    private IReadOnlyList<ReminderDraft> Build(
        ReminderRule rule, string? name, NoticedReminder reminder, bool isReturned, IReadOnlyList<string> missing, DateTimeOffset now)
    {
        var (title, text) = templates.Write(new ReminderTemplateData(rule.English, reminder, isReturned, now));
        var found = UnitCode.TryParse(reminder.Unit, out var unit) ? destinations.Find(rule, unit, contacts.Current) : [];
        return [.. (found.Count == 0 ? [null] : found.Cast<ReminderDestination?>()).Select(destination => new ReminderDraft(
            reminder.Unit, reminder.IsDigest, missing, destination, new NoticeContent
            {
                Id = Guid.CreateVersion7(now),
                Route = ReminderRules.RouteOf(name),
                Group = reminder.Unit,
                Reason = Reason,
                Language = rule.English ? "en" : "zh",
                CreatedAt = now,
                Title = title,
                Text = text,
                Alerts = [],
                Reminder = reminder,
            }))];
    }

    private string NameOf(string indicator, bool english) => catalogues.Current.TryFind(indicator, out var found)
        ? english ? found.NameEn : found.NameZh : indicator;

    private string? LinkTo(string page, string unit, string period) =>
        pages is null ? null : $"{pages}{page}?unit={Uri.EscapeDataString(unit)}&period={Uri.EscapeDataString(period)}";
}
