using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Hosting.Access;

/// <summary>Looks who asks, and whether they may, before a route is run: the one place where that is decided, for programs and for pages.</summary>
internal static class AccessCheck
{
    private const string SignInPage = "/sign-in";
    private const string RefusedPage = "/no-right";

    public static Task Run(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return next(context);
        }

        var keeper = context.RequestServices.GetRequiredService<Doorkeeper>();
        var viewer = !keeper.IsOn ? Viewer.Everyone : Viewer.Of(context.User) is var signedIn && keeper.Holds(signedIn) ? signedIn : Viewer.NoOne;
        if (context.Request.Headers[OnBehalf.Header].ToString() is { Length: > 0 } said)
        {
            // Whoever may do all may ask for someone who may do less, and is answered as that one would be.
            if (!viewer.MayAdminister)
            {
                return Refusals.NoRight(Rights.Administer).ExecuteAsync(context);
            }

            viewer = OnBehalf.Read(said);
        }

        context.User = viewer.IsNoOne ? new ClaimsPrincipal(new ClaimsIdentity()) : viewer.ToPrincipal(AccessRegistration.AnyScheme);
        var rule = endpoint.Metadata.GetMetadata<AccessAttribute>()?.Whom ?? ForWhom.Administer;
        if (rule is not (ForWhom.Open or ForWhom.Page))
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        if (Refusal(context, viewer, rule) is not { } refusal)
        {
            return next(context);
        }

        if (rule == ForWhom.Page && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(refusal.StatusCode == StatusCodes.Status401Unauthorized
                ? $"{SignInPage}?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}" : RefusedPage);
            return Task.CompletedTask;
        }

        return refusal.ExecuteAsync(context);
    }

    // Null: they may.
    private static Refusals.Refusal? Refusal(HttpContext context, Viewer viewer, ForWhom rule)
    {
        if (rule == ForWhom.Open)
        {
            return null;
        }

        return rule switch
        {
            _ when viewer.IsNoOne => Refusals.NotSignedIn(),
            _ when !viewer.MaySeePublished => Refusals.NoRight(Rights.Read | Rights.Enter),
            ForWhom.Administer => viewer.MayAdminister ? null : Refusals.NoRight(Rights.Administer),
            ForWhom.Intake => viewer.MayEnter ? null : Refusals.NoRight(Rights.Enter),
            ForWhom.Published => Shared(context),
            ForWhom.Figures or ForWhom.Filtered or ForWhom.Own => OfUnit(context, viewer, rule),
            _ => null,
        };
    }

    private static Refusals.Refusal? OfUnit(HttpContext context, Viewer viewer, ForWhom rule)
    {
        var (query, tree) = (context.Request.Query, context.RequestServices.GetRequiredService<CatalogueSource>().Current.Units);
        var named = query["unit"].ToString() is { Length: > 0 } unit ? unit : query["parent"].ToString();

        if (!UnitCode.TryParse(named, out var code) || !tree.TryFind(code, out var found))
        {
            // The route says so by itself: there is nothing to be seen of it.
            return null;
        }

        if (rule == ForWhom.Figures && found.Level != UnitLevel.Enterprise)
        {
            return Shared(context);
        }

        return (rule == ForWhom.Own ? viewer.MaySeeRawOf(found, MonthOf(query), tree) : viewer.MaySeeFiguresOf(found, MonthOf(query), tree)) ? null : Refusals.NotYours(found.Code.Value);
    }

    // The pages may show the answer to others too.
    private static Refusals.Refusal? Shared(HttpContext context)
    {
        context.Response.Headers[OnBehalf.SharedHeader] = "1";
        return null;
    }

    // The month asked for; of a year, its last; else any later than all that are known.
    private static Period MonthOf(IQueryCollection query) =>
        Period.TryParse(query["period"].ToString(), out var month) ? month
        : Period.TryParse($"{query["year"]}-12", out var last) ? last
        : new Period(9998, 12);
}
