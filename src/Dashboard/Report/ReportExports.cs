using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Documents;

namespace XilinIngest.Dashboard.Report;

/// <summary>Serves the report as a Word document, and its table as CSV and Excel.</summary>
internal static class ReportExports
{
    public static void MapReportExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/report.docx", DocumentAsync).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/report.csv", (HttpContext context, ServiceClient client, string unit, string period, int? release) =>
            TableAsync(context, client, (unit, period, release), ExportApi.ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/report.xlsx", (HttpContext context, ServiceClient client, string unit, string period, int? release) =>
            TableAsync(context, client, (unit, period, release), ExportApi.ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
    }

    private static Task<IResult> DocumentAsync(HttpContext context, ServiceClient client, string unit, string period, int? release) =>
        ServeAsync(context, client, (unit, period, release), async (answer, catalogue, of, lang) =>
        {
            // The services' clock dates it, which in a sample is not today's.
            var begin = await client.GetAsync<ReportingStatus>("/api/begin");
            if (begin.Value is not { } status)
            {
                return ExportApi.Failed(begin.Problem!, lang);
            }

            var letterhead = context.RequestServices.GetRequiredService<ReportLetterhead>();
            var document = ReportDocument.Build(answer, catalogue, of, letterhead, status.Now, lang);
            return Results.File(OfficialDocumentWriter.Write(document), OfficialDocumentWriter.ContentType, document.Title + ".docx");
        });

    private static Task<IResult> TableAsync(
        HttpContext context, ServiceClient client, (string Unit, string Period, int? Release) query, Func<ExportTable, IResult> file) =>
        ServeAsync(context, client, query, async (answer, catalogue, of, lang) =>
            file(await ReportDocument.Figures(answer.Report, catalogue, of, lang)
                .WithHeadAsync(client, FigureFormat.Month(query.Period, lang), [], lang)));

    private static async Task<IResult> ServeAsync(
        HttpContext context, ServiceClient client, (string Unit, string Period, int? Release) query,
        Func<ReportAnswer, CatalogueView, CatalogueUnit, Lang, Task<IResult>> write)
    {
        var lang = Lang.Of(context);
        var response = await ExportApi.CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return ExportApi.Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(query.Unit) is not { } of || !MonthKeys.IsMonth(query.Period))
        {
            return ExportApi.Failed(
                new("没有这个单位或月份。", "There is no such unit or month.", StatusCodes.Status404NotFound), lang);
        }

        var month = int.Parse(query.Period[5..], CultureInfo.InvariantCulture);
        var answer = await ReportQuery.LoadAsync(client, of, query.Period[..4], month, query.Release);
        return answer.Value is { } found ? await write(found, catalogue, of, lang) : ExportApi.Failed(answer.Problem!, lang);
    }
}
