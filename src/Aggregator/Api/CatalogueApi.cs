using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The current catalogue.</summary>
internal static class CatalogueApi
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Catalogue 目录");
        api.MapGet("/catalogue", (CatalogueSource source) => Answer(CatalogueText.For(source.Current)))
            .WithSummary(
                "The whole catalogue with its version, which is its ETag: asked with If-None-Match, an unchanged one is answered by 304.")
                .RequireAnyRight();
        api.MapGet("/indicators",
            (CatalogueSource source) => Results.Json(source.Current.Indicators.Select(CatalogueText.ToResponse), ApiJson.Options))
            .WithSummary("The indicators, in the report's order.").RequireAnyRight();
        api.MapGet("/units", ListUnits)
            .WithSummary("The units with their lives; those of a month, where one is given.").RequireAnyRight();
        api.MapGet("/catalogue/faults",
            (CatalogueSource source, ContactSource contacts, RouteSource routes, ReminderSource reminders,
                OutlineSource outlines, DefinitionSource definitions) =>
                Results.Json(source.LastFaults.Concat(contacts.Faults).Concat(routes.Faults).Concat(reminders.Faults)
                    .Concat(outlines.Faults).Concat(definitions.Faults)
                    .Select(fault => new { zh = fault.ToStringZh(), en = fault.ToString() }), ApiJson.Options))
            .WithSummary(
                "What is wrong with the last edit of the catalogue, which therefore did not take, and with lines of contacts, routes, "
                + "reminders, definitions and the map that are left out; empty: nothing. For administrators.")
                .RequireAdministrator();
    }

    private static IResult ListUnits(CatalogueSource source, string? period)
    {
        var catalogue = source.Current;
        return Period.TryParse(period ?? "", out var month) || period is null
            ? Results.Json(
                catalogue.Units.All.Where(unit => period is null || unit.SpanIn(month) is not null)
                    .Select(unit => CatalogueText.ToResponse(unit, catalogue)), ApiJson.Options)
            : Results.Problem("月份应写成 2022-07。 / Write the month as 2022-07.", statusCode: StatusCodes.Status400BadRequest);
    }

    private static IResult Answer(CatalogueText catalogue) =>
        Results.Bytes(catalogue.Json, ApiResults.ContentType, entityTag: new EntityTagHeaderValue($"\"{catalogue.Version}\""));
}
