using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// Who gets the mail of a notice, as routes and contacts are now: an address that was corrected while a notice waited gets it. Addresses
/// are neither stored with a notice nor logged.
/// </summary>
internal sealed class RecipientList(RouteSource routes, ReminderSource reminders, CatalogueSource catalogues, ContactSource contacts)
{
    /// <summary>The addresses of the route or rule, and of its roles in the units of the notice.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="channel">The channel that sends it: a reminder goes to those whose channel it is.</param>
    public IReadOnlyList<string> AddressesFor(NoticeContent notice, string channel)
    {
        if (notice.Reminder is { } reminder)
        {
            return AddressesFor(notice.Route, reminder, channel);
        }

        var route = routes.Current.Routes.FirstOrDefault(route => route.Name == notice.Route);
        return route is null ? [] : AddressesFor(route, notice, contacts.Current);
    }

    private IReadOnlyList<string> AddressesFor(string route, NoticedReminder reminder, string channel)
    {
        var units = catalogues.Current.Units;
        return units.TryFind(reminder.Unit, out var unit) && Period.TryParse(reminder.Period, out var period)
            ? ReminderDestinations.AddressesFor(
                ReminderRules.Of(route, reminders.Current, unit, period, units), unit.Code, channel, contacts.Current)
            : [];
    }

    /// <summary>The addresses among the given contacts.</summary>
    public static IReadOnlyList<string> AddressesFor(AlertRoute route, NoticeContent notice, IReadOnlyList<Contact> contacts)
    {
        var units = notice.Alerts.Select(alert => alert.Unit).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. route.Addresses.Concat(contacts
                .Where(contact => route.Roles.Contains(contact.Role) && contact.Mail.Length > 0 && units.Contains(contact.Unit.Value))
                .Select(contact => contact.Mail)).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }
}
