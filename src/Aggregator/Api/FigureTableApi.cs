using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Figures of several units, indicators and months in one response.</summary>
internal static class FigureTableApi
{
    private const int MaxCells = 50_000;

    public static void MapFigureTable(this IEndpointRouteBuilder api) =>
        api.MapGet("/table", Table)
            .WithSummary("Figures of units below one, of indicators (codes with commas), from a month to another: at most 50,000.")
            .RequireAnyRightFiltered();

    /// <param name="model">The published results.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="unit">The unit that the table is about.</param>
    /// <param name="scope">self (the default), children, subtree (all units with totals) or enterprises.</param>
    /// <param name="indicators">Codes with commas.</param>
    /// <param name="from">The first month.</param>
    /// <param name="period">The last month, whose units they are.</param>
    private static IResult Table(
        PublishedModel model, TimeProvider clock, Caller caller, string unit, string? scope, string indicators, string from,
        string period) =>
        QueryResolver.Run(model, unit, period, (published, found, last) =>
        {
            var catalogue = published.Catalogue;
            var codes = indicators.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
            if (codes.Find(code => !catalogue.TryFind(code, out _)) is { } unknown)
            {
                return QueryResolver.NotFound(
                    $"目录中没有指标 {QueryResolver.Truncate(unknown)}。 / Indicator {QueryResolver.Truncate(unknown)} is not in the catalogue.");
            }

            if (!Period.TryParse(from, out var first) || !QueryResolver.IsYear(first.Year))
            {
                return QueryResolver.InvalidPeriod(from);
            }

            if (UnitsOf(catalogue.Units, found, last, scope ?? "self") is not { } all)
            {
                return Refuse(
                    "参数 scope 应为 self、children、subtree 或 enterprises。", "Write scope as self, children, subtree or enterprises.");
            }

            var units = all.Where(each => caller.MaySeeFiguresOf(each, last, catalogue.Units)).ToList();
            var months = ((last.Year - first.Year) * 12L) + last.Month - first.Month + 1;
            return months < 1 ? Refuse("起始月份晚于截止月份。请对调。", "The first month is after the last one. Exchange them.")
                : units.Count * codes.Count * months is > MaxCells and var cells ? Refuse(
                    $"这张表有 {cells} 个格子，最多 {MaxCells} 个。请少选单位、指标或月份。",
                    $"The table has {cells} cells, {MaxCells} at most. Choose fewer units, indicators or months.")
                : ApiResults.Json(Build(
                    new(published, caller, clock.GetUtcNow()), units, [.. codes.Select(code => Find(catalogue, code))], first,
                    (int)months));
        });

    private static FigureTable Build(FigureCellBuilder cells, List<Unit> units, List<Indicator> indicators, Period first, int months)
    {
        var periods = Enumerable.Range(0, months).Select(first.AddMonths).ToList();
        return new(
            [.. units.Select(unit => unit.Code.Value)], [.. indicators.Select(indicator => indicator.Code.Value)],
            [.. periods.Select(period => period.ToString())],
            [
                .. from unit in units
                from indicator in indicators
                from period in periods
                select cells.Build(unit, indicator, period),
            ]);
    }

    private static IEnumerable<Unit>? UnitsOf(UnitTree tree, Unit unit, Period period, string scope) => scope switch
    {
        "self" => [unit],
        "children" => tree.ChildrenOf(unit, period).Where(IsPublished),
        "subtree" => SelfAndBelow(tree, unit, period).Where(IsPublished),
        "enterprises" => SelfAndBelow(tree, unit, period).Where(each => !IsPublished(each)),
        _ => null,
    };

    private static bool IsPublished(Unit unit) => unit.Level != UnitLevel.Enterprise;

    private static IEnumerable<Unit> SelfAndBelow(UnitTree tree, Unit unit, Period period) =>
        tree.ChildrenOf(unit, period).SelectMany(child => SelfAndBelow(tree, child, period)).Prepend(unit);

    private static Indicator Find(Catalogue catalogue, string code) =>
        catalogue.TryFind(code, out var found) ? found : throw new InvalidOperationException($"Indicator {code} has just been found.");

    private static IResult Refuse(string zh, string en) =>
        Results.Problem($"{zh} / {en}", statusCode: StatusCodes.Status400BadRequest, title: "请求有误 / Bad request");
}
