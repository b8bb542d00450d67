using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Shortfalls;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Report, overview and reporting status, from published results.</summary>
internal static class ReportApi
{
    public static void MapReport(this IEndpointRouteBuilder api)
    {
        api.MapGet("/report/{year:int}", Report)
            .WithSummary("The report of a unit and year, up to a month: paragraph, table, top three.").RequireUnitFigures();
        api.MapGet("/begin", GetReportingStatus)
            .WithSummary("Where to begin: the unit whose report it is, and the months of which anything is reported.").RequireAnyRight();
        api.MapGet("/overview", Overview)
            .WithSummary("All indicators of a unit in a month, with the months of the year.").RequireUnitFigures();
        api.MapGet("/shortfalls", Shortfalls)
            .WithSummary("What is behind its target, since when, and which units below pull it down (拖累): as of now, or as released.")
            .RequireAnyRightFiltered();
    }

    // As released: of a month, by default the last one that has such a release.
    private static IResult Report(
        int year, PublishedModel model, ReleasedResults released, string? unit, [Range(1, 12)] int? month,
        [Range(1, int.MaxValue)] int? release)
    {
        var now = model.Current;
        var code = unit ?? DefaultUnit(now.Catalogue);
        var of = month ?? (release is { } number
            ? now.Releases.All.LastOrDefault(each => each.Period.Year == year && each.Number == number)?.Period.Month : null) ?? 12;
        if (released.AsOf(now, new Period(QueryResolver.IsYear(year) ? year : 1, of), release) is not { } published)
        {
            return ReleasesApi.NoSuchRelease(new Period(QueryResolver.IsYear(year) ? year : 1, of), release);
        }

        if (QueryResolver.IsYear(year) && QueryResolver.FindUnit(published.Catalogue, code) is { } found
            && ReportBuilder.Build(published, found, year, month) is { } report)
        {
            return ApiResults.Json(report);
        }

        return HasNoFigures(QueryResolver.FindUnit(published.Catalogue, code), code, year, month);
    }

    /// <summary>There is no report of a unit in a year or month.</summary>
    /// <param name="unit">The unit; null: the catalogue does not know it.</param>
    /// <param name="code">Its code, as asked.</param>
    /// <param name="year">The year.</param>
    /// <param name="month">The month; null: the year.</param>
    public static IResult HasNoFigures(Unit? unit, string code, int year, int? month)
    {
        var asked = QueryResolver.Truncate(code);
        var (nameZh, nameEn) = unit is null ? (asked + " ", asked) : (unit.NameZh, unit.NameEn);
        var untilZh = month is { } zh ? $"{year}年{zh}月" : $"{year}年";
        var untilEn = month is { } en ? $"{year:0000}-{en:00}" : $"{year}";
        return QueryResolver.NotFound(
            $"{nameZh}{untilZh}没有数据。 / There are no figures of {nameEn} in {untilEn}.");
    }

    private static IResult GetReportingStatus(PublishedModel model, TimeProvider clock)
    {
        var (published, now) = (model.Current, clock.GetUtcNow());
        return ApiResults.Json(new ReportingStatus(
            DefaultUnit(published.Catalogue), published.Horizons is [var first, ..] ? new Period(first.Year, 1).ToString() : null,
            published.Horizons is [.., var last] ? last.ToString() : null, FormQuery.DueMonth(published.Catalogue, now)?.ToString(),
            published.Through, now, CatalogueText.For(published.Catalogue).Version)
        {
            ThroughOf = published.ThroughOf.IsEmpty ? null : published.ThroughOf,
        });
    }

    private static IResult Overview(
        PublishedModel model, string unit, string period) => QueryResolver.Run(model, unit, period, (published, found, month) =>
        published.HasTotals(found) ? ApiResults.Text(published.OverviewOf(found, month)) : QueryResolver.HasNoTotals(found));

    private static IResult Shortfalls(
        PublishedModel model, ReleasedResults released, Caller caller, string unit, string period, [Range(1, int.MaxValue)] int? release) =>
        QueryResolver.Run(model, unit, period, (now, found, month) =>
            released.AsOf(now, month, release) is not { } published ? ReleasesApi.NoSuchRelease(month, release)
            : published.HasTotals(found) ? ApiResults.Json(ShortfallQuery.ForMonth(
                published, found, month, below => caller.MaySeeFiguresOf(below, month, published.Catalogue.Units)))
            : QueryResolver.HasNoTotals(found));

    // The report is about the lowest unit whose children report themselves.
    private static string DefaultUnit(Catalogue catalogue) =>
        catalogue.Units.All.FirstOrDefault(unit => unit.Level == UnitLevel.Street && !unit.ReportsWhole)?.Code.Value
        ?? catalogue.Units.All[0].Code.Value;
}
