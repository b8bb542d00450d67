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

    public static Task Run(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsGet(context.Request.Method) && IsUnknown(context.GetEndpoint())
            && !ServicePaths.Any(path => context.Request.Path.StartsWithSegments(path))
            && TakesPage(context.Request.GetTypedHeaders().Accept)
                ? new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context)
                : next(context);

    private static bool IsUnknown(Endpoint? endpoint) =>
        endpoint is null || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(NotFoundPage);

    // A request that names no type takes every type.
    private static bool TakesPage(IList<MediaTypeHeaderValue> accepted) => accepted.Count == 0
        || (accepted.Any(type => type.MatchesMediaType("text/html"))
            && !accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)));
}
