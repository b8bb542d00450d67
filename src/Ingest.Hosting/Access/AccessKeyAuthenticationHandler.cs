using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting.Access;

/// <summary>Authenticates a caller by the key in <c>Authorization: Bearer xk_…</c>.</summary>
internal sealed class AccessKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessKeyRegistry accessKeys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        SecretOf(Request) is not { } secret ? AuthenticateResult.NoResult()
        : accessKeys.FindCaller(secret) is { } caller ? AuthenticateResult.Success(new(caller.ToPrincipal(Scheme.Name), Scheme.Name))
        : AuthenticateResult.NoResult());

    /// <summary>The key in a request; null: there is no key, or it is a token of another kind.</summary>
    internal static string? SecretOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && header[Bearer.Length..].Trim() is var token && token.StartsWith(AccessKeyFile.Prefix, StringComparison.Ordinal) ? token : null;
}
