using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;

namespace XilinIngest.Notifier.Reminders;

/// <summary>A channel by which a reminder goes, and the people it reaches there.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="People">Whom a mail goes to; empty: a group chat, a program, or the addresses of the rule.</param>
internal sealed record ReminderDestination(string Channel, IReadOnlyList<Contact> People);

/// <summary>Decides by which channels a reminder goes. Of the channels it knows the names and which of them send mail.</summary>
internal sealed class ReminderDestinations(IReadOnlyDictionary<string, ChannelSettings> channels)
{
    /// <summary>Whether there is such a channel, and it takes more than alerts.</summary>
    public bool Has(string channel) => channel == PageChannel.Name
        || (channels.TryGetValue(channel, out var settings) && settings.FindKind() != ChannelKind.Alertmanager);

    /// <summary>
    /// The rule's channel, or that of each contact. A mail channel counts if it has someone with an address. Empty: no channel reaches
    /// the unit.
    /// </summary>
    public IReadOnlyList<ReminderDestination> Find(ReminderRule rule, UnitCode unit, IReadOnlyList<Contact> contacts)
    {
        var people = PeopleOf(rule, unit, contacts);
        if (rule.Channel is { } channel && !IsMail(channel))
        {
            return Has(channel) ? [new(channel, [])] : [];
        }

        var found = people.GroupBy(person => rule.Channel ?? person.Channel, StringComparer.Ordinal)
            .Where(group => Has(group.Key))
            .Select(group => new ReminderDestination(
                group.Key, IsMail(group.Key) ? [.. group.Where(person => person.Mail.Length > 0)] : []))
            .Where(destination => !IsMail(destination.Channel) || destination.People.Count > 0)
            .ToList();
        return found.Count == 0 && rule is { Channel: { } mail, Addresses.Count: > 0 } && Has(mail) ? [new(mail, [])] : found;
    }

    /// <summary>The addresses of a mail: those of the rule, and of the people whom the channel reaches.</summary>
    public static IReadOnlyList<string> AddressesFor(ReminderRule rule, UnitCode unit, string channel, IReadOnlyList<Contact> contacts) =>
    [
        .. rule.Addresses.Concat(PeopleOf(rule, unit, contacts)
            .Where(person => (rule.Channel ?? person.Channel) == channel && person.Mail.Length > 0)
            .Select(person => person.Mail)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static IEnumerable<Contact> PeopleOf(ReminderRule rule, UnitCode unit, IReadOnlyList<Contact> contacts) =>
        contacts.Where(contact => contact.Unit == unit && rule.Roles.Contains(contact.Role));

    private bool IsMail(string channel) => channels.TryGetValue(channel, out var settings) && settings.FindKind() == ChannelKind.Mail;
}
