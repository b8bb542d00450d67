using XilinIngest.Dashboard.Completeness;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;
using XilinIngest.Dashboard.Rankings;
using XilinIngest.Dashboard.Releases;
using XilinIngest.Dashboard.Report;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Dashboard.Submissions;
using XilinIngest.Dashboard.Tables;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Dashboard.Export;

/// <summary>Serves tables of the pages as files.</summary>
internal static class ExportApi
{
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/ranking.csv",
            (HttpContext context, ServiceClient client, string unit, string indicator, string period, string? exact) =>
            RankingAsync(context, client, (unit, indicator, period), exact, ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/ranking.xlsx",
            (HttpContext context, ServiceClient client, string unit, string indicator, string period, string? exact) =>
            RankingAsync(context, client, (unit, indicator, period), exact, ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/rankings.csv", (HttpContext context, ServiceClient client, string unit, string period) =>
            RankingsAsync(context, client, unit, period, ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/rankings.xlsx", (HttpContext context, ServiceClient client, string unit, string period) =>
            RankingsAsync(context, client, unit, period, ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/ranks.csv", (HttpContext context, ServiceClient client, string unit, string indicator, int year) =>
            RanksAsync(context, client, (unit, indicator, year), ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/ranks.xlsx", (HttpContext context, ServiceClient client, string unit, string indicator, int year) =>
            RanksAsync(context, client, (unit, indicator, year), ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
        routes.MapReportExports();
        routes.MapTableExports();
        routes.MapProofExport();
        routes.MapGet("/export/timeliness.csv", (HttpContext context, ServiceClient client, string unit, int year) =>
            TimelinessAsync(context, client, unit, year, ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/timeliness.xlsx", (HttpContext context, ServiceClient client, string unit, int year) =>
            TimelinessAsync(context, client, unit, year, ToWorkbook)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/revisions.csv",
            (HttpContext context, ServiceClient client, string unit, string period, int from, int? to) =>
            RevisionsAsync(context, client, ReleaseFormat.Query(unit, period, from, to), ToCsv)).ExcludeFromDescription().RequireAnyRight();
        routes.MapGet("/export/revisions.xlsx",
            (HttpContext context, ServiceClient client, string unit, string period, int from, int? to) =>
            RevisionsAsync(context, client, ReleaseFormat.Query(unit, period, from, to), ToWorkbook)).ExcludeFromDescription()
            .RequireAnyRight();
    }

    internal static IResult ToCsv(ExportTable table) =>
        Results.File(CsvTableWriter.Write(table), CsvTableWriter.ContentType, table.Name + ".csv");

    internal static IResult ToWorkbook(ExportTable table) =>
        Results.File(WorkbookTableWriter.Write(table), WorkbookWriter.ContentType, table.Name + ".xlsx");

    private static async Task<IResult> TimelinessAsync(
        HttpContext context, ServiceClient client, string unit, int year, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        context.RequestServices.GetRequiredService<CurrentCaller>().Set(Caller.FromPrincipal(context.User));
        var response = await client.GetAsync<YearTimeliness>($"/api/timeliness?unit={Uri.EscapeDataString(unit)}&year={year}");
        return response.Value is { } found ? file(TimelinessFormat.ToTable(found, found.Unit, lang)) : Failed(response.Problem!, lang);
    }

    private static async Task<IResult> RevisionsAsync(
        HttpContext context, ServiceClient client, string query, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        context.RequestServices.GetRequiredService<CurrentCaller>().Set(Caller.FromPrincipal(context.User));
        var response = await client.GetAsync<ReleaseComparison>($"/api/releases/changes?{query}");
        return response.Value is { } found ? file(ReleaseFormat.ToTable(found, found.Unit, lang)) : Failed(response.Problem!, lang);
    }

    // The file contains the table before sorting and filtering: all units in rank order, in the language of the reader.
    private static async Task<IResult> RankingAsync(
        HttpContext context, ServiceClient client, (string Unit, string Indicator, string Period) of, string? exact,
        Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var response = await CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(of.Unit) is not { } unit || catalogue.Indicator(of.Indicator) is not { } indicator
            || !MonthKeys.IsMonth(of.Period))
        {
            return Failed(new("没有这个单位、指标或月份。", "There is no such unit, indicator or month.", StatusCodes.Status404NotFound), lang);
        }

        var below = await IndicatorQueries.ChildUnitsAsync(client, catalogue, unit, indicator, of.Period, lang);
        if (below.Value is not { } found)
        {
            return Failed(below.Problem!, lang);
        }

        var columns = ChildUnitColumns.Build(found, exact == "1", lang);
        var table = new ExportTable(
            $"{lang.T(unit.NameZh, unit.NameEn)} {lang.T(indicator.NameZh, indicator.NameEn)} {of.Period}",
            [.. columns.Select(column => column.Heading)],
            [.. found.Rows.Select(row => columns.Select(column => column.Value(row)).ToList())]);
        return file(await table.WithHeadAsync(
            client, FigureFormat.Month(of.Period, lang), ChildUnitColumns.Units(found, exact == "1", lang), lang));
    }

    private static async Task<IResult> RankingsAsync(
        HttpContext context, ServiceClient client, string unit, string period, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var response = await CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(unit) is not { } parent || !MonthKeys.IsMonth(period))
        {
            return Failed(new("没有这个单位或月份。", "There is no such unit or month.", StatusCodes.Status404NotFound), lang);
        }

        var matrix = await RankingMatrix.LoadAsync(client, catalogue, parent, period);
        return matrix.Value is { } found
            ? file(await found.ToTable(catalogue, lang).WithHeadAsync(
                client, FigureFormat.Month(period, lang), found.Columns.Select(column => column.UnitOf(lang)), lang))
            : Failed(matrix.Problem!, lang);
    }

    private static async Task<IResult> RanksAsync(
        HttpContext context, ServiceClient client, (string Unit, string Indicator, int Year) of, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var response = await CatalogueAsync(context, client);
        if (response.Value is not { } catalogue)
        {
            return Failed(response.Problem!, lang);
        }

        if (catalogue.Unit(of.Unit) is not { } parent || catalogue.Indicator(of.Indicator) is not { } indicator)
        {
            return Failed(new("没有这个单位或指标。", "There is no such unit or indicator.", StatusCodes.Status404NotFound), lang);
        }

        var year = await RankYear.LoadAsync(client, catalogue, parent, indicator, $"{of.Year:0000}");
        return year.Value is { } found
            ? file(await found.ToTable(lang).WithHeadAsync(client, lang.T($"{found.Year}年各月", $"the months of {found.Year}"), [], lang))
            : Failed(year.Problem!, lang);
    }

    // The catalogue in force, asked in the name of the reader.
    internal static async Task<ServiceResponse<CatalogueView>> CatalogueAsync(HttpContext context, ServiceClient client)
    {
        context.RequestServices.GetRequiredService<CurrentCaller>().Set(Caller.FromPrincipal(context.User));
        var status = await client.GetAsync<ReportingStatus>("/api/begin");
        return status.Value is null ? new(null, status.Problem)
            : await context.RequestServices.GetRequiredService<CatalogueViews>().GetAsync(client, status.Value.CatalogueVersion);
    }

    internal static IResult Failed(ServiceProblem problem, Lang lang) =>
        Results.Problem(lang.T(problem.Zh, problem.En),
            statusCode: problem.Status is 0 ? StatusCodes.Status503ServiceUnavailable : problem.Status);
}
