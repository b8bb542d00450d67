using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>
/// Every parameter of every route, found by walking the routes: what does not parse is the asker's fault, and never the service's.
/// </summary>
[Collection("guarded")]
public sealed class Every_parameter(SecuredService service)
{
    private static readonly string[] Nonsense =
        ["x", "-1x", "99999999999999999999999", "1.5", "null", "%00", "é", "1,2", "''", "0x10", "1e3"];

    [Fact]
    public async Task That_is_a_number_is_refused_where_it_is_none()
    {
        var asked = 0;
        foreach (var (path, name) in Numbers())
        {
            foreach (var nonsense in Nonsense)
            {
                var status = await service.StatusAsync("admin", $"{path}?{name}={nonsense}");
                Assert.True(status == HttpStatusCode.BadRequest, $"{path}?{name}={nonsense}: {status}");
                asked++;
            }
        }

        Assert.True(asked > 100, $"{asked} asked");
    }

    [Fact]
    public async Task Of_any_kind_fails_no_service()
    {
        foreach (var route in service.Endpoints.OfType<RouteEndpoint>().Where(IsAsked))
        {
            var names = Pages(route)
                .Select(parameter => parameter.Name)
                .Concat(route.Metadata.OfType<IParameterBindingMetadata>().Select(parameter => parameter.Name))
                .Concat(["unit", "period", "of", "before", "skip", "version", "wall", "seconds", "back"]).Distinct().ToList();
            foreach (var name in names)
            {
                foreach (var nonsense in Nonsense)
                {
                    var path = $"{Path(route)}?{name}={nonsense}";
                    var status = await service.StatusAsync("admin", path);
                    Assert.True((int)status < 500, $"{path}: {status}");
                }
            }
        }
    }

    [Theory]
    [InlineData("/submissions?before=x")]
    [InlineData("/why?skip=x")]
    [InlineData("/why?skip=")]
    [InlineData("/?unit=x")]
    [InlineData("/?period=2022-13")]
    [InlineData("/?wall=1&seconds=x")]
    [InlineData("/submissions?before=1&before=2")]
    public async Task Of_a_page_that_does_not_parse_is_refused_by_name(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, await service.StatusAsync("admin", path));

    private IEnumerable<(string Path, string Name)> Numbers() => service.Endpoints.OfType<RouteEndpoint>()
        .Where(IsAsked).SelectMany(route =>
        Pages(route).Where(parameter => IsNumber(parameter.Type)).Select(parameter => (Path(route), parameter.Name))
            .Concat(route.Metadata.OfType<IParameterBindingMetadata>()
                .Where(parameter => IsNumber(parameter.ParameterInfo.ParameterType)
                    && route.RoutePattern.GetParameter(parameter.Name) is null)
                .Select(parameter => (Path(route), parameter.Name))));

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(int) || plain == typeof(long));

    private static IEnumerable<(string Name, Type Type)> Pages(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ComponentTypeMetadata>()
        ?.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (property, Asked: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
            .Where(parameter => parameter.Asked is not null)
            .Select(parameter => (parameter.Asked!.Name ?? parameter.property.Name.ToLowerInvariant(), parameter.property.PropertyType))
            ?? [];

    private static bool IsAsked(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
        && (route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
            || route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        && !route.RoutePattern.RawText.EndsWith("/stream", StringComparison.Ordinal)
        && !route.RoutePattern.RawText.Contains('*', StringComparison.Ordinal);

    private static string Path(RouteEndpoint route) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "year" } => "2022",
        _ => "1",
    }))));
}
