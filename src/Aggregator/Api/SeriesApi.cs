using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>An indicator by month, and by child unit, from published results.</summary>
internal static class SeriesApi
{
    // One more than a growth has, so that the parts still add up where many are small.
    private const int GrowthPointDecimals = Rounding.RateDecimals + 1;

    public static void MapSeries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/series", Series).WithSummary("An indicator of a unit, month by month, this year and last.").RequireUnitFigures();
        api.MapGet("/children", Children)
            .WithSummary("The units below one, in catalogue order, each with its figure of an indicator in a month.")
            .RequireAnyRightFiltered();
    }

    private static IResult Series(
        PublishedModel model, string unit, string indicator, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int year) =>
        QueryResolver.Run(model, unit, $"{year:0000}-12", indicator, (published, found, _, of) =>
            ApiResults.Json(
                Enumerable.Range(1, 12).Select(month => SeriesPointBuilder.Build(published, found, of, new Period(year, month))).ToList()));

    private static IResult Children(PublishedModel model, Caller caller, string unit, string indicator, string period) =>
        QueryResolver.Run(model, unit, period, indicator, (published, found, month, of) =>
        {
            var growth = GrowthParts.Of(published, found, of, month);
            return ApiResults.Json(published.Catalogue.Units.ChildrenOf(found, month)
                .Where(child => caller.MaySeeFiguresOf(child, month, published.Catalogue.Units))
                .Select(child => new ChildFigure(child.Code.Value, SeriesPointBuilder.Build(published, child, of, month))
                {
                    GrowthPoints = growth?.PointsOf(child) is { } points
                        ? TotalBuilder.Normalize(Rounding.HalfAwayFromZero(points, GrowthPointDecimals)) : null,
                }).ToList());
        });
}
