using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;

namespace XilinIngest.Hosting;

/// <summary>What a page of ours may load: its own files and nothing from elsewhere. One policy for the pages and for the API's description.</summary>
public static class PagePolicy
{
    // No script but ours and from files; components write their theme as a style in the page.
    private const string Rest = "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    private const string Description = "/scalar";

    public static void Apply(HttpContext context) => Write(context.Response, "script-src 'self'");

    /// <summary>As <see cref="Apply"/>, for the API's description alone: its page begins with a script of a line, which is let run by its nonce.</summary>
    internal static Task ApplyToDescription(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Description))
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Items[typeof(PagePolicy)] = nonce;
            Write(context.Response, $"script-src 'self' 'nonce-{nonce}'");
        }

        return next(context);
    }

    /// <summary>The description without what its makers would load or send elsewhere: fonts, counts of use, an assistant.</summary>
    internal static void Describe(ScalarOptions scalar, HttpContext context)
    {
        scalar.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();
        scalar.WithNonce((string)context.Items[typeof(PagePolicy)]!);
    }

    /// <summary>Whether the policy of the pages is not for this path, which has one of its own.</summary>
    public static bool IsDescription(PathString path) => path.StartsWithSegments(Description);

    private static void Write(HttpResponse response, string scripts)
    {
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; {scripts}; {Rest}";
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
