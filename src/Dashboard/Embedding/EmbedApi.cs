using Microsoft.AspNetCore.Http.HttpResults;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;
using XilinIngest.Dashboard.Shell;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Embedding;

/// <summary>
/// A chart of an indicator alone, for pages of others that show it in a frame. It is there only where the settings name whose pages, and
/// its reader needs the same rights as on the indicator's own page.
/// </summary>
internal static class EmbedApi
{
    public const string Path = "/embed/indicator";

    // Public, because a reader who is not signed in gets a link and no figures: the sign-in page itself cannot be framed.
    public static void MapEmbeds(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, ShowAsync).ExcludeFromDescription().AllowPublic();

    private static async Task<IResult> ShowAsync(
        HttpContext context, ServiceClient client, EmbedOrigins origins, string? unit, string? indicator, string? period, string? chart,
        string? theme, string? lang)
    {
        var language = lang is null ? Lang.Of(context) : new Lang(lang == "en");
        if (!origins.IsAny)
        {
            return ExportApi.Failed(
                new("本系统没有开放图表嵌入。", "Charts of this system cannot be embedded.", StatusCodes.Status404NotFound), language);
        }

        var response = await LoadAsync(context, client, new(unit ?? "", indicator ?? "", period, chart), language);
        return new RazorComponentResult<EmbedDocument>(new Dictionary<string, object?>
        {
            [nameof(EmbedDocument.Chart)] = response.Value,
            [nameof(EmbedDocument.Problem)] = response.Problem,
            [nameof(EmbedDocument.Lang)] = language,
            [nameof(EmbedDocument.Theme)] = theme is PageTheme.Light or PageTheme.Dark ? theme : null,
        })
        {
            StatusCode = response.Problem is { Status: var status } ? status == 0 ? StatusCodes.Status503ServiceUnavailable : status : null,
        };
    }

    private static async Task<ServiceResponse<EmbeddedChart>> LoadAsync(HttpContext context, ServiceClient client, Query of, Lang lang)
    {
        var views = await ExportApi.CatalogueAsync(context, client);
        var status = await client.GetAsync<ReportingStatus>("/api/begin");
        if ((views.Value, status.Value) is not ({ } catalogue, { } begin))
        {
            return new(null, views.Problem ?? status.Problem);
        }

        var period = of.Period ?? begin.Last ?? FigureFormat.ThisMonth(begin.Now);
        if (catalogue.Unit(of.Unit) is not { } unit || IndicatorQueries.IsRaw(unit) || !MonthKeys.IsMonth(period)
            || catalogue.Indicator(of.Indicator) is not { } indicator)
        {
            return new(null, new("没有这个单位、指标或月份的图表。", "There is no chart of this unit, indicator or month.", StatusCodes.Status404NotFound));
        }

        var page = new PageContext(unit, period, begin, catalogue);
        var months = await IndicatorQueries.MonthsAsync(client, unit, indicator.Code, page.Year);
        var totals = await client.GetAsync<List<IndicatorTotal>>($"/api/totals?unit={unit.Code}&period={period}");
        if (months.Value is not { } found || totals.Problem is { Status: not 404 })
        {
            return new(null, months.Problem ?? totals.Problem);
        }

        var total = totals.Value?.Find(each => each.Indicator == indicator.Code);
        var amounts = AmountFormat.ForLevel(indicator, IndicatorQueries.IsBelowStreet(unit), exact: false)
            .ScaledFor(lang, found.Select(month => month.YearToDate ?? month.Month));
        var charts = new MonthsChartBuilder(found, amounts, total, lang);
        return (of.Chart switch { "months" => charts.ByMonth, "growth" => charts.Growth, _ => charts.SummedUp }) is { } drawn
            ? new(EmbeddedChart.Build(page, amounts, total?.State, drawn, [.. charts.Names], lang), null)
            : new(null, new("这个指标还没有可画的数据。", "There are no figures to draw yet.", StatusCodes.Status404NotFound));
    }

    private sealed record Query(string Unit, string Indicator, string? Period, string? Chart);
}
