using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Requests of a known path that no route of it accepts, because of the method (405) or the media type (415). ASP.NET Core selects an
/// endpoint for them that has no policy, and the fallback policy would answer everyone but an administrator with 403. Here such an endpoint
/// gets the policy of the routes of the path: whoever may reach one of them learns what is wrong with the request.
/// </summary>
internal static class UnroutedRequests
{
    /// <summary>Runs between the caller and the authorization.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is { RequestDelegate: { } answer } endpoint and not RouteEndpoint && RoutesAt(context) is [_, ..] routes)
        {
            var caller = Caller.FromPrincipal(context.User);
            var reached = routes.Find(route => IsOpenTo(caller, route)) ?? routes[0];
            var methods = MethodsOf(routes);
            context.SetEndpoint(new Endpoint(
                async http =>
                {
                    await answer(http);
                    if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
                    {
                        http.Response.Headers.Allow = methods;
                    }
                },
                new(reached.Metadata.Where(metadata => metadata is IAuthorizeData or IAllowAnonymous)), endpoint.DisplayName));
        }

        return next(context);
    }

    private static List<RouteEndpoint> RoutesAt(HttpContext context) =>
        [.. context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 }
                && Matches(route.RoutePattern, context))];

    private static bool Matches(RoutePattern pattern, HttpContext context)
    {
        var values = new RouteValueDictionary();
        var policies = context.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return new TemplateMatcher(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults))
                .TryMatch(context.Request.Path, values)
            && pattern.ParameterPolicies.All(parameter => parameter.Value.All(reference =>
                policies.Create(pattern.GetParameter(parameter.Key), reference) is not IRouteConstraint constraint
                || constraint.Match(context, null, parameter.Key, values, RouteDirection.IncomingRequest)));
    }

    private static bool IsOpenTo(Caller caller, RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || (Enum.TryParse<AccessPolicy>(route.Metadata.GetMetadata<IAuthorizeData>()?.Policy, out var policy)
            && AccessDecision.DenyByRight(caller, policy) is null);

    // HEAD is accepted where GET is (HeadRequests).
    private static string MethodsOf(List<RouteEndpoint> routes) => string.Join(", ",
        routes.SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            .SelectMany(method => HttpMethods.IsGet(method) ? [HttpMethods.Get, HttpMethods.Head] : (IEnumerable<string>)[method])
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
}
