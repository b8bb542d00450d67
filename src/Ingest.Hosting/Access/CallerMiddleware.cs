using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Sets who is asking, between authentication and authorization: everyone on this machine where no sign-in is set up, nobody whose key or
/// session has
/// ended, and the caller for whom the pages ask.
/// </summary>
internal static class CallerMiddleware
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var caller = SignedIn(context);
        if (context.Request.Headers[Impersonation.Header].ToString() is { Length: > 0 } impersonated && context.GetEndpoint() is not null)
        {
            // Whoever may do all may ask for a caller who may do less, and is answered as that caller would be.
            if (!caller.MayAdminister)
            {
                return AccessDenials.MissingRight(Rights.Administer).ExecuteAsync(context);
            }

            caller = Impersonation.Decode(impersonated);
        }

        context.User = caller.IsAnonymous
            ? new ClaimsPrincipal(new ClaimsIdentity()) : caller.ToPrincipal(AccessRegistration.SelectingScheme);
        return next(context);
    }

    private static Caller SignedIn(HttpContext context)
    {
        var accessKeys = context.RequestServices.GetRequiredService<AccessKeyRegistry>();
        if (!accessKeys.IsSignInRequired)
        {
            return Caller.LocalTrusted;
        }

        var caller = Caller.FromPrincipal(context.User);
        return accessKeys.IsStillValid(caller) ? caller : Caller.Anonymous;
    }
}
