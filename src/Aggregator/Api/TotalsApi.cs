using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>The published totals.</summary>
internal static class TotalsApi
{
    private const int MaxVersions = 500;

    public static void MapTotals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/totals", Totals)
            .WithSummary("A unit's published totals of a month, with their versions: as of now, or as released.").RequireUnitFigures();
        api.MapGet("/totals/versions", Versions)
            .WithSummary("A total as it was published, every version. One with prunedAt has lost its figures.").RequireUnitFigures();
    }

    private static IResult Totals(
        PublishedModel model, ReleasedResults released, string unit, string period, [Range(1, int.MaxValue)] int? release) =>
        QueryResolver.Run(model, unit, period, (now, found, month) => released.AsOf(now, month, release) is { } published
            ? ApiResults.Texts(published.TotalTextsOf(found, month)) : ReleasesApi.NoSuchRelease(month, release));

    private static IResult Versions(
        PublishedModel model, ResultPartitions partitions, string unit, string indicator, string period, [Range(1, int.MaxValue)]
        int limit = 50) => QueryResolver.Run(model, unit, period, indicator, (published, found, month, of) => ApiResults.Versions(
            partitions.HomeOf(published.Catalogue, found).Store.ReadVersions(
                published.PublishedTotalOf(found, of, month)?.Publication, of.Code.Value, null, Math.Min(limit, MaxVersions))));
}
