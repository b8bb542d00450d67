using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Hosting.Access;

/// <summary>Looks who asks, and whether they may, before a route is run: the one place where that is decided, for programs and for pages.</summary>
internal static class AccessMiddleware
{
    private const string SignInPage = "/sign-in";
    private const string NoRightPage = "/no-right";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return next(context);
        }

        var accessKeys = context.RequestServices.GetRequiredService<AccessKeyRegistry>();
        var caller = !accessKeys.IsSignInRequired ? Caller.LocalTrusted : Caller.FromPrincipal(context.User) is var signedIn && accessKeys.IsStillValid(signedIn) ? signedIn : Caller.Anonymous;
        if (context.Request.Headers[Impersonation.Header].ToString() is { Length: > 0 } said)
        {
            // Whoever may do all may ask for someone who may do less, and is answered as that one would be.
            if (!caller.MayAdminister)
            {
                return AccessDenials.MissingRight(Rights.Administer).ExecuteAsync(context);
            }

            caller = Impersonation.Decode(said);
        }

        context.User = caller.IsAnonymous ? new ClaimsPrincipal(new ClaimsIdentity()) : caller.ToPrincipal(AccessRegistration.SelectingScheme);
        var rule = endpoint.Metadata.GetMetadata<AccessAttribute>()?.Policy ?? AccessPolicy.Administrator;
        if (rule is not (AccessPolicy.Public or AccessPolicy.Page))
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        if (FindDenial(context, caller, rule) is not { } refusal)
        {
            return next(context);
        }

        if (rule == AccessPolicy.Page && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(refusal.StatusCode == StatusCodes.Status401Unauthorized
                ? $"{SignInPage}?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}" : NoRightPage);
            return Task.CompletedTask;
        }

        return refusal.ExecuteAsync(context);
    }

    // Null: they may.
    private static AccessDenials.AccessDenial? FindDenial(HttpContext context, Caller caller, AccessPolicy rule)
    {
        if (rule == AccessPolicy.Public)
        {
            return null;
        }

        return rule switch
        {
            _ when caller.IsAnonymous => AccessDenials.NotSignedIn(),
            _ when !caller.MaySeePublished => AccessDenials.MissingRight(Rights.Read | Rights.Enter),
            AccessPolicy.Administrator => caller.MayAdminister ? null : AccessDenials.MissingRight(Rights.Administer),
            AccessPolicy.EnterSubmissions => caller.MayEnter ? null : AccessDenials.MissingRight(Rights.Enter),
            AccessPolicy.Published => MarkShareable(context),
            AccessPolicy.UnitFigures or AccessPolicy.Filtered or AccessPolicy.OwnUnits => FindUnitDenial(context, caller, rule),
            _ => null,
        };
    }

    private static AccessDenials.AccessDenial? FindUnitDenial(HttpContext context, Caller caller, AccessPolicy rule)
    {
        var (query, tree) = (context.Request.Query, context.RequestServices.GetRequiredService<CatalogueSource>().Current.Units);
        var named = query["unit"].ToString() is { Length: > 0 } unit ? unit : query["parent"].ToString();

        if (!UnitCode.TryParse(named, out var code) || !tree.TryFind(code, out var found))
        {
            // The route says so by itself: there is nothing to be seen of it.
            return null;
        }

        if (rule == AccessPolicy.UnitFigures && found.Level != UnitLevel.Enterprise)
        {
            return MarkShareable(context);
        }

        return (rule == AccessPolicy.OwnUnits ? caller.MaySeeSubmissionsOf(found, MonthOf(query), tree) : caller.MaySeeFiguresOf(found, MonthOf(query), tree)) ? null : AccessDenials.ForeignUnit(found.Code.Value);
    }

    // The pages may show the answer to others too.
    private static AccessDenials.AccessDenial? MarkShareable(HttpContext context)
    {
        context.Response.Headers[Impersonation.SharedHeader] = "1";
        return null;
    }

    // The month asked for; of a year, its last; else any later than all that are known.
    private static Period MonthOf(IQueryCollection query) =>
        Period.TryParse(query["period"].ToString(), out var month) ? month
        : Period.TryParse($"{query["year"]}-12", out var last) ? last
        : new Period(9998, 12);
}
