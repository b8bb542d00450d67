using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Hosting.Access;

/// <summary>A policy of this program, in the form that ASP.NET Core's authorization uses.</summary>
internal sealed record AccessRequirement(AccessPolicy Policy) : IAuthorizationRequirement;

/// <summary>Decides on an <see cref="AccessRequirement"/> by <see cref="AccessDecision"/>.</summary>
internal sealed class AccessHandler : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        // Without an endpoint there is nothing to protect: the response is 404.
        if (context.Resource is not HttpContext http || http.GetEndpoint() is null)
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }

        var decision = Decide(http, Caller.FromPrincipal(context.User), requirement.Policy);
        if (decision.IsShareable)
        {
            http.Response.Headers[Impersonation.SharedHeader] = "1";
        }

        if (decision.Denial is { } denial)
        {
            context.Fail(new DenialReason(this, denial));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // The process of the pages has no catalogue, and its policies do not ask for a unit.
    private static AccessDecision Decide(HttpContext http, Caller caller, AccessPolicy policy)
    {
        if (policy is not (AccessPolicy.UnitFigures or AccessPolicy.Filtered or AccessPolicy.OwnUnits))
        {
            var denial = AccessDecision.DenyByRight(caller, policy);
            return new(denial, denial is null && policy == AccessPolicy.Published);
        }

        var (query, tree) = (http.Request.Query, http.RequestServices.GetRequiredService<CatalogueSource>().Current.Units);
        var named = query["unit"].ToString() is { Length: > 0 } unit ? unit : query["parent"].ToString();
        var found = tree.TryFind(named, out var known) ? known : null;
        return AccessDecision.Decide(caller, policy, found, MonthOf(query), tree);
    }

    // The month of the query. For a year, its last month; without either, a month later than all known ones.
    private static Period MonthOf(IQueryCollection query) =>
        Period.TryParse(query["period"].ToString(), out var month) ? month
        : Period.TryParse($"{query["year"]}-12", out var last) ? last
        : new Period(9998, 12);

    internal sealed class DenialReason(IAuthorizationHandler handler, AccessDenials.AccessDenial denial)
        : AuthorizationFailureReason(handler, denial.Detail)
    {
        public AccessDenials.AccessDenial Denial => denial;
    }
}

/// <summary>Writes the response to a caller who is denied: a problem with reason and remedy, or a redirect from a page.</summary>
internal sealed class AccessResultHandler : IAuthorizationMiddlewareResultHandler
{
    private const string SignInPage = "/sign-in";
    private const string NoRightPage = "/no-right";

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var isPage = policy.Requirements.OfType<AccessRequirement>().Any(requirement => requirement.Policy == AccessPolicy.Page);
        if (!isPage && context.GetEndpoint() is not null)
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        var denial = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<AccessHandler.DenialReason>().FirstOrDefault()?.Denial
            ?? AccessDenials.NotSignedIn();
        if (isPage && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(denial.StatusCode == StatusCodes.Status401Unauthorized
                ? $"{SignInPage}?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}"
                : NoRightPage);
            return Task.CompletedTask;
        }

        return denial.ExecuteAsync(context);
    }
}
