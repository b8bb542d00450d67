using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Tables;

/// <summary>Asks for a table, for the page and for its files.</summary>
internal static class TableQuery
{
    public static async Task<ServiceResponse<DeskTable>> LoadAsync(
        ServiceClient client, TableChoice choice, CatalogueView catalogue, Lang lang)
    {
        var answer = await client.GetAsync<FigureTable>(choice.ApiPath);
        return answer.Value is { } figures
            ? new(DeskTableBuilder.Build(choice, figures, catalogue, lang), null) : new(null, answer.Problem);
    }

    public static void MapTableExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/table.csv", (HttpContext context, ServiceClient client) =>
            ServeAsync(context, client, ExportApi.ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/table.xlsx", (HttpContext context, ServiceClient client) =>
            ServeAsync(context, client, ExportApi.ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
    }

    // The file is the table of the same query on the page.
    private static async Task<IResult> ServeAsync(HttpContext context, ServiceClient client, Func<ExportTable, IResult> file)
    {
        var (lang, query) = (Lang.Of(context), context.Request.Query);
        var response = await ExportApi.CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return ExportApi.Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(query["unit"].ToString()) is not { } unit || !MonthKeys.IsMonth(query["period"]))
        {
            return ExportApi.Failed(new("没有这个单位或月份。", "There is no such unit or month.", StatusCodes.Status404NotFound), lang);
        }

        var asked = new TableAddress(query["view"], query["scope"], query["indicators"], query["from"], query["measures"]);
        if (asked.Faults(catalogue, query["period"]!) is [var fault, ..])
        {
            return ExportApi.Failed(new(fault.Zh, fault.En, StatusCodes.Status400BadRequest), lang);
        }

        var choice = asked.Read(catalogue, unit, query["period"]!);
        var table = await LoadAsync(client, choice, catalogue, lang);
        return table.Value is { } found
            ? file(await found.ToExport(lang).WithHeadAsync(client, DeskTitle.Months(choice, lang), found.Units, lang))
            : ExportApi.Failed(table.Problem!, lang);
    }
}
