using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// Answers a GET of an address that does not exist: with a page that leads back, unless it is an address of the services or a program asks
/// for JSON. That page needs an address itself, and answers it in the same way.
/// </summary>
internal static class UnknownAddress
{
    // What programs ask; a page for people would hide from them what is wrong.
    private static readonly PathString[] ServicePaths = ["/api", "/health", "/export", "/openapi", "/scalar", "/dashboard", "/_content"];

    public static Task Run(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !IsUnknown(context.GetEndpoint())
            || ServicePaths.Any(path => context.Request.Path.StartsWithSegments(path)))
        {
            return next(context);
        }

        if (TakesPage(context.Request.GetTypedHeaders().Accept))
        {
            return new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
        }

        // The address of the page itself exists, so that without this a request for another type would get the page with 200.
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Whether a request names pages among what it takes, as a browser does for a person.</summary>
    public static bool NamesPage(IList<MediaTypeHeaderValue> accepted) =>
        accepted.Any(type => Names(type, "text/html")) && TakesPage(accepted);

    private static bool IsUnknown(Endpoint? endpoint) =>
        endpoint is null || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(NotFoundPage);

    // A request that names no type takes every type.
    private static bool TakesPage(IList<MediaTypeHeaderValue> accepted) => accepted.Count == 0
        || (accepted.Any(type => type.MatchesMediaType("text/html")) && !accepted.Any(type => Names(type, "application/json")));

    private static bool Names(MediaTypeHeaderValue accepted, string type) =>
        accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
