using System.Globalization;
using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Converts the texts of a query to units, months and indicators, or to a refusal with the reason.</summary>
internal static class QueryResolver
{
    public const int FirstYear = 1900;
    public const int LastYear = 9998;

    /// <summary>Responds from the published results, without a lock.</summary>
    public static IResult Run(PublishedModel model, string unit, string period, Func<PublishedSnapshot, Unit, Period, IResult> answer)
    {
        var published = model.Current;
        return Resolve(published.Catalogue, unit, period, (found, month) => answer(published, found, month));
    }

    /// <summary>As above, for one indicator.</summary>
    public static IResult Run(
        PublishedModel model, string unit, string period, string indicator,
        Func<PublishedSnapshot, Unit, Period, Indicator, IResult> answer)
    {
        var published = model.Current;
        return Resolve(published.Catalogue, unit, period, indicator, (found, month, of) => answer(published, found, month, of));
    }

    /// <summary>Responds from the cube, under its lock.</summary>
    public static IResult Run(
        CubeHost host, string unit, string period, Func<IndicatorCube, Unit, Period, DateTimeOffset, IResult> answer) =>
        host.Read((cube, now) => Resolve(cube.Catalogue, unit, period, (found, month) => answer(cube, found, month, now)));

    /// <summary>As above, for one indicator.</summary>
    public static IResult Run(
        CubeHost host, string unit, string period, string indicator,
        Func<IndicatorCube, Unit, Period, Indicator, DateTimeOffset, IResult> answer) =>
        host.Read((cube, now) =>
            Resolve(cube.Catalogue, unit, period, indicator, (found, month, of) => answer(cube, found, month, of, now)));

    public static Unit? FindUnit(Catalogue catalogue, string text) =>
        catalogue.Units.TryFind(text, out var unit) ? unit : null;

    /// <summary>A year for which the year before and the year after exist, as the computation of growth requires.</summary>
    public static bool IsYear(int year) => year is >= FirstYear and <= LastYear;

    public static IResult UnknownUnit(string unit) =>
        NotFound($"名录中没有单位 {Truncate(unit)}。 / Unit {Truncate(unit)} is not in the catalogue.");

    public static IResult HasNoTotals(Unit unit) => NotFound(
        $"{unit.NameZh}自己报送，没有汇总。请查看其上级。 / {unit.NameEn} reports itself and has no totals. Look at its parent.");

    public static IResult NotFound(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "未找到 / Not found");

    /// <summary>What was asked for was there, and its figures are no longer kept.</summary>
    public static IResult Pruned(int version, DateTimeOffset at) => Results.Problem(
        $"第 {version} 版的数字已于 {ChinaDate(at)} 按保存期限清理；最新一版和各次发布中的版本仍在。 / The figures of version {version} were pruned "
        + $"on {ChinaDate(at)}, because they are no longer kept. The newest version and those of releases are.",
        statusCode: StatusCodes.Status410Gone, title: "已清理 / Gone");

    public static string Truncate(string text) => $"“{(text.Length > 40 ? text[..40] + "…" : text)}”";

    private static IResult Resolve(Catalogue catalogue, string unit, string period, Func<Unit, Period, IResult> answer) =>
        FindUnit(catalogue, unit) is { } found
        ? Period.TryParse(period, out var month) && IsYear(month.Year) ? answer(found, month) : InvalidPeriod(period)
        : UnknownUnit(unit);

    private static IResult Resolve(
        Catalogue catalogue, string unit, string period, string indicator, Func<Unit, Period, Indicator, IResult> answer) =>
        Resolve(catalogue, unit, period, (found, month) => catalogue.TryFind(indicator, out var of)
            ? answer(found, month, of)
            : NotFound($"目录中没有指标 {Truncate(indicator)}。 / Indicator {Truncate(indicator)} is not in the catalogue."));

    private static string ChinaDate(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static IResult InvalidPeriod(string period) => Results.Problem(
        $"月份 {Truncate(period)} 应写成 2022-07。 / Write month {Truncate(period)} as 2022-07.", statusCode: StatusCodes.Status400BadRequest,
        title: "请求有误 / Bad request");
}
