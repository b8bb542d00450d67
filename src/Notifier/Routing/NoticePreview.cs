using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Routing;

/// <summary>What one route would do with an alert of which nothing was told before.</summary>
/// <param name="Route">The route.</param>
/// <param name="Verdict">Whether the route tells it, and if not, why not.</param>
/// <param name="Group">The group in which it would be told.</param>
/// <param name="At">When its notice would be made.</param>
/// <param name="Notice">The notice; null: none.</param>
/// <param name="Addresses">Who would get a mail.</param>
internal sealed record NoticePreview(
    AlertRoute Route, RouteVerdict Verdict, string Group, DateTimeOffset? At, NoticeContent? Notice, IReadOnlyList<string> Addresses)
{
    /// <summary>What each route would do, in the order of the file.</summary>
    public static IReadOnlyList<NoticePreview> Of(
        AlertEvent alert, AlertRouting routing, Catalogue catalogue, IReadOnlyList<Contact> contacts,
        Func<TemplateData, NoticeText> write, DateTimeOffset now) =>
        [.. routing.Routes.Select(route => Of(alert, route, routing.WorkingDays, catalogue, contacts, write, now))];

    private static NoticePreview Of(
        AlertEvent alert, AlertRoute route, WorkingDays workingDays, Catalogue catalogue, IReadOnlyList<Contact> contacts,
        Func<TemplateData, NoticeText> write, DateTimeOffset now)
    {
        var key = AlertBodyReader.KeyOf(alert);
        var taken = new TakenEvent(
            1, key, alert.Version, alert.Period, AlertBodyReader.ColourOf(alert), alert.SilencedBy, now, IsLate: false);
        var verdict = RouteMatcher.Match(route, key, taken.Period, taken.Colour, taken.SilencedBy, catalogue.Units);
        var standing = new AlertStanding(taken, verdict, ToldState.Nothing, [taken]);
        var group = RouteMatcher.GroupOf(route, key);
        if (GroupSchedule.Decide(route, [standing], lastNoticeAt: null, workingDays) is not { } due)
        {
            return new(route, verdict, group, null, null, []);
        }

        var notice = NoticeComposer.Compose(
            new NoticeDraft(Guid.CreateVersion7(now), route, group, due.Reason, due.At, due.Alerts), [alert], catalogue, write);
        return new(route, verdict, group, due.At, notice, RecipientList.AddressesFor(route, notice, contacts));
    }
}
