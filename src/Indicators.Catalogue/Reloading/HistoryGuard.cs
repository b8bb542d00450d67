using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>
/// What was in the catalogue may be ended but neither taken out nor made another thing: submissions and published results name
/// it, and their figures are in its unit and of its kind.
/// </summary>
internal static class HistoryGuard
{
    internal static IReadOnlyList<CatalogueFault> Check(Catalogue before, Catalogue after) =>
    [
        .. before.Indicators.SelectMany(indicator => after.TryFind(indicator.Code, out var now) ? Changes(indicator, now) : [Removed(indicator)]),
        .. before.Units.All.SelectMany(unit => after.Units.TryFind(unit.Code, out var now) ? Changes(unit, now) : [Removed(unit)]),
    ];

    private static IEnumerable<CatalogueFault> Changes(Indicator before, Indicator now)
    {
        var another = new Bilingual("请恢复原值；另立新代码作为新指标", "put it back, and give what is new a code of its own");
        if (before.CanonicalUnit != now.CanonicalUnit)
        {
            yield return Changed(IndicatorRows.Shape, "unit", "指标", "indicator", before.Code.Value, before.CanonicalUnit, now.CanonicalUnit, another);
        }

        if (before.Kind != now.Kind)
        {
            yield return Changed(IndicatorRows.Shape, "kind", "指标", "indicator", before.Code.Value, Words.Of(Words.Kinds, before.Kind), Words.Of(Words.Kinds, now.Kind), another);
        }
    }

    private static IEnumerable<CatalogueFault> Changes(Unit before, Unit now)
    {
        var another = new Bilingual("请恢复原值；以 valid_to 结束它，另立新单位", "put it back, end the unit with valid_to, and give what is new a code of its own");
        if (before.Kind != now.Kind)
        {
            yield return Changed(UnitRows.Shape, "kind", "单位", "unit", before.Code.Value, Words.Of(Words.UnitKinds, before.Kind), Words.Of(Words.UnitKinds, now.Kind), another);
        }

        if (before.ReportsWhole != now.ReportsWhole)
        {
            yield return Changed(UnitRows.Shape, "reports_whole", "单位", "unit", before.Code.Value, YesNo(before.ReportsWhole), YesNo(now.ReportsWhole), another);
        }
    }

    private static CatalogueFault Changed(TableShape shape, string column, string zh, string en, string code, string from, string to, Bilingual remedy) => new(
        shape.File, null, column,
        new($"{zh} {code} 由 {from} 改为 {to}，而历史数据按 {from} 记录", $"{en} {code} was changed from {from} to {to}, but history is recorded as {from}"), remedy);

    private static CatalogueFault Removed(Indicator indicator) => new(
        IndicatorRows.Shape.File, null, "code",
        new($"指标 {indicator.Code} 被删除，而历史数据引用它", $"indicator {indicator.Code} was removed, but history refers to it"),
        new("请恢复该行", "put its row back"));

    private static CatalogueFault Removed(Unit unit) => new(
        UnitRows.Shape.File, null, "code",
        new($"单位 {unit.Code} 被删除，而历史数据引用它", $"unit {unit.Code} was removed, but history refers to it"),
        new("请恢复该行，并以 valid_to 结束它", "put its row back and set valid_to instead"));

    private static string YesNo(bool value) => value ? "yes" : "no";
}
