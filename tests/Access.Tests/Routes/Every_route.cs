using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

[Collection("guarded")]
public sealed partial class Every_route(SecuredService service)
{
    [Fact]
    public void Says_what_one_must_be_to_be_answered()
    {
        var routes = service.Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 40, $"{routes.Count} routes");
        Assert.Equal([], routes.Where(route => PolicyOf(route) is null).Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public void Of_the_API_is_in_the_table_of_the_decision()
    {
        var table = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "adr", "0009-access.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .SelectMany(row => Path_().Matches(row.Groups[2].Value)
                .Select(path => (Route: path.Groups[1].Value, Whom: row.Groups[1].Value))).Order();
        Assert.Equal(table,
            service.Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Select(route =>
                (Route: $"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} "
                    + $"{Constraint().Replace(route.RoutePattern.RawText!, "}").TrimEnd('/')}", Whom: PolicyOf(route)!)).Order());
    }

    private static string? PolicyOf(Endpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "Public" : route.Metadata.GetMetadata<IAuthorizeData>()?.Policy;

    [GeneratedRegex("^\\| ([A-Za-z]+) \\|[^|]*\\| (.*) \\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`((?:GET|POST) [^`]+)`")]
    private static partial Regex Path_();

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();
}
