using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>The months of the calendar with their states. The worker has the routes that change them.</summary>
internal static class MonthStatesApi
{
    public static void MapMonthStates(this IEndpointRouteBuilder api) => api.MapGet("/months", List)
        .WithTags("Months 关账")
        .WithSummary("The months of the calendar: open, closed, locked or reopened, since when and why; by whom, for those who read all.")
        .RequireAnyRightFiltered();

    private static IResult List(
        ResultPartitions partitions, Caller caller, [Range(QueryResolver.FirstYear, QueryResolver.LastYear)] int? year) =>
        ApiResults.Json(partitions.Months(year, caller.MayReadAll || caller.MayCloseMonths));
}
