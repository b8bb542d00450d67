using XilinIngest.CatalogueFiles;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// The hours in which the notices of a route, or of a rule of reminders, may be sent, as routes.csv and reminders.csv have them now.
/// </summary>
internal sealed class RouteHours(RouteSource routes, ReminderSource reminders)
{
    /// <summary>The first moment from a time on. A route that is gone has no hours.</summary>
    public DateTimeOffset FirstFrom(string route, DateTimeOffset time)
    {
        var routing = routes.Current;
        var hours = routing.Routes.FirstOrDefault(each => each.Name == route)?.Hours
            ?? reminders.Current.FirstOrDefault(each => ReminderRules.RouteOf(each.Name) == route)?.Hours;
        return hours?.FirstFrom(time, routing.WorkingDays) ?? time;
    }
}
