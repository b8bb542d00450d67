using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;

namespace XilinIngest.Hosting;

/// <summary>The content security policy: a page loads only the service's own files. The pages and the API's description share it.</summary>
public static class PageSecurityPolicy
{
    // Scripts are loaded only from the service's own files. Inline styles are allowed, because components write their theme into the page.
    private const string CommonDirectives =
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'";

    private const string NoFrames = "'none'";

    private const string ApiReferencePath = "/scalar";

    /// <summary>Applies the policy to a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="frames">The origins whose pages may show this one in a frame; none: no page may.</param>
    public static void Apply(HttpContext context, params IReadOnlyList<string> frames) => WriteHeaders(
        context.Response, "script-src 'self'", frames.Count == 0 ? NoFrames : string.Join(' ', frames));

    /// <summary>
    /// As <see cref="Apply"/>, for the API's description. Its page begins with an inline script of one line, which a nonce allows.
    /// </summary>
    internal static Task ApplyToApiReference(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(ApiReferencePath))
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Items[typeof(PageSecurityPolicy)] = nonce;
            WriteHeaders(context.Response, $"script-src 'self' 'nonce-{nonce}'", NoFrames);
        }

        return next(context);
    }

    /// <summary>Configures the description without the fonts, usage statistics and assistant that it would load from its vendor.</summary>
    internal static void ConfigureApiReference(ScalarOptions scalar, HttpContext context)
    {
        scalar.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();
        scalar.WithNonce((string)context.Items[typeof(PageSecurityPolicy)]!);
    }

    /// <summary>Whether a path belongs to the API's description, which has a policy of its own.</summary>
    public static bool IsApiReference(PathString path) => path.StartsWithSegments(ApiReferencePath);

    private static void WriteHeaders(HttpResponse response, string scripts, string frames)
    {
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; {scripts}; {CommonDirectives}; frame-ancestors {frames}";
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
