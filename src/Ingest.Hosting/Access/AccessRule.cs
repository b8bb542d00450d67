using Microsoft.AspNetCore.Builder;

namespace XilinIngest.Hosting.Access;

/// <summary>What one must be to be answered by a route.</summary>
public enum ForWhom
{
    /// <summary>Anyone at all: health, proofs, the description of the API, the files of the pages, signing in.</summary>
    Open,

    /// <summary>Someone with a right, whichever.</summary>
    Published,

    /// <summary>As <see cref="Published"/>; where an enterprise is named as <c>unit</c> or <c>parent</c>, one's own, or the right to read.</summary>
    Figures,

    /// <summary>As <see cref="Published"/>; what there is of enterprises in it, the route gives to those alone who may see it.</summary>
    Filtered,

    /// <summary>What is not published: one's own, or the right to read. A unit that is named is looked at here; what else is asked for, by the route.</summary>
    Own,

    /// <summary>The right to enter; for which unit, the route looks.</summary>
    Intake,

    /// <summary>The right to administer.</summary>
    Administer,

    /// <summary>A page: who is not signed in is led to where one signs in.</summary>
    Page,
}

/// <summary>Says what one must be to be answered by a route. One without is for administrators.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(ForWhom whom) : Attribute
{
    public ForWhom Whom => whom;
}

/// <summary>A word for each, at the end of a route.</summary>
public static class AccessRules
{
    /// <summary>See <see cref="ForWhom.Open"/>.</summary>
    public static T Open<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Open);

    /// <summary>See <see cref="ForWhom.Published"/>.</summary>
    public static T Published<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Published);

    /// <summary>See <see cref="ForWhom.Figures"/>.</summary>
    public static T Figures<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Figures);

    /// <summary>See <see cref="ForWhom.Filtered"/>.</summary>
    public static T Filtered<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Filtered);

    /// <summary>See <see cref="ForWhom.Own"/>.</summary>
    public static T OwnOnly<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Own);

    /// <summary>See <see cref="ForWhom.Intake"/>; and no more of it in a minute than the settings allow.</summary>
    public static T Intake<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Intake).RequireRateLimiting(Limits.Intake);

    /// <summary>See <see cref="ForWhom.Administer"/>.</summary>
    public static T Administrators<T>(this T route)
        where T : IEndpointConventionBuilder => route.For(ForWhom.Administer);

    /// <summary>See <see cref="ForWhom.Page"/>; a page that says otherwise itself is left as it is.</summary>
    public static T Pages<T>(this T route)
        where T : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            if (!endpoint.Metadata.OfType<AccessAttribute>().Any())
            {
                endpoint.Metadata.Add(new AccessAttribute(ForWhom.Page));
            }
        });
        return route;
    }

    private static T For<T>(this T route, ForWhom whom)
        where T : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute(whom));
}
