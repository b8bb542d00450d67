using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Dictionary;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Export;

/// <summary>Serves what explains the indicators as files.</summary>
internal static class IndicatorExports
{
    public static void MapIndicatorExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/dictionary.csv", (HttpContext context, ServiceClient client) =>
            DictionaryAsync(context, client, ExportApi.ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/dictionary.xlsx", (HttpContext context, ServiceClient client) =>
            DictionaryAsync(context, client, ExportApi.ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
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
}
