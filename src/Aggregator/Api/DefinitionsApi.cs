using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>What the indicators mean (指标解释).</summary>
internal static class DefinitionsApi
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes) => routes.MapGet("/api/definitions", List)
        .WithTags("Catalogue 目录").WithSummary("What the indicators mean: definition, formula, scope, source (指标解释), in catalogue order.")
        .RequireAnyRight();

    private static IResult List(CatalogueSource catalogues, DefinitionSource definitions)
    {
        var order = catalogues.Current.Indicators.ToDictionary(indicator => indicator.Code, indicator => indicator.Order);
        return Results.Json(
            definitions.Current.Where(definition => order.ContainsKey(definition.Indicator))
                .OrderBy(definition => order[definition.Indicator]).Select(ToResponse), ApiJson.Options);
    }

    private static CatalogueDefinition ToResponse(IndicatorDefinition definition) => new(
        definition.Indicator.Value, ToText(definition.What)!, ToText(definition.Formula), ToText(definition.Scope)!,
        ToText(definition.Source)!, definition.Since?.ToString(), ToText(definition.Note));

    private static DefinitionText? ToText(DefinitionWords? words) => words is null ? null : new(words.Zh, words.En);
}
