using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.SignIn;

/// <summary>Receives the forms of sign-in and sign-out. A key is in the body of a request, never in its address.</summary>
internal static class SignInApi
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/key", WithKeyAsync).ExcludeFromDescription().AllowPublic().RequireRateLimiting(RateLimits.SignIn);
        routes.MapGet("/sign-in/provider", WithProvider).ExcludeFromDescription().AllowPublic().RequireRateLimiting(RateLimits.SignIn);
        routes.MapGet("/start", (Caller caller) => TypedResults.LocalRedirect(StartOf(caller, "/")))
            .ExcludeFromDescription().RequirePageSignIn();
        routes.MapPost("/sign-out", OutAsync).ExcludeFromDescription().AllowPublic();
    }

    private static async Task<IResult> WithKeyAsync(
        HttpContext context, AccessKeyRegistry accessKeys, ILogger<AccessKeyRegistry> logger, [FromForm] string? key, [FromForm]
        string? back)
    {
        if (accessKeys.FindCaller(key?.Trim() ?? "") is not { } caller)
        {
            logger.LogWarning("Someone at {Address} tried to sign in with a key that is not known. 有人以未知的密钥尝试登录。",
                context.Connection.RemoteIpAddress);
            return TypedResults.LocalRedirect($"/sign-in?wrong=1&back={Uri.EscapeDataString(Local(back))}");
        }

        await context.SignInAsync(AccessRegistration.CookieScheme,
            (caller with { Session = AccessKeyRegistry.NewSession() }).ToPrincipal(AccessRegistration.CookieScheme));
        return TypedResults.LocalRedirect(StartOf(caller, Local(back)));
    }

    // An office begins with what is due of it, unless it was on the way to another page.
    private static string StartOf(Caller caller, string back) =>
        back == "/" && caller is { MayEnter: true, MayReadAll: false } ? "/my" : back;

    private static IResult WithProvider(AccessKeyRegistry accessKeys, string? back) => accessKeys.Options.ClientId is null
        ? TypedResults.LocalRedirect("/sign-in")
        : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Local(back) is "/" ? "/start" : Local(back) },
            [AccessRegistration.ProviderScheme]);

    private static async Task<IResult> OutAsync(HttpContext context, AccessKeyRegistry accessKeys, [FromForm] string? back)
    {
        accessKeys.EndSession(Caller.FromPrincipal(context.User));
        await context.SignOutAsync(AccessRegistration.CookieScheme);
        return TypedResults.LocalRedirect($"/sign-in?back={Uri.EscapeDataString(Local(back))}");
    }

    private static string Local(string? back) => RedirectHttpResult.IsLocalUrl(back) ? back! : "/";
}
