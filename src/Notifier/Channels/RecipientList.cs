using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// Who gets the mail of a notice, as routes and contacts are now: an address that was corrected while a notice waited gets it. Addresses
/// are neither stored with a notice nor logged.
/// </summary>
internal sealed class RecipientList(RouteSource routes, ContactSource contacts)
{
    /// <summary>The addresses of the route, and of its roles in the units of the notice.</summary>
    public IReadOnlyList<string> AddressesFor(NoticeContent notice)
    {
        var route = routes.Current.Routes.FirstOrDefault(route => route.Name == notice.Route);
        return route is null ? [] : AddressesFor(route, notice, contacts.Current);
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
