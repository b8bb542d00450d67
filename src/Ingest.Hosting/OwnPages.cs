using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace XilinIngest.Hosting;

/// <summary>
/// Listening on this machine alone does not keep out the web pages that its user opens: their browser would send for them, and
/// would let a page read here whose own name points to this machine. So nothing is taken from a page of another origin, and
/// nothing answered under another name.
/// </summary>
internal static class OwnPages
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    /// <param name="allowedHosts">The names it may be asked under, for a proxy before it: as <c>AllowedHosts</c> writes them, with semicolons; null: those of this machine.</param>
    public static Func<HttpContext, RequestDelegate, Task> Only(string? allowedHosts)
    {
        var names = (allowedHosts?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? Local).Select(name => new StringSegment(name)).ToList();
        return (context, next) => Refusal(context.Request, names) is { } refusal ? refusal.ExecuteAsync(context) : next(context);
    }

    private static IResult? Refusal(HttpRequest request, List<StringSegment> names)
    {
        if (!HostString.MatchesAny(request.Host.Host, names))
        {
            return Results.Problem($"主机名 {Quoted.Short(request.Host.Value)} 不是本服务的。请用 127.0.0.1 访问;经代理访问的,在 AllowedHosts 中写明主机名。 / Host {Quoted.Short(request.Host.Value)} is not this service's. Ask it at 127.0.0.1; behind a proxy, name its host in AllowedHosts.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            ? Results.Problem("来自其他网页的请求不予受理。请使用本服务自己的页面、xilin 命令或其他客户端。 / A request from another web page is not taken. Use this service's own pages, the command xilin or another client.", statusCode: StatusCodes.Status403Forbidden)
            : null;
    }
}
