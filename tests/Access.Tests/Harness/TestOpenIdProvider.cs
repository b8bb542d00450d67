using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace XilinIngest.Access.Tests.Harness;

/// <summary>A real provider for OpenID Connect, OpenIddict, on a free port: code flow with PKCE for people, tokens for programs.</summary>
internal sealed class TestOpenIdProvider : IAsyncDisposable
{
    internal const string Client = "xilin";
    internal const string Audience = "xilin-api";

    private readonly WebApplication _app;

    internal TestOpenIdProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
            server.EnableDegradedMode().DisableAccessTokenEncryption().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.RegisterScopes(Scopes.OpenId, Scopes.Profile);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.RedirectUri?.EndsWith("/sign-in/returned", StringComparison.Ordinal) != true)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.SignIn(Principal(CurrentUser, [Client]));
                return default;
            }));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.Request.IsClientCredentialsGrantType())
                {
                    context.SignIn(Principal(CurrentUser, [TokenAudience]));
                }

                return default;
            }));
        });
        _app = builder.Build();
        _app.UseAuthentication();
    }

    /// <summary>Who is in front of it: the name, the roles, the units.</summary>
    internal (string Name, string[] Roles, string[] Units) CurrentUser { get; set; } = ("", [], []);

    /// <summary>Whom its tokens for programs are meant for.</summary>
    internal string TokenAudience { get; set; } = Audience;

    internal Uri Address => new(_app.Urls.Single() + "/");

    internal Task StartAsync() => _app.StartAsync();

    /// <summary>A program's token.</summary>
    internal async Task<string> TokenAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var form =
            new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("client_id", "program"), new("client_secret", "of no matter")]);
        using var answer = await client.PostAsync("connect/token", form);
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static ClaimsPrincipal Principal((string Name, string[] Roles, string[] Units) who, string[] audiences)
    {
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, "subject of " + who.Name));
        identity.AddClaim(new Claim(Claims.PreferredUsername, who.Name));
        identity.AddClaims(who.Roles.Select(role => new Claim("roles", role)));
        identity.AddClaims(who.Units.Select(unit => new Claim("xilin_unit", unit)));
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(Scopes.OpenId, Scopes.Profile);
        principal.SetResources(audiences);
        return principal;
    }
}
