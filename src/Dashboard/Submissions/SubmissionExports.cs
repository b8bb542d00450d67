using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>Serves the list of submissions, and what one of them changed, as files.</summary>
internal static class SubmissionExports
{
    public static void MapSubmissionExports(this IEndpointRouteBuilder routes)
    {
        MapAs("csv", ExportApi.ToCsv);
        MapAs("xlsx", ExportApi.ToWorkbook);

        void MapAs(string format, Func<ExportTable, IResult> file)
        {
            routes.MapGet($"/export/submissions.{format}",
                (HttpContext context, ServiceClient client, string? unit, string? period, string? verdict, string? rule,
                    string? sender, string? within) => ListAsync(
                        context, client, new SubmissionFilter(unit, period, verdict, rule, sender) { Within = within }, file))
                .ExcludeFromDescription().RequireAnyRight();
            routes.MapGet($"/export/submission.{format}", (
                HttpContext context, ServiceClient client, long sequence, string? partition) =>
                OneAsync(context, client, sequence, partition, file)).ExcludeFromDescription().RequireAnyRight();
        }
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, ServiceClient client, SubmissionFilter filter, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var catalogue = await ExportApi.CatalogueAsync(context, client);
        if (catalogue.Value is not { } view)
        {
            return ExportApi.Failed(catalogue.Problem!, lang);
        }

        var rows = await client.GetAsync<List<SubmissionRow>>($"/api/submissions?limit=500{filter.ServiceQuery}");
        if (rows.Value is not { } found)
        {
            return ExportApi.Failed(rows.Problem!, lang);
        }

        // Of several ledgers, a row is known by its partition too.
        var hasPartitions = found.Exists(row => row.Partition is not null);
        return file(new ExportTable(
            lang.T("报送", "Submissions"),
            [
                .. hasPartitions ? new[] { lang.T("分区", "Partition") } : [],
                lang.T("台账号", "Row"), lang.T("单位", "Unit"), lang.T("单位代码", "Code"), lang.T("月份", "Month"), lang.T("修订号", "Revision"),
                lang.T("结果", "Verdict"), lang.T("发现", "Findings"), lang.T("收到", "Received"), lang.T("报送人", "Sender"),
            ],
            [.. found.Select(row => (IReadOnlyList<object?>)
            [
                .. hasPartitions ? new[] { row.Partition } : [],
                row.Sequence, view.UnitName(row.Unit, lang), row.Unit, row.Period, row.Revision, FigureFormat.Verdict(row.Verdict, lang),
                string.Join(' ', row.Rules), FigureFormat.Time(row.ReceivedAt), row.Sender,
            ])]));
    }

    private static async Task<IResult> OneAsync(
        HttpContext context, ServiceClient client, long sequence, string? partition, Func<ExportTable, IResult> file)
    {
        var lang = Lang.Of(context);
        var catalogue = await ExportApi.CatalogueAsync(context, client);
        if (catalogue.Value is not { } view)
        {
            return ExportApi.Failed(catalogue.Problem!, lang);
        }

        var row = await client.GetAsync<SubmissionDetail>(RowAddress.Service(sequence, partition));
        if (row.Value is not { } found)
        {
            return ExportApi.Failed(row.Problem!, lang);
        }

        var earlier = await EarlierRows.LoadAsync(client, found);
        return file(new ExportTable(
            lang.T($"报送 {sequence}", $"Submission {sequence}"),
            [
                lang.T("指标", "Indicator"), lang.T("项目", "Figure"), lang.T("原数", "Old"), lang.T("报送的数", "Sent"),
                lang.T("计量单位", "Unit of measure"),
            ],
            [.. (SubmittedFigures.Read(found, earlier, view, lang) ?? []).Select(figure => (IReadOnlyList<object?>)
            [
                figure.Indicator, figure.What, (object?)figure.OldNumber ?? figure.OldInFile, (object?)figure.NewNumber ?? figure.New,
                figure.Unit,
            ])]));
    }
}
