using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// The ways to sign in besides a key in a request. Time is the machine's: it is people's sign-in, not the figures' clock.
/// </summary>
internal static class SignInSchemes
{
    private const string Since = "since";
    private static readonly TimeSpan SessionIdleTimeout = TimeSpan.FromHours(8);
    internal static readonly TimeSpan MaxSessionLifetime = TimeSpan.FromDays(1);

    /// <summary>Of a browser, once someone has signed in on the pages.</summary>
    public static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.TimeProvider = TimeProvider.System;
        cookie.Cookie.Name = "xilin-sign-in";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        // Not strict: a provider leads back here from its own pages.
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
                // An open page asks no more, and has to know by itself when it is over.
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

    /// <summary>A provider's token in a request to the API.</summary>
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

    /// <summary>A provider's own pages, for people: code flow with PKCE. What comes back is kept in the cookie alone.</summary>
    public static void ConfigureProvider(OpenIdConnectOptions provider, AccessOptions options)
    {
        provider.TimeProvider = TimeProvider.System;
        provider.SignInScheme = AccessRegistration.CookieScheme;
        provider.Authority = options.Authority!.ToString();
        provider.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps;
        provider.ClientId = options.ClientId;
        provider.ClientSecret = options.ClientSecret;
        provider.ResponseType = OpenIdConnectResponseType.Code;

        // A form that another origin sends here is refused; the code is good once, and for nobody else.
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
                // Whoever went back in their browser, or was refused there, may try again; the log of the framework says why.
                context.Response.Redirect("/sign-in?failed=1");
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }
}
