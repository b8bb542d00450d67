using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// Sets the caller between authentication and authorization. Without sign-in, everyone on this machine is trusted. A caller whose key or
/// session has ended becomes anonymous. A request of the pages gets the caller for whom they ask.
/// </summary>
internal static class CallerMiddleware
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var caller = SignedIn(context);
        if (context.Request.Headers[Impersonation.Header].ToString() is { Length: > 0 } impersonated && context.GetEndpoint() is not null)
        {
            // Only a caller with all rights may ask on behalf of another, and gets the response that the other would get.
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
