using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.CatalogueFiles.Maps;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The outlines of the units, for maps.</summary>
internal static class OutlinesApi
{
    public static void MapOutlines(this IEndpointRouteBuilder routes) => routes.MapGet("/api/outlines", List)
        .WithTags("Catalogue 目录")
        .WithSummary("The outlines of the units directly below a unit in a month (地图); empty where the catalogue has no map.")
        .RequireAnyRight();

    private static IResult List(CatalogueSource catalogues, OutlineSource outlines, string parent, string period)
    {
        var catalogue = catalogues.Current;
        if (QueryResolver.FindUnit(catalogue, parent) is not { } asked)
        {
            return QueryResolver.UnknownUnit(parent);
        }

        return Period.TryParse(period, out var month)
            ? Results.Json(
                outlines.Current.Where(outline => catalogue.Units.TryFind(outline.Unit, out var unit)
                    && unit.SpanIn(month)?.Parent == asked.Code).Select(ToResponse),
                ApiJson.Options)
            : QueryResolver.InvalidPeriod(period);
    }

    private static UnitShape ToResponse(UnitOutline outline) => new(outline.Unit.Value,
        [.. outline.Rings.Select(ToPairs)]);

    private static IReadOnlyList<IReadOnlyList<decimal>> ToPairs(IReadOnlyList<MapPoint> ring) =>
        [.. ring.Select(point => (IReadOnlyList<decimal>)[point.X, point.Y])];
}
