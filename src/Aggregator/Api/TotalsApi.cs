using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>The published totals.</summary>
internal static class TotalsApi
{
    private const int MaxVersions = 500;

    public static void MapTotals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/totals", Totals).WithSummary("A unit's published totals of a month, with their versions.").RequireUnitFigures();
        api.MapGet("/totals/versions", Versions).WithSummary("A total as it was published, every version.").RequireUnitFigures();
    }

    private static IResult Totals(
        PublishedModel model, string unit, string period) => QueryResolver.Run(model, unit, period, (published, found, month) =>
        ApiResults.Texts(published.TotalTextsOf(found, month)));

    private static IResult Versions(
        PublishedModel model, CubeStore store, string unit, string indicator, string period, [Range(1, int.MaxValue)] int limit = 50) =>
        QueryResolver.Run(model, unit, period, indicator, (published, found, month, of) => ApiResults.Versions(store.ReadVersions(
            published.PublishedTotalOf(found, of, month)?.Publication, of.Code.Value, null, Math.Min(limit, MaxVersions))));
}
