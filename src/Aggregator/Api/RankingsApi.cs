using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The published rankings.</summary>
internal static class RankingsApi
{
    private const int MaxVersions = 500;

    public static void MapRankings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rankings", Ranking)
            .WithSummary("The ranking below a parent: the newest version, one as it was published, or as released.").RequireUnitFigures();
        api.MapGet("/rankings/table", Table)
            .WithSummary("All rankings below a parent in a month, in catalogue order (通报): as of now, or as released.")
            .RequireUnitFigures();
        api.MapGet("/rankings/year", Year)
            .WithSummary("A ranking below a parent in each month of a year that has one: the newest versions, by month.")
            .RequireUnitFigures();
        api.MapGet("/rankings/versions", Versions)
            .WithSummary("The versions of a ranking, newest first. One with prunedAt has lost its figures.").RequireUnitFigures();
    }

    private static IResult Ranking(
        PublishedModel model, ResultPartitions partitions, ReleasedResults released, string parent, string indicator, string period,
        int? version,
        [Range(1, int.MaxValue)] int? release) => QueryResolver.Run(model, parent, period, indicator, (now, found, month, of) =>
            version is not null ? Version(
                partitions.HomeOf(now.Catalogue, found).Store, now.RankingOf(found, of, month), of, version.Value)
            : released.AsOf(now, month, release) is { } published ? Newest(published.RankingOf(found, of, month))
            : ReleasesApi.NoSuchRelease(month, release));

    private static IResult Table(
        PublishedModel model, ReleasedResults released, string parent, string period, [Range(1, int.MaxValue)] int? release) =>
        QueryResolver.Run(model, parent, period, (now, found, month) => released.AsOf(now, month, release) is { } published
            ? ApiResults.Texts(published.RankingTextsOf(found, month)) : ReleasesApi.NoSuchRelease(month, release));

    private static IResult Year(
        PublishedModel model, string parent, string indicator, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int year) =>
        QueryResolver.Run(model, parent, $"{year:0000}-12", indicator, (published, found, _, of) => ApiResults.Texts(
            Enumerable.Range(1, 12).Select(month => published.RankingOf(found, of, new Period(year, month)))
                .Where(ranking => ranking is { Ranking.Ended: null }).Select(ranking => ranking!.Json)));

    private static IResult Newest(PublishedRanking? ranking) => ranking is null ? NotFound() : ApiResults.Text(ranking.Json);

    private static IResult Version(CubeStore store, PublishedRanking? newest, Indicator indicator, int version) =>
        store.ReadVersions(newest?.Publication, indicator.Code.Value, version, 1) is not [var found] ? NotFound()
        : PrunedPublication.PrunedAt(found.Publication) is { } at ? QueryResolver.Pruned(version, at)
        : ApiResults.Text(found.Json);

    private static IResult Versions(
        PublishedModel model, ResultPartitions partitions, string parent, string indicator, string period, [Range(1, int.MaxValue)]
        int limit = 50) => QueryResolver.Run(model, parent, period, indicator, (published, found, month, of) => ApiResults.Versions(
            partitions.HomeOf(published.Catalogue, found).Store.ReadVersions(
                published.RankingOf(found, of, month)?.Publication, of.Code.Value, null, Math.Min(limit, MaxVersions))));

    private static IResult NotFound() => QueryResolver.NotFound("没有这个排名或版本。 / There is no such ranking or version.");
}
