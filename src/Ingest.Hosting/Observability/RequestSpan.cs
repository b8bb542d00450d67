using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace XilinIngest.Hosting.Observability;

/// <summary>
/// Completes the span of a request by OpenTelemetry's conventions: the framework names neither its route nor its answer.
/// </summary>
internal static class RequestSpan
{
    public static async Task CompleteAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
            {
                Complete(span, context);
            }
        }
    }

    private static void Complete(Activity span, HttpContext context)
    {
        var (method, status) = (context.Request.Method, context.Response.StatusCode);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
