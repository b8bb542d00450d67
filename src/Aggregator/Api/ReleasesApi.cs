using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Lineage;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The releases of months, and what differs between them.</summary>
internal static class ReleasesApi
{
    public static void MapReleases(this IEndpointRouteBuilder api)
    {
        var releases = api.MapGroup("/releases").WithTags("Releases 发布");
        releases.MapGet("", List)
            .WithSummary("The releases of months: the figures of a month as they were when it became final.").RequireAnyRight();
        releases.MapGet("/changes", Changes)
            .WithSummary("What differs between a release and a later one, or the present results, and the ledger rows behind it.")
            .RequireUnitFigures();
    }

    /// <summary>The results of a month as released or as of now; null: the month has no such release.</summary>
    /// <param name="released">The releases.</param>
    /// <param name="now">The present results.</param>
    /// <param name="period">The month.</param>
    /// <param name="release">The number of the release; null: as of now.</param>
    public static PublishedSnapshot? AsOf(this ReleasedResults released, PublishedSnapshot now, Period period, int? release) =>
        release is not { } number ? now : now.Releases.Find(period, number) is { } found ? released.Read(now, found) : null;

    public static IResult NoSuchRelease(Period period, int? release) => QueryResolver.NotFound(
        $"{period} 没有第 {release} 次发布。 / {period} has no release {release}.");

    private static IResult List(PublishedModel model, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year) =>
        ApiResults.Json(model.Current.Releases.All.Where(release => year is null || release.Period.Year == year).Select(Describe).ToList());

    private static IResult Changes(
        PublishedModel model, ResultPartitions partitions, ReleasedResults released, Caller caller, string unit, string period,
        [Range(1, int.MaxValue)] int from,
        [Range(1, int.MaxValue)] int? to) => QueryResolver.Run(model, unit, period, (now, found, month) =>
        {
            if (now.Releases.Find(month, from) is not { } earlier)
            {
                return NoSuchRelease(month, from);
            }

            var later = to is { } number ? now.Releases.Find(month, number) : null;
            if (to is not null && later is null)
            {
                return NoSuchRelease(month, to);
            }

            var (count, changes) = ReleaseComparer.Compare(
                partitions, found, month, released.Read(now, earlier), later is null ? now : released.Read(now, later));
            return ApiResults.Json(new ReleaseComparison(
                found.Code.Value, Describe(earlier), later is null ? null : Describe(later), count, changes)
            {
                Reviews = ReviewsAmong(partitions, changes, caller),
            });
        });

    // The rows behind a change are in the ledger of its unit's partition.
    private static List<CausingReview> ReviewsAmong(ResultPartitions partitions, IEnumerable<ReleaseChange> changes, Caller caller) =>
    [
        .. changes.GroupBy(change => partitions.HomeOf(change.Unit)).SelectMany(home => home.Key.Host.Read((cube, _) =>
            home.SelectMany(change => change.Cause).Distinct().Order().Select(cube.Reviews.Find).OfType<ReportReview>()
                .Select(review => ReturnedReports.Describe(review, cube.Catalogue, caller)).ToList())),
    ];

    private static MonthRelease Describe(ReleasedMonth release) => new(
        release.Period.ToString(), release.Number, release.ReleasedAt, release.LedgerThrough, release.LedgerHash, release.MonthRow)
    {
        Checkpoint = release.Checkpoint,
        Partitions = release.Parts?.ByPath.Select(part => new PartitionRelease(
            part.Key, part.Value.LedgerThrough, part.Value.LedgerHash,
            part.Value.Checkpoint is { } signed ? signed with { Partition = part.Key } : null)).ToList(),
    };
}
