using Microsoft.AspNetCore.Builder;

namespace XilinIngest.Hosting.Access;

/// <summary>What one must be to be answered by a route.</summary>
public enum AccessPolicy
{
    /// <summary>Anyone at all: health, proofs, the description of the API, the files of the pages, signing in.</summary>
    Public,

    /// <summary>Someone with a right, whichever.</summary>
    Published,

    /// <summary>As <see cref="Published"/>; where an enterprise is named as <c>unit</c> or <c>parent</c>, one's own, or the right to read.</summary>
    UnitFigures,

    /// <summary>As <see cref="Published"/>; what there is of enterprises in it, the route gives to those alone who may see it.</summary>
    Filtered,

    /// <summary>What is not published: one's own, or the right to read. A unit that is named is looked at here; what else is asked for, by the route.</summary>
    OwnUnits,

    /// <summary>The right to enter; for which unit, the route looks.</summary>
    EnterSubmissions,

    /// <summary>The right to administer.</summary>
    Administrator,

    /// <summary>A page: who is not signed in is led to where one signs in.</summary>
    Page,
}

/// <summary>Says what one must be to be answered by a route. One without is for administrators.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(AccessPolicy whom) : Attribute
{
    public AccessPolicy Policy => whom;
}

/// <summary>A word for each, at the end of a route.</summary>
public static class AccessPolicyExtensions
{
    /// <summary>See <see cref="AccessPolicy.Public"/>.</summary>
    public static T AllowPublic<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.Public);

    /// <summary>See <see cref="AccessPolicy.Published"/>.</summary>
    public static T RequireAnyRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.Published);

    /// <summary>See <see cref="AccessPolicy.UnitFigures"/>.</summary>
    public static T RequireUnitFigures<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.UnitFigures);

    /// <summary>See <see cref="AccessPolicy.Filtered"/>.</summary>
    public static T RequireAnyRightFiltered<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.Filtered);

    /// <summary>See <see cref="AccessPolicy.OwnUnits"/>.</summary>
    public static T RequireOwnUnits<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.OwnUnits);

    /// <summary>See <see cref="AccessPolicy.EnterSubmissions"/>; and no more of it in a minute than the settings allow.</summary>
    public static T RequireEnterRight<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.EnterSubmissions).RequireRateLimiting(RateLimits.Intake);

    /// <summary>See <see cref="AccessPolicy.Administrator"/>.</summary>
    public static T RequireAdministrator<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithAccessPolicy(AccessPolicy.Administrator);

    /// <summary>See <see cref="AccessPolicy.Page"/>; a page that says otherwise itself is left as it is.</summary>
    public static T RequirePageSignIn<T>(this T route)
        where T : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            if (!endpoint.Metadata.OfType<AccessAttribute>().Any())
            {
                endpoint.Metadata.Add(new AccessAttribute(AccessPolicy.Page));
            }
        });
        return route;
    }

    private static T WithAccessPolicy<T>(this T route, AccessPolicy policy)
        where T : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute(policy));
}
