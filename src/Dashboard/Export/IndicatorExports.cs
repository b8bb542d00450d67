using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Dictionary;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Export;

/// <summary>Serves what explains the indicators as files.</summary>
internal static class IndicatorExports
{
    private static readonly (string Name, Func<ServiceClient, IndicatorTableRequest, Task<ServiceResponse<ExportTable>>> Build)[] Tables =
    [
        ("contributions", IndicatorTables.ContributionsAsync),
        ("estimate", IndicatorTables.EstimateAsync),
        ("months", IndicatorTables.MonthsAsync),
        ("years", IndicatorTables.YearsAsync),
    ];

    private static readonly (string Kind, Func<ExportTable, IResult> Write)[] Files =
        [("csv", ExportApi.ToCsv), ("xlsx", ExportApi.ToWorkbook)];

    public static void MapIndicatorExports(this IEndpointRouteBuilder routes)
    {
        foreach (var (kind, file) in Files)
        {
            routes.MapGet($"/export/dictionary.{kind}", (HttpContext context, ServiceClient client) =>
                DictionaryAsync(context, client, file)).ExcludeFromDescription().RequireAnyRight();
            foreach (var (name, build) in Tables)
            {
                routes.MapGet($"/export/{name}.{kind}",
                    (HttpContext context, ServiceClient client, string unit, string indicator, string period, string? exact) =>
                    TableAsync(context, client, (unit, indicator, period, exact), of => build(client, of), file))
                    .ExcludeFromDescription().RequireAnyRight();
            }
        }
    }

    private static async Task<IResult> DictionaryAsync(HttpContext context, ServiceClient client, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var response = await ExportApi.CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return ExportApi.Failed(response.Problem!, lang);
        }

        var definitions = await client.GetAsync<List<CatalogueDefinition>>("/api/definitions");
        return definitions.Value is { } found
            ? file(DictionaryEntry.ToTable(catalogue, found, lang)) : ExportApi.Failed(definitions.Problem!, lang);
    }

    private static async Task<IResult> TableAsync(
        HttpContext context, ServiceClient client, (string Unit, string Indicator, string Period, string? Exact) of,
        Func<IndicatorTableRequest, Task<ServiceResponse<ExportTable>>> build, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var response = await ExportApi.CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return ExportApi.Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(of.Unit) is not { } unit || catalogue.Indicator(of.Indicator) is not { } indicator
            || !MonthKeys.IsMonth(of.Period))
        {
            return ExportApi.Failed(
                new("没有这个单位、指标或月份。", "There is no such unit, indicator or month.", StatusCodes.Status404NotFound), lang);
        }

        var table = await build(new(catalogue, unit, indicator, of.Period, of.Exact == "1", lang));
        return table.Value is { } found ? file(found) : ExportApi.Failed(table.Problem!, lang);
    }
}
