using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Estimates;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Api;

/// <summary>What a year is expected to come to.</summary>
internal static class EstimatesApi
{
    public static void MapEstimates(this IEndpointRouteBuilder api) => api.MapGet("/estimate", Estimate)
        .WithSummary("What the year of an indicator is expected to come to (全年预计), from the season of earlier years; or why there is none.")
        .RequireUnitFigures();

    private static IResult Estimate(PublishedModel model, string unit, string indicator, string period) =>
        QueryResolver.Run(model, unit, period, indicator, (published, found, month, of) => published.HasTotals(found)
            ? ApiResults.Json(EstimateQuery.ForMonth(published, found, of, month))
            : QueryResolver.HasNoTotals(found));
}
