using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>Serves the Excel form of a unit and month, with the figures that stand beside the cells to fill in.</summary>
internal static class FormDownload
{
    public static void MapFormDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/export/form.xlsx", ServeAsync).ExcludeFromDescription().RequireAnyRight();

    private static async Task<IResult> ServeAsync(HttpContext context, ServiceClient client, string unit, string period)
    {
        var lang = Lang.Of(context);
        var catalogue = await ExportApi.CatalogueAsync(context, client);
        if (catalogue.Value is not { } view)
        {
            return ExportApi.Failed(catalogue.Problem!, lang);
        }

        if (!view.Known.Units.TryFind(unit, out var of) || !Period.TryParse(period, out var month))
        {
            return ExportApi.Failed(
                new("没有这个单位或月份。", "There is no such unit or month.", StatusCodes.Status404NotFound), lang);
        }

        // The service refuses a caller who may not read the unit's figures.
        var form = await client.GetAsync<UnitForm>($"/api/form?unit={of.Code}&period={month}");
        var begin = await client.GetAsync<ReportingStatus>("/api/begin");
        return form.Value is not { } found ? ExportApi.Failed(form.Problem!, lang)
            : begin.Value is not { } status ? ExportApi.Failed(begin.Problem!, lang)
            : Results.File(FormWriter.Write([Sheet(found, view.Known, of, month)], status.Now), WorkbookWriter.ContentType,
                $"{of.NameZh}-{month}.xlsx");
    }

    private static FormSheet Sheet(UnitForm form, Catalogue catalogue, Unit unit, Period period) => new(unit, period,
        [.. form.Entries.SelectMany(entry => catalogue.TryFind(entry.Indicator, out var indicator)
            ? new[] { FormRow.Build(indicator, entry) } : [])], []);
}
