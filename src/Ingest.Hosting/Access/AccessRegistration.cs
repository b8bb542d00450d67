using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XilinIngest.InputOutput;

namespace XilinIngest.Hosting.Access;

/// <summary>Adds sign-in and rights to a host.</summary>
public static class AccessRegistration
{
    /// <summary>The scheme of callers who signed in on the pages.</summary>
    public const string CookieScheme = "cookie";

    /// <summary>The scheme of callers who sign in at the provider.</summary>
    public const string ProviderScheme = "provider";

    internal const string SelectingScheme = "xilin";
    private const string KeyScheme = "key";
    private const string TokenScheme = "token";

    /// <param name="builder">The host being built.</param>
    /// <param name="options">How people sign in.</param>
    /// <param name="hasPages">Whether the host has pages, on which people sign in and get a cookie.</param>
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder, AccessOptions options, bool hasPages = false)
    {
        builder.Services.AddSingleton(
            provider => new AccessKeyRegistry(options, provider.GetRequiredService<ILogger<AccessKeyRegistry>>()));
        builder.Services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResultHandler>();
        builder.Services.AddAuthorization(AddPolicies);
        builder.Services.AddRateLimiter(limiter => RateLimits.Add(limiter, options));
        var authentication = builder.Services.AddAuthentication(SelectingScheme)
            .AddPolicyScheme(SelectingScheme, null, policy => policy.ForwardDefaultSelector =
                context => SchemeFor(context.Request, options, hasPages))
            .AddScheme<AuthenticationSchemeOptions, AccessKeyAuthenticationHandler>(KeyScheme, null);
        if (options is { Authority: not null, Audience: not null })
        {
            authentication.AddJwtBearer(TokenScheme, token => SignInSchemes.ConfigureToken(token, options));
        }

        if (hasPages)
        {
            authentication.AddCookie(CookieScheme, SignInSchemes.ConfigureCookie);
            PersistDataProtectionKeys(builder.Services.AddDataProtection().SetApplicationName("xilin"), options.Folder);
            if (options is { Authority: not null, ClientId: not null })
            {
                authentication.AddOpenIdConnect(ProviderScheme, provider => SignInSchemes.ConfigureProvider(provider, options));
            }
        }

        return builder;
    }

    internal static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(CallerMiddleware.InvokeAsync);
        app.Use(UnroutedRequests.InvokeAsync);
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    private static void AddPolicies(AuthorizationOptions authorization)
    {
        foreach (var policy in Enum.GetValues<AccessPolicy>())
        {
            authorization.AddPolicy(policy.ToString(), builder => builder.AddRequirements(new AccessRequirement(policy)));
        }

        // A route without a policy is for administrators only.
        authorization.FallbackPolicy = authorization.GetPolicy(nameof(AccessPolicy.Administrator));
    }

    private static string SchemeFor(HttpRequest request, AccessOptions options, bool hasPages) =>
        AccessKeyAuthenticationHandler.SecretOf(request) is not null ? KeyScheme
        : request.Headers.Authorization.Count > 0 ? (options is { Authority: not null, Audience: not null } ? TokenScheme : KeyScheme)
        : hasPages ? CookieScheme : KeyScheme;

    private static void PersistDataProtectionKeys(IDataProtectionBuilder seals, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        var place = Path.Combine(folder, "page-keys");
        PrivateFiles.CreateFolder(place);
        seals.PersistKeysToFileSystem(new DirectoryInfo(place));
    }
}
