using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Hosting;

namespace XilinIngest.Aggregator.Api;

/// <summary>Maps the results over HTTP: from the published model, and from the cube what is not published.</summary>
internal static class AggregatorApi
{
    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Results 结果").AddEndpointFilter(StandbyFilters.RefuseOnStandby);
        var loaded = api.MapGroup("").AddEndpointFilter(StandbyFilters.RefuseWhileLoading).WithResponseTimeout();
        loaded.MapReport();
        loaded.MapReportTexts();
        loaded.MapTotals();
        loaded.MapSeries();
        loaded.MapEstimates();
        loaded.MapFigureTable();
        loaded.MapRankings();
        loaded.MapAlerts();
        loaded.MapCube();
        loaded.MapMonthStates();
        loaded.MapReleases();
        api.MapFeed();
    }
}
