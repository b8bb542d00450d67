using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Turns the texts of a query into units, months and indicators, or into a clear no.</summary>
internal static class QueryResolver
{
    public const int FirstYear = 1900;
    public const int LastYear = 9998;

    public static IResult Run(CubeHost host, string unit, string period, Func<Cube.IndicatorCube, Unit, Period, DateTimeOffset, IResult> answer) =>
        host.Read((cube, now) => FindUnit(cube, unit) is { Value: { } found }
            ? Period.TryParse(period, out var month) && IsYear(month.Year) ? answer(cube, found, month, now) : InvalidPeriod(period)
            : UnknownUnit(unit));

    public static IResult Run(CubeHost host, string unit, string period, string indicator, Func<Cube.IndicatorCube, Unit, Period, Indicator, DateTimeOffset, IResult> answer) =>
        Run(host, unit, period, (cube, found, month, now) =>
            IndicatorCode.TryParse(indicator, out var code) && cube.Catalogue.TryFind(code, out var of)
                ? answer(cube, found, month, of, now)
                : NotFound($"目录中没有指标 {Truncate(indicator)}。 / Indicator {Truncate(indicator)} is not in the catalogue."));

    /// <summary>For an answer that is read from the store: it must not hold the cube while a database hangs.</summary>
    public static IResult RunUnlocked(CubeHost host, string unit, string period, Func<Unit, Period, IResult> answer)
    {
        Func<IResult>? read = null;
        var refusal = Run(host, unit, period, (_, found, month, _) =>
        {
            read = () => answer(found, month);
            return Results.Empty;
        });
        return read is null ? refusal : read();
    }

    /// <summary>As above, of one indicator.</summary>
    public static IResult RunUnlocked(CubeHost host, string unit, string period, string indicator, Func<Unit, Period, Indicator, IResult> answer)
    {
        Func<IResult>? read = null;
        var refusal = Run(host, unit, period, indicator, (_, found, month, of, _) =>
        {
            read = () => answer(found, month, of);
            return Results.Empty;
        });
        return read is null ? refusal : read();
    }

    public static Resolved<Unit>? FindUnit(Cube.IndicatorCube cube, string text) =>
        UnitCode.TryParse(text, out var code) && cube.Catalogue.Units.TryFind(code, out var unit) ? new Resolved<Unit>(unit) : null;

    /// <summary>A year with one before it and one after: what a question about growth needs.</summary>
    public static bool IsYear(int year) => year is >= FirstYear and <= LastYear;

    public static IResult UnknownUnit(string unit) => NotFound($"名录中没有单位 {Truncate(unit)}。 / Unit {Truncate(unit)} is not in the catalogue.");

    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "未找到 / Not found");

    private static IResult InvalidPeriod(string period) => Results.Problem(
        $"月份 {Truncate(period)} 应写成 2022-07。 / Write month {Truncate(period)} as 2022-07.", statusCode: StatusCodes.Status400BadRequest, title: "请求有误 / Bad request");

    public static string Truncate(string text) => $"‘{(text.Length > 40 ? text[..40] + "…" : text)}’";
}

internal sealed record Resolved<T>(T Value);
