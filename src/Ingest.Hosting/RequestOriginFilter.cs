using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

/// <summary>
/// Refuses requests of other origins and under other host names. Listening on loopback does not exclude the web pages that a user of this
/// machine opens: the browser sends their requests, and with DNS rebinding a page can read the responses. An IP address as host is
/// accepted, because it cannot be rebound.
/// </summary>
internal static class RequestOriginFilter
{
    // The headers that proxies, load balancers and tunnels add: by prefix, then by full name.
    private static readonly string[] ForwardingHeaderPrefixes = ["X-Forwarded", "X-Original-", "X-Envoy-", "CF-"];
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "Forwarded-For", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Remote-IP", "X-Remote-Addr",
            "X-ProxyUser-Ip", "True-Client-IP", "Client-IP", "Fastly-Client-IP", "X-Azure-ClientIP", "X-Appengine-User-IP",
            "WL-Proxy-Client-IP", "Proxy-Client-IP"];

    private static readonly string[] LocalHostNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <param name="allowedHosts">The host names that are accepted besides those of this machine if the service listens elsewhere,
    /// separated by semicolons as in <c>AllowedHosts</c>.</param>
    /// <param name="accessKeys">Without sign-in, other host names and requests that a proxy forwards are refused, because they would be
    /// trusted like those of this machine.</param>
    public static Func<HttpContext, RequestDelegate, Task> Create(string? allowedHosts, AccessKeyRegistry accessKeys)
    {
        var local = LocalHostNames.Select(name => new StringSegment(name)).ToList();
        var names = local.Concat(
            (allowedHosts?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []).Select(
                name => new StringSegment(name))).ToList();
        return (context, next) =>
            (accessKeys.IsSignInRequired
                ? RejectForeignOrigin(context.Request, names)
                : RejectProxied(context.Request) ?? RejectForeignOrigin(context.Request, local)) is { } refusal
                    ? refusal.ExecuteAsync(context) : next(context);
    }

    private static IResult? RejectProxied(HttpRequest request) => request.Headers.Keys.Any(IsForwardingHeader)
        ? Results.Problem(
            "本服务未设登录，不受理代理转来的请求。请先用 key add 建立访问密钥。 / There is no sign-in here, and a request that a proxy hands on is not taken. Make an "
            + "access key first, with key add.", statusCode: StatusCodes.Status403Forbidden)
        : null;

    private static bool IsForwardingHeader(string header) => ForwardingHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || ForwardingHeaderPrefixes.Any(family => header.StartsWith(family, StringComparison.OrdinalIgnoreCase));

    private static IResult? RejectForeignOrigin(HttpRequest request, List<StringSegment> names)
    {
        if (!HostString.MatchesAny(request.Host.Host, names)
            && !(IPAddress.TryParse(request.Host.Host, out var asked)
                && asked.Equals(MapToIPv4(request.HttpContext.Connection.LocalIpAddress))))
        {
            return Results.Problem(
                $"主机名 {QuotedInput.Truncate(request.Host.Value)} 不是本服务的。请用 127.0.0.1 或服务监听的地址访问；以其他主机名或地址访问的，在 AllowedHosts 中写明。 / "
                + $"Host {QuotedInput.Truncate(request.Host.Value)} is not this service's. Ask it at 127.0.0.1 or the address that it "
                + "listens on; any other name or address, write in AllowedHosts.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            ? Results.Problem(
                "来自其他网页的请求不予受理。请使用本服务自己的页面、xilin 命令或其他客户端。 / A request from another web page is not taken. Use this service's own pages, "
                + "the command xilin or another client.", statusCode: StatusCodes.Status403Forbidden)
            : null;
    }

    private static IPAddress? MapToIPv4(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
