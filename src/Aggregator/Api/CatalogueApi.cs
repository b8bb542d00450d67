using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Totals;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The catalogue in force.</summary>
internal static class CatalogueApi
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Catalogue 目录");
        api.MapGet("/indicators", (CatalogueSource source) => Results.Json(source.Current.Indicators.Select(ToResponse), ApiJson.Options))
            .WithSummary("The indicators, in the report's order.").RequireAnyRight();
        api.MapGet("/units", (CatalogueSource source, string? period) => Period.TryParse(period ?? "", out var month) || period is null
                ? Results.Json(source.Current.Units.All.Where(unit => period is null || unit.SpanIn(month) is not null).Select(ToResponse), ApiJson.Options)
                : Results.Problem("月份应写成 2022-07。 / Write the month as 2022-07.", statusCode: StatusCodes.Status400BadRequest))
            .WithSummary("The units with their lives; those of a month, where one is given.").RequireAnyRight();
        api.MapGet("/catalogue/faults", (CatalogueSource source) => Results.Json(source.LastFaults.Select(fault => new { zh = fault.ToStringZh(), en = fault.ToString() }), ApiJson.Options))
            .WithSummary("What is wrong with the last edit of the catalogue, which therefore did not take; empty: nothing. For administrators.").RequireAdministrator();
    }

    private static CatalogueIndicator ToResponse(Indicator indicator) => new(
        indicator.Code.Value, indicator.NameZh, indicator.NameEn, indicator.CanonicalUnit, indicator.Kind.Name, indicator.ReportedBy.ToString(), indicator.Register,
        indicator.JanuaryExempt is { } exempt ? new CatalogueExemption(exempt.FromYear, exempt.ToYear) : null,
        indicator.Basis.ToString(), indicator.RankBy.ToString(), indicator.Direction.ToString(), indicator.MayBeNegative,
        indicator.Printing.UnitZh, indicator.Printing.UnitEn, indicator.Printing.Divisor, indicator.Printing.Decimals, indicator.Chapter, indicator.Section)
    {
        GrowthUnit = KindCapabilities.NameOf(indicator.Kind.GrowthUnit),
        TargetMeasure = KindCapabilities.NameOf(indicator.Kind.TargetMeasure),
        Fields = KindCapabilities.FieldNamesOf(indicator.Kind),
        IsAtMonthEnd = indicator.Kind.IsAtMonthEnd,
        Stages = [.. indicator.Kind.StagesOf(indicator).Select(stage => new CatalogueStage(stage.NameZh, stage.NameEn))],
    };

    private static CatalogueUnit ToResponse(Unit unit) => new(
        unit.Code.Value, unit.NameZh, unit.NameEn, unit.Kind.ToString(), unit.ReportsWhole,
        [.. unit.Spans.Select(span => new CatalogueSpan(span.From.ToString(), span.To?.ToString(), span.Parent?.Value, [.. span.Registers.Order(StringComparer.Ordinal)]))]);
}
