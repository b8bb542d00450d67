using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// Writes a problem of a page or of a download as a page, for people who follow a link in a browser. Programs get the problem itself.
/// </summary>
internal sealed class RefusedRequest(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext is var http
        && HttpMethods.IsGet(http.Request.Method) && IsForPeople(http) && UnknownAddress.NamesPage(http.Request.GetTypedHeaders().Accept);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        options.Value.CustomizeProblemDetails?.Invoke(context);
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ?? http.Response.StatusCode;
        http.Features.Set(ServiceProblem.Parse(problem.Detail ?? problem.Title ?? "", status));
        PageSecurityPolicy.Apply(http);
        await new RazorComponentResult<App> { StatusCode = status }.ExecuteAsync(http);
    }

    /// <summary>The problem that the page of this request shows; null: none.</summary>
    public static ServiceProblem? Of(HttpContext? context) => context?.Features.Get<ServiceProblem>();

    private static bool IsForPeople(HttpContext context) => context.GetEndpoint() is { } endpoint
        && (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || context.Request.Path.StartsWithSegments("/export"));
}
