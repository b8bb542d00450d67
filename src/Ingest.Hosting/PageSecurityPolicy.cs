using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;

namespace XilinIngest.Hosting;

/// <summary>
/// What a page of ours may load: its own files and nothing from elsewhere. One policy for the pages and for the API's description.
/// </summary>
public static class PageSecurityPolicy
{
    // No script but ours and from files; components write their theme as a style in the page.
    private const string CommonDirectives =
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri "
        + "'self'; form-action 'self'";

    private const string ApiReferencePath = "/scalar";

    public static void Apply(HttpContext context) => WriteHeaders(context.Response, "script-src 'self'");

    /// <summary>
    /// As <see cref="Apply"/>, for the API's description alone: its page begins with a script of a line, which is let run by its nonce.
    /// </summary>
    internal static Task ApplyToApiReference(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(ApiReferencePath))
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Items[typeof(PageSecurityPolicy)] = nonce;
            WriteHeaders(context.Response, $"script-src 'self' 'nonce-{nonce}'");
        }

        return next(context);
    }

    /// <summary>The description without what its makers would load or send elsewhere: fonts, counts of use, an assistant.</summary>
    internal static void ConfigureApiReference(ScalarOptions scalar, HttpContext context)
    {
        scalar.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();
        scalar.WithNonce((string)context.Items[typeof(PageSecurityPolicy)]!);
    }

    /// <summary>Whether the policy of the pages is not for this path, which has one of its own.</summary>
    public static bool IsApiReference(PathString path) => path.StartsWithSegments(ApiReferencePath);

    private static void WriteHeaders(HttpResponse response, string scripts)
    {
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; {scripts}; {CommonDirectives}";
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
