using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Silences;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Routing;

/// <summary>What one route would do with an alert of which nothing was told before.</summary>
/// <param name="Route">The route.</param>
/// <param name="Decision">Whether the route tells it, and if not, why not.</param>
/// <param name="Group">The group in which it would be told.</param>
/// <param name="At">When its notice would be made.</param>
/// <param name="Notice">The notice; null: none.</param>
/// <param name="Addresses">Who would get a mail.</param>
internal sealed record NoticePreview(
    AlertRoute Route, RouteDecision Decision, string Group, DateTimeOffset? At, NoticeContent? Notice, IReadOnlyList<string> Addresses)
{
    /// <summary>What each route would do, in the order of the file.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="routing">The routes.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="contacts">Whom a mail goes to.</param>
    /// <param name="silences">The silences that hold.</param>
    /// <param name="others">Other alerts that stand.</param>
    /// <param name="write">Writes the words.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<NoticePreview> Of(
        AlertEvent alert, AlertRouting routing, Catalogue catalogue, IReadOnlyList<Contact> contacts, IReadOnlyList<Silence> silences,
        IEnumerable<TakenEvent> others, Func<TemplateData, NoticeText> write, DateTimeOffset now)
    {
        var taken = new TakenEvent(
            1, AlertBodyReader.KeyOf(alert), alert.Version, alert.Period, ColourText.Of(alert.Colour), alert.SilencedBy, now,
            IsLate: false);
        var current = others.Where(other => other.Key != taken.Key).ToDictionary(other => other.Key);
        var decider = new RouteDecider(silences, current, catalogue.Units);
        return [.. routing.Routes.Select(route =>
            Of(alert, taken, route, decider.Decide(route, taken), routing.WorkingDays, catalogue, contacts, write, now))];
    }

    private static NoticePreview Of(
        AlertEvent alert, TakenEvent taken, AlertRoute route, RouteDecision decision, WorkingDays workingDays, Catalogue catalogue,
        IReadOnlyList<Contact> contacts, Func<TemplateData, NoticeText> write, DateTimeOffset now)
    {
        var standing = new AlertStanding(taken, decision.Verdict, ToldState.Nothing, [taken]);
        var group = RouteMatcher.GroupOf(route, taken.Key);
        if (GroupSchedule.Decide(route, [standing], lastNoticeAt: null, workingDays, now) is not { } due)
        {
            return new(route, decision, group, null, null, []);
        }

        var notice = NoticeComposer.Compose(
            new NoticeDraft(Guid.CreateVersion7(now), route, group, due.Reason, due.At, due.Alerts), [alert], catalogue,
            new Dictionary<AlertKey, TaskEvent>(), write);
        return new(route, decision, group, due.At, notice, RecipientList.AddressesFor(route, notice, contacts));
    }
}
