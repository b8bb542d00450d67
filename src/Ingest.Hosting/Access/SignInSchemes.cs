using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// The ways to sign in besides a key in a request. They use the machine's time, because sign-in does not depend on the clock of the
/// figures.
/// </summary>
internal static class SignInSchemes
{
    private const string Since = "since";
    private static readonly TimeSpan SessionIdleTimeout = TimeSpan.FromHours(8);
    internal static readonly TimeSpan MaxSessionLifetime = TimeSpan.FromDays(1);

    /// <summary>Configures the cookie of a browser that signed in on the pages.</summary>
    public static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.TimeProvider = TimeProvider.System;
        cookie.Cookie.Name = "xilin-sign-in";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        // Strict would drop the cookie when a provider redirects back from its own pages.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = SessionIdleTimeout;
        cookie.SlidingExpiration = true;
        cookie.Events.OnSigningIn = context =>
        {
            context.Properties.Items[Since] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (context.Properties.Items.TryGetValue(Since, out var since)
                && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var began)
                && began + MaxSessionLifetime is var end && end > TimeProvider.System.GetUtcNow())
            {
                // An open page sends no further requests, so it needs the time at which its sign-in ends.
                var until = context.Properties.ExpiresUtc is { } expires && expires < end ? expires : end;
                context.ReplacePrincipal(
                    (Caller.FromPrincipal(context.Principal) with { ExpiresAt = until }).ToPrincipal(context.Scheme.Name));
            }
            else
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Configures the provider's tokens in requests to the API.</summary>
    public static void ConfigureToken(JwtBearerOptions token, AccessOptions options)
    {
        token.TimeProvider = TimeProvider.System;
        token.Authority = options.Authority!.ToString();
        token.Audience = options.Audience;
        token.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps;
        token.MapInboundClaims = false;
        token.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = ProviderClaims.Read(context.Principal!, options).ToPrincipal(context.Scheme.Name);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Configures sign-in on the provider's own pages: code flow with PKCE. The result is stored only in the cookie.</summary>
    public static void ConfigureProvider(OpenIdConnectOptions provider, AccessOptions options)
    {
        provider.TimeProvider = TimeProvider.System;
        provider.SignInScheme = AccessRegistration.CookieScheme;
        provider.Authority = options.Authority!.ToString();
        provider.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps;
        provider.ClientId = options.ClientId;
        provider.ClientSecret = options.ClientSecret;
        provider.ResponseType = OpenIdConnectResponseType.Code;

        // A form posted from another origin is refused. The code in the query is valid once, and only for this browser.
        provider.ResponseMode = OpenIdConnectResponseMode.Query;
        provider.UsePkce = true;
        provider.SaveTokens = false;
        provider.MapInboundClaims = false;
        provider.CallbackPath = "/sign-in/returned";
        foreach (var cookie in new[] { provider.CorrelationCookie, provider.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        provider.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal =
                    (ProviderClaims.Read(context.Principal!, options) with
                    {
                        ExpiresAt = null,
                        Session = AccessKeyRegistry.NewSession()
                    }).ToPrincipal(AccessRegistration.CookieScheme);
                return Task.CompletedTask;
            },
            OnRemoteFailure = context =>
            {
                // After a cancelled or refused sign-in, the user may try again. The framework logs the reason.
                context.Response.Redirect("/sign-in?failed=1");
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }
}
