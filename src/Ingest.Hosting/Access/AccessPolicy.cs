using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Which callers a route accepts. A route without a policy is for administrators: the fallback policy of ASP.NET Core's authorization.
/// </summary>
public enum AccessPolicy
{
    /// <summary>A caller with any right.</summary>
    Published,

    /// <summary>
    /// As <see cref="Published"/>. If <c>unit</c> or <c>parent</c> names an enterprise, its own callers and those with the right to read.
    /// </summary>
    UnitFigures,

    /// <summary>As <see cref="Published"/>. The route leaves out enterprises that the caller may not see.</summary>
    Filtered,

    /// <summary>
    /// The unit's own callers and those with the right to read. The unit of the query is checked here, everything else by the route.
    /// </summary>
    OwnUnits,

    /// <summary>A caller with the right to read everything.</summary>
    ReadEverything,

    /// <summary>A caller with the right to enter. The route checks for which units.</summary>
    EnterSubmissions,

    /// <summary>A caller with the right to close and reopen months.</summary>
    CloseMonths,

    /// <summary>A caller with the right to take alerts. The route checks for which units.</summary>
    TakeAlerts,

    /// <summary>A caller with the right to act on alerts. The route checks for which units.</summary>
    ActOnAlerts,

    /// <summary>A caller with the right to act or to close. The route checks for which units.</summary>
    RemindUnits,

    /// <summary>A caller with the right to review. The intake checks which reports.</summary>
    ReviewReports,

    /// <summary>A caller with the right to administer.</summary>
    Administrator,

    /// <summary>A page: a caller with any right. A reader who is not signed in is redirected to the sign-in page.</summary>
    Page,
}

/// <summary>Gives routes their policies.</summary>
public static class AccessPolicyExtensions
{
    /// <summary>Accepts everyone: health, proofs, the description of the API, the files of the pages, sign-in.</summary>
    public static T AllowPublic<T>(this T route)
        where T : IEndpointConventionBuilder => route.AllowAnonymous();

    /// <inheritdoc cref="AccessPolicy.Published"/>
    public static T RequireAnyRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.Published);

    /// <inheritdoc cref="AccessPolicy.UnitFigures"/>
    public static T RequireUnitFigures<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.UnitFigures);

    /// <inheritdoc cref="AccessPolicy.Filtered"/>
    public static T RequireAnyRightFiltered<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.Filtered);

    /// <inheritdoc cref="AccessPolicy.OwnUnits"/>
    public static T RequireOwnUnits<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.OwnUnits);

    /// <inheritdoc cref="AccessPolicy.ReadEverything"/>
    public static T RequireReadRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.ReadEverything);

    /// <summary>See <see cref="AccessPolicy.EnterSubmissions"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireEnterRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.EnterSubmissions).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.CloseMonths"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireCloseRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.CloseMonths).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.TakeAlerts"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireTakeRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.TakeAlerts).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.ActOnAlerts"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireActRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.ActOnAlerts).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.RemindUnits"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireRemindRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.RemindUnits).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.ReviewReports"/>. The settings limit the requests of each caller in a minute.</summary>
    public static T RequireReviewRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.ReviewReports).RequireRateLimiting(RateLimits.Intake);

    /// <inheritdoc cref="AccessPolicy.Administrator"/>
    public static T RequireAdministrator<T>(this T route)
        where T : IEndpointConventionBuilder => route.RequirePolicy(AccessPolicy.Administrator);

    /// <summary>See <see cref="AccessPolicy.Page"/>. A page keeps a policy of its own, or its permission for everyone.</summary>
    public static T RequirePageSignIn<T>(this T route)
        where T : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            if (!endpoint.Metadata.Any(metadata => metadata is IAuthorizeData or IAllowAnonymous))
            {
                endpoint.Metadata.Add(new AuthorizeAttribute(nameof(AccessPolicy.Page)));
            }
        });
        return route;
    }

    private static T RequirePolicy<T>(this T route, AccessPolicy policy)
        where T : IEndpointConventionBuilder => route.RequireAuthorization(policy.ToString());
}
