using XilinIngest.CatalogueFiles;

namespace XilinIngest.Notifier.Channels;

/// <summary>The hours in which the notices of a route may be sent, as routes.csv has them now.</summary>
internal sealed class RouteHours(RouteSource routes)
{
    /// <summary>The first moment from a time on. A route that is gone has no hours.</summary>
    public DateTimeOffset FirstFrom(string route, DateTimeOffset time)
    {
        var routing = routes.Current;
        return routing.Routes.FirstOrDefault(each => each.Name == route) is { } found
            ? found.Hours.FirstFrom(time, routing.WorkingDays) : time;
    }
}
