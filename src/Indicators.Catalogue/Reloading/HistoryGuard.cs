using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>What was in the catalogue may be ended but not taken out: submissions and published results name it.</summary>
internal static class HistoryGuard
{
    internal static IReadOnlyList<CatalogueFault> Check(Catalogue before, Catalogue after) =>
    [
        .. before.Indicators.Where(indicator => !after.TryFind(indicator.Code, out _)).Select(indicator => new CatalogueFault(
            IndicatorRows.Shape.File, null, "code",
            new($"指标 {indicator.Code} 被删除，而历史数据引用它", $"indicator {indicator.Code} was removed, but history refers to it"),
            new("请恢复该行", "put its row back"))),
        .. before.Units.All.Where(unit => !after.Units.TryFind(unit.Code, out _)).Select(unit => new CatalogueFault(
            UnitRows.Shape.File, null, "code",
            new($"单位 {unit.Code} 被删除，而历史数据引用它", $"unit {unit.Code} was removed, but history refers to it"),
            new("请恢复该行，并以 valid_to 结束它", "put its row back and set valid_to instead"))),
    ];
}
