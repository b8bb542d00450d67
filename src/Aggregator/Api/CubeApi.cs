using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>Queries on the cube: single submissions and reporting units, which are not published.</summary>
internal static class CubeApi
{
    private const int MaxParts = 2000;

    public static void MapCube(this IEndpointRouteBuilder api)
    {
        api.MapGet("/completeness", Completeness).WithSummary("n of m reported, and who is missing (催报).")
            .WithDescription("A unit counts once, when it has reported this month for every indicator due of it. "
                + "In a total (/api/totals) it counts per indicator, when nothing due of the year up to the month is missing: a month can "
                + "be complete here while its totals are provisional. "
                + "每个单位只计一次：本月应报指标全部报齐即为已报。汇总（/api/totals）中按指标计：年初至本月应报的均已报，才算已报。").RequireAnyRight();
        api.MapGet("/reviews", Reviews)
            .WithSummary("The reports of a month that are reviewed (审核): which wait, are approved or returned; by whom and why, for those "
                + "who report, review or read all.")
            .Produces<MonthReviews>().RequireAnyRightFiltered();
        api.MapGet("/form", Form)
            .WithSummary("A unit's form of a month: what is due, what is effective of it, and what was effective last month and last year.")
            .RequireOwnUnits();
        api.MapGet("/lineage", Lineage)
            .WithSummary("The submissions a number is made of, and the returned reports that it lacks.").RequireOwnUnits();
    }

    private static IResult Completeness(PublishedModel model, ResultPartitions partitions, string unit, string period) =>
        QueryResolver.Run(model, unit, period, (_, found, month) => partitions.Completeness(found.Code.Value, month) is { } known
            ? ApiResults.Json(known with { MayLackReports = partitions.MayLackRows }) : QueryResolver.UnknownUnit(unit));

    private static IResult Reviews(PublishedModel model, ResultPartitions partitions, Caller caller, string unit, string period) =>
        QueryResolver.Run(model, unit, period, (_, found, month) => partitions.Reviews(found.Code.Value, month, caller) is { } known
            ? ApiResults.Json(known) : QueryResolver.UnknownUnit(unit));

    private static IResult Form(ResultPartitions partitions, string unit, string period)
    {
        var host = partitions.HomeOf(unit).Host;
        return QueryResolver.Run(host, unit, period,
            (cube, found, month, _) => ApiResults.Json(FormQuery.ForMonth(cube, found, month, host.AppliedThrough)));
    }

    private static IResult Lineage(
        PublishedModel model, ResultPartitions partitions, Caller caller, string unit, string indicator, string period,
        [Range(0, int.MaxValue)] int skip = 0, [Range(1, int.MaxValue)] int take = 200) =>
        QueryResolver.Run(model, unit, period, indicator, (_, found, month, of) =>
            partitions.Lineage(found.Code.Value, of.Code.Value, month, (skip, Math.Min(take, MaxParts)), caller) is { } known
                ? ApiResults.Json(known) : QueryResolver.UnknownUnit(unit));
}
