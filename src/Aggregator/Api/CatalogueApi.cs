using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The catalogue in force.</summary>
internal static class CatalogueApi
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Catalogue 目录");
        api.MapGet("/indicators", (CatalogueSource source) => Results.Json(source.Current.Indicators.Select(Of), ApiJson.Options))
            .WithSummary("The indicators, in the report's order.");
        api.MapGet("/units", (CatalogueSource source, string? period) => Period.TryParse(period ?? "", out var month) || period is null
                ? Results.Json(source.Current.Units.All.Where(unit => period is null || unit.SpanIn(month) is not null).Select(Of), ApiJson.Options)
                : Results.Problem("月份应写成 2022-07。 / Write the month as 2022-07.", statusCode: StatusCodes.Status400BadRequest))
            .WithSummary("The units with their lives; those of a month, where one is given.");
        api.MapGet("/catalogue/faults", (CatalogueSource source) => Results.Json(source.LastFaults.Select(fault => new { zh = fault.ToStringZh(), en = fault.ToString() }), ApiJson.Options))
            .WithSummary("What is wrong with the last edit of the catalogue, which therefore did not take; empty: nothing.");
    }

    private static object Of(Indicator indicator) => new
    {
        Code = indicator.Code.Value,
        indicator.NameZh,
        indicator.NameEn,
        Unit = indicator.CanonicalUnit,
        Kind = indicator.Kind.ToString(),
        ReportedBy = indicator.ReportedBy.ToString(),
        indicator.Register,
        indicator.JanuaryExempt,
        Basis = indicator.Basis.ToString(),
        RankBy = indicator.RankBy.ToString(),
        Direction = indicator.Direction.ToString(),
        indicator.MayBeNegative,
        PrintedUnitZh = indicator.Printing.UnitZh,
        PrintedUnitEn = indicator.Printing.UnitEn,
        indicator.Printing.Divisor,
        indicator.Printing.Decimals,
        indicator.Chapter,
        indicator.Section,
    };

    private static object Of(Unit unit) => new
    {
        Code = unit.Code.Value,
        unit.NameZh,
        unit.NameEn,
        Kind = unit.Kind.ToString(),
        unit.ReportsWhole,
        Spans = unit.Spans.Select(span => new { From = span.From.ToString(), To = span.To?.ToString(), Parent = span.Parent?.Value, Registers = span.Registers.Order(StringComparer.Ordinal) }),
    };
}
